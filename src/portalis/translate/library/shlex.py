"""Splitting and quoting as a POSIX shell does."""

from __future__ import annotations

import re
from collections.abc import Iterable

_find_unsafe = re.compile(r"[^\w@%+=:,./-]", re.ASCII)


def quote(s: str) -> str:
    if not s:
        return "''"
    if _find_unsafe.search(s) is None:
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command: Iterable[str]) -> str:
    return " ".join(quote(arg) for arg in split_command)


def split(s: str, comments: bool = False, posix: bool = True) -> list[str]:
    if not posix:
        raise NotImplementedError("shlex: split() with posix=False is not translated")
    words: list[str] = []
    word = ""
    # "": between characters of no quotes; a quote: within it.
    quote_mark = ""
    is_word = False
    at = 0
    while at < len(s):
        c = s[at]
        at += 1
        if quote_mark:
            if c == quote_mark:
                quote_mark = ""
            elif c == "\\" and quote_mark == '"':
                if at >= len(s):
                    raise ValueError("No escaped character")
                follows = s[at]
                at += 1
                word += follows if follows in '"\\' else c + follows
            else:
                word += c
        elif c in " \t\r\n":
            if is_word:
                words.append(word)
            word, is_word = "", False
        elif c == "#" and comments:
            while at < len(s) and s[at] != "\n":
                at += 1
            at += 1
            if is_word:
                words.append(word)
            word, is_word = "", False
        elif c in "'\"":
            quote_mark = c
            is_word = True
        elif c == "\\":
            if at >= len(s):
                raise ValueError("No escaped character")
            word += s[at]
            at += 1
            is_word = True
        else:
            word += c
            is_word = True
    if quote_mark:
        raise ValueError("No closing quotation")
    if is_word:
        words.append(word)
    return words
