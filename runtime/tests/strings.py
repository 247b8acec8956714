"""Writes what CPython says about str and bytes methods, for tests/strings.rs.

Usage: python3 tests/strings.py [COUNT [SEED]] > tests/data/strings.tsv

A line is `method TAB argument … TAB = TAB outcome`. A field begins with its kind:
`s` text, `i` int, `n` None, `b` bytes in hex, `t` truth, `l` list or tuple (items
joined by U+001F), `e` exception as `Type: message`.
"""

from __future__ import annotations

import random
import string
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

ALPHABETS = (
    "ab",
    "abc ABC",
    string.printable,
    "aé ñß\u00a0",
    "ΑΣσς.' a:\u00ad\u0301",
    "aé€𐍈 \u3000\u2028\x1c\x85",
    "ǅǆǄ ŉ ﬁ İıſ K Å ẞ 'a",
    "0١²½五 9_",
    "a\t\n\r\x0b\x0c b",
    "\\'\"\x00\x7f\x9f\u200b\ue000\U000e0100\t",
)


def field(value: object) -> str:
    if value is None:
        return "n"
    if isinstance(value, bool):
        return f"t{int(value)}"
    if isinstance(value, int):
        return f"i{value}"
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
        return "s" + text.replace("\r", "\\r").replace("\x1f", "\\u")
    if isinstance(value, (bytes, bytearray)):
        return "b" + bytes(value).hex()
    if isinstance(value, (list, tuple)):
        return "l" + "\x1f".join(field(item) for item in value)
    raise TypeError(value)


def line(name: str, args: tuple[object, ...], call: Callable[[], object]) -> str:
    try:
        outcome = field(call())
    except Exception as error:
        outcome = f"e{type(error).__name__}: {error}"
    return "\t".join((name, *map(field, args), "=", outcome))


class Source:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self, longest: int = 24) -> str:
        alphabet = self.random.choice(ALPHABETS)
        size = self.random.choice((0, 1, 2, 3, self.random.randint(0, longest), longest * 3))
        return "".join(self.random.choice(alphabet) for _ in range(size))

    def part(self, text: str) -> str:
        """Mostly something that occurs in `text`."""
        if self.random.random() < 0.8:
            start = self.random.randint(0, len(text))
            return text[start : start + self.random.choice((0, 1, 1, 2, 3))]
        return self.text(3)

    def bound(self) -> int:
        return int(self.random.choice((*range(-12, 13), 10**9, -(10**9), 2**63 - 1, -(2**63))))

    def maybe_bound(self) -> int | None:
        return None if self.random.random() < 0.3 else self.bound()


def str_cases(source: Source) -> Iterator[tuple[str, tuple[object, ...]]]:
    s = source.text()
    yield source.random.choice(
        (
            "upper lower title capitalize swapcase casefold isalnum isalpha isascii isdecimal "
            "isdigit isidentifier islower isnumeric isprintable isspace istitle isupper"
        ).split()
    ), (s,)
    yield source.random.choice(("repr", "ascii", "hash", "len", "ord", "chars")), (s,)
    name = source.random.choice(("find", "rfind", "index", "rindex", "count"))
    yield name, (s, source.part(s), source.bound(), source.bound())
    yield name, (s, source.part(s))
    name = source.random.choice(("startswith", "endswith"))
    yield name, (s, source.part(s), source.bound(), source.bound())
    yield name, (s, s[: source.random.randint(0, 5)])
    yield "replace", (s, source.part(s), source.text(3), source.random.choice((-1, 0, 1, 2, 5)))
    name = source.random.choice(("split", "rsplit"))
    yield name, (s, source.part(s) or None, source.random.choice((-1, -1, 0, 1, 2, 5)))
    yield name, (s, source.random.choice((None, "", " ", "ab")), source.random.choice((-1, 1, 2)))
    yield "splitlines", (s, source.random.random() < 0.5)
    name = source.random.choice(("strip", "lstrip", "rstrip"))
    yield name, (s, source.random.choice((None, "", source.part(s) + source.part(s))))
    yield source.random.choice(("partition", "rpartition")), (s, source.part(s))
    yield source.random.choice(("removeprefix", "removesuffix")), (s, source.part(s))
    name = source.random.choice(("center", "ljust", "rjust"))
    yield name, (s, source.random.randint(-3, 90), source.random.choice((" ", "*", "é", "", "ab")))
    yield "zfill", (source.random.choice(("", "+", "-")) + s, source.random.randint(-3, 40))
    yield "expandtabs", (s, source.random.choice((8, 4, 1, 0, -1, 2**31)))
    yield "join", (s, [source.text(5) for _ in range(source.random.randint(0, 4))])
    yield "get", (s, source.bound())
    step = source.random.choice((None, None, 1, 2, 3, -1, -2, -3, 0, 2**63, -(2**63)))
    yield "getslice", (s, source.maybe_bound(), source.maybe_bound(), step)
    yield "in", (source.part(s), s)
    yield source.random.choice(("+", "<", "<=", "==")), (s, source.random.choice((s, source.text())))
    yield "*", (s, source.random.choice((-1, 0, 1, 2, 3, 7)))
    codec = source.random.choice("utf-8 ascii latin-1 utf-16 utf-32-be utf-16-le Latin1 x".split())
    handler = source.random.choice(
        "strict ignore replace backslashreplace xmlcharrefreplace oops".split()
    )
    yield "encode", (s, codec, handler)


