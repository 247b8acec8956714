"""Writes what CPython formats, for src/format/tests.rs.

Usage: python3 tests/formats.py [COUNT [SEED]] > tests/data/formats.tsv

A line is `spec TAB value TAB … TAB = TAB outcome`, `% TAB template TAB value … = outcome`
or `{} TAB template TAB value … = outcome`. Fields are those of tests/strings.py and
`f` for a float by its bits in hex, `d` for a dict from str.
"""

from __future__ import annotations

import random
import struct
import sys
from collections.abc import Callable

from strings import field as plain_field

INTS = (0, 1, -1, 7, -42, 255, 1000, 1234567, -9876543210, 2**63 - 1, 10**20, -(3**80), 0x110000)
FLOATS = (
    *(0.0, -0.0, 1.0, -1.5, 0.5, 2.5, 0.1, 1e16, 1e15, 123456.789, -1234567.891, 1e-5, 1e-4),
    *(9.995, 0.00012345, 1e300, 5e-324, 1.7976931348623157e308, 99999.95, 999999.5, 1e22),
    *(float("inf"), float("-inf"), float("nan"), 0.045, 1 / 3, 2 / 3, 100.0, 12345678901234567.0),
)
TEXTS = ("", "a", "abc", "é€𐍈", "a long text beyond fourteen bytes", "'\"\n")


def field(value: object) -> str:
    if isinstance(value, float):
        return "f" + struct.pack(">d", value).hex()
    if isinstance(value, dict):
        return "d" + "\x1e".join(f"{key}\x1d{field(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "l" + "\x1f".join(field(item) for item in value)
    return plain_field(value)


def outcome(call: Callable[[], str]) -> str:
    try:
        return field(call())
    except Exception as error:
        shown = repr(error.args[0]) if isinstance(error, KeyError) else str(error)
        return f"e{type(error).__name__}: {plain_field(shown)[1:]}"


class Source:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def real(self) -> float:
        roll = self.random.random()
        if roll < 0.4:
            return self.random.choice(FLOATS)
        if roll < 0.6:
            return round(self.random.uniform(-1000, 1000), self.random.randint(0, 4))
        if roll < 0.8:
            return self.random.randint(-(10**6), 10**6) / 2 ** self.random.randint(0, 8)
        bits = self.random.getrandbits(64)
        real: float = struct.unpack(">d", struct.pack(">Q", bits))[0]
        return real

    def whole(self) -> int:
        if self.random.random() < 0.5:
            return self.random.choice(INTS)
        return self.random.randint(-(10 ** self.random.randint(1, 30)), 10**9)

    def value(self) -> object:
        return self.random.choice(
            (self.whole, self.real, lambda: self.random.choice(TEXTS), lambda: True, self.whole)
        )()

    def arguments(self) -> tuple[object, ...]:
        """Values none of which is too large for a width."""
        values = tuple(self.value() for _ in range(self.random.choice((1, 1, 2, 3))))
        return tuple(v % 50 if isinstance(v, int) else v for v in values)

    def maybe(self, chance: float, *choices: str) -> str:
        return self.random.choice(choices) if self.random.random() < chance else ""

    def spec(self) -> str:
        if self.random.random() < 0.05:
            return "".join(self.random.choice("<>=^+- z#0123,_.dfgeExs%n!{}é") for _ in range(4))
        return (
            self.maybe(0.4, "<", ">", "^", "=", "*<", "0>", "é^", "_=", "0=", "-<")
            + self.maybe(0.3, "+", "-", " ")
            + self.maybe(0.1, "z")
            + self.maybe(0.2, "#")
            + self.maybe(0.3, "0")
            + self.maybe(0.5, "1", "2", "5", "8", "12", "17", "30")
            + self.maybe(0.3, ",", "_")
            + self.maybe(0.4, ".0", ".1", ".2", ".3", ".6", ".10", ".17", ".25", ".")
            + self.maybe(0.8, *"dfgeEFG%xXobcsn")
        )

    def directive(self) -> str:
        return (
            "%"
            + self.maybe(0.1, "(a)", "(b)")
            + self.maybe(0.2, "-")
            + self.maybe(0.2, "+", " ", "#")
            + self.maybe(0.2, "0")
            + self.maybe(0.4, "1", "5", "12", "*")
            + self.maybe(0.3, ".0", ".2", ".5", ".", ".*", ".20")
            + self.maybe(0.05, "l")
            + self.random.choice("sssrrddddixXoeEfFgGgcau%y")
        )

    def template(self) -> str:
        name = self.maybe(0.5, "0", "1", "a", "b", "0[0]", "a[0]", "a.real", "5", "0.x", "")
        conversion = self.maybe(0.2, "!r", "!s", "!a", "!x", "!")
        spec = self.maybe(0.5, ":", ":>{1}", ":{}", ":{b}", ":" + self.spec(), ":>5", ":<8.2")
        end = self.random.choice(("}", "}", "}", "}", "}", "}", "", "}}", "} {{x}}"))
        return "{" + name + conversion + spec + end


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    source = Source(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for _ in range(count):
        for value in (source.whole(), source.real(), source.value()):
            spec = source.spec()
            result = outcome(lambda: format(value, spec))
            print("spec", field(value), field(spec), "=", result, sep="\t")
        template = "x".join(source.directive() for _ in range(source.random.choice((1, 1, 2))))
        args: object = source.arguments() if "*" in template else tuple(
            source.value() for _ in range(source.random.choice((1, 1, 2, 3)))
        )
        if source.random.random() < 0.3:
            args = {"a": source.value(), "b": source.value()}
        result = outcome(lambda: template % args)
        print("%", field(template), field(args), "=", result, sep="\t")
        template = "".join(source.template() for _ in range(source.random.choice((1, 1, 2))))
        given = source.arguments()
        named = {"a": source.value(), "b": source.whole() % 40}
        result = outcome(lambda: template.format(*given, **named))
        print("{}", field(template), field(given), field(named), "=", result, sep="\t")


if __name__ == "__main__":
    main()
