"""`portalis translate` without the command parser, where a call is spelled plainly.

The parser checks types by a library that takes as long to load as a small program takes to
compile. What is not plain, or could be wrong, is left to it: it knows what to say.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from portalis.app.cli.translate import KindOption, VerifyOption, translate

VERB: Final = "translate"
_ABORTED: Final = 130
_BROKEN_PIPE: Final = 1


@dataclass(frozen=True, slots=True)
class _Option:
    """name: of the parameter. read: its value; ValueError if it is none."""

    name: str
    read: Callable[[str], object]
    repeated: bool = False


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ValueError(text)
    return int(text)


VALUES: Final[Mapping[str, _Option]] = {
    "--out": _Option("out", Path),
    "-o": _Option("out", Path),
    "--kind": _Option("kind", KindOption),
    "--verify": _Option("verify", VerifyOption),
    "--report": _Option("report", Path, repeated=True),
    "--jobs": _Option("jobs", _count),
    "-j": _Option("jobs", _count),
}
FLAGS: Final[Mapping[str, tuple[str, bool]]] = {
    "--json": ("as_json", True),
    "--cache": ("cache", True),
    "--no-cache": ("cache", False),
    "--timings": ("timings", True),
    "--force": ("force", True),
}


def plain(arguments: Sequence[str]) -> dict[str, object] | None:
    """What `translate` is called with; None if the arguments are not plain."""
    if arguments[:1] != [VERB] or not all(arguments):
        return None
    given: dict[str, object] = {}
    sources: list[str] = []
    reports: list[object] = []
    rest = iter(arguments[1:])
    for word in rest:
        if word in FLAGS:
            name = FLAGS[word][0]
            value: object = FLAGS[word][1]
        elif word in VALUES:
            option = VALUES[word]
            text = next(rest, "-")
            if text.startswith("-"):
                return None
            try:
                name, value = option.name, option.read(text)
            except ValueError:
                return None
            if option.repeated:
                reports.append(value)
                continue
        elif word == "-" or not word.startswith("-"):
            sources.append(word)
            continue
        else:
            return None
        if name in given:
            return None
        given[name] = value
    if not sources or "out" not in given:
        return None
    return {"sources": sources, **given, **({"report": reports} if reports else {})}


def answer(arguments: Mapping[str, object]) -> int:
    """The exit code of `translate`, which prints what the parser would have it print."""
    try:
        translate(**arguments)  # type: ignore[arg-type]
    except typer.Exit as end:
        return end.exit_code
    except KeyboardInterrupt:
        return _ABORTED
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        # What is still buffered has no reader; the interpreter would complain about it.
        os._exit(_BROKEN_PIPE)
    raise AssertionError("translate ends by typer.Exit")