def bytes_cases(source: Source) -> Iterator[tuple[str, tuple[object, ...]]]:
    b = source.text().encode()
    if source.random.random() < 0.3:
        b = bytes(source.random.choice(b"ab\xc3\xa9\xe2\x82\xff\x80\xf0\x9f\x98\xed") for _ in b)
    start = source.random.randint(0, len(b))
    sub = b[start : start + source.random.choice((0, 1, 1, 2, 3))]
    yield "b." + source.random.choice(
        (
            "upper lower title capitalize swapcase isalnum isalpha isascii isdigit islower "
            "isspace istitle isupper"
        ).split()
    ), (b,)
    yield source.random.choice(("b.repr", "b.hash", "b.array_repr")), (b,)
    name = "b." + source.random.choice(("find", "rfind", "index", "rindex", "count"))
    yield name, (b, sub, source.bound(), source.bound())
    yield "b.replace", (b, sub, source.text(2).encode(), source.random.choice((-1, 0, 1, 2)))
    name = "b." + source.random.choice(("split", "rsplit"))
    yield name, (b, source.random.choice((None, sub)), source.random.choice((-1, 0, 1, 2)))
    yield "b.splitlines", (b, source.random.random() < 0.5)
    yield "b." + source.random.choice(("strip", "lstrip", "rstrip")), (
        b,
        source.random.choice((None, sub)),
    )
    yield "b." + source.random.choice(("partition", "rpartition")), (b, sub)
    yield "b." + source.random.choice(("removeprefix", "removesuffix")), (b, sub)
    yield "b." + source.random.choice(("center", "ljust", "rjust")), (
        b,
        source.random.randint(-3, 30),
        source.random.choice((b" ", b"*", b"", b"ab")),
    )
    yield "b.zfill", (b, source.random.randint(-3, 30))
    yield "b.expandtabs", (b, source.random.choice((8, 4, 1, 0, -1)))
    yield "b.hex", (b, source.random.choice((None, ":", "é", "")), source.random.randint(-4, 4))
    text = source.random.choice((b.hex(), b.hex(" "), source.text(6), "0" + b.hex()))
    yield "b.fromhex", (text,)
    codec = source.random.choice("utf-8 utf-8 utf-8 ascii latin-1 utf-16 utf-16-be utf-32".split())
    handler = source.random.choice("strict strict ignore replace backslashreplace oops".split())
    yield "b.decode", (b, codec, handler)
    step = source.random.choice((None, None, 1, 2, -1, -3, 0))
    yield "b.getslice", (b, source.maybe_bound(), source.maybe_bound(), step)
    yield "b.get", (b, source.bound())


def call(name: str, args: tuple[Any, ...]) -> object:
    first, rest = args[0], args[1:]
    match name.removeprefix("b."):
        case "repr":
            return repr(first)
        case "array_repr":
            return repr(bytearray(first))
        case "ascii":
            return ascii(first)
        case "hash":
            return hash(first)
        case "len":
            return len(first)
        case "ord":
            return ord(first)
        case "chars":
            return list(first)
        case "get":
            return first[rest[0]]
        case "getslice":
            return first[slice(*rest)]
        case "in":
            return first in rest[0]
        case "+":
            return first + rest[0]
        case "*":
            return first * rest[0]
        case "<":
            return first < rest[0]
        case "<=":
            return first <= rest[0]
        case "==":
            return first == rest[0]
        case "fromhex":
            return bytes.fromhex(first)
        case "hex" if rest[0] is None:
            return first.hex()
        case method:
            result: object = getattr(first, method)(*rest)
            return result


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    source = Source(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for _ in range(count):
        for name, args in (*str_cases(source), *bytes_cases(source)):
            print(line(name, args, partial(call, name, args)))


if __name__ == "__main__":
    main()
