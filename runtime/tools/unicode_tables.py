"""Writes src/string/tables.rs: what CPython 3.11 knows about characters (Unicode 14).

Usage: python3 tools/unicode_tables.py > src/string/tables.rs

Every fact is asked of `str` methods, so that the table is CPython's behaviour and
not a reading of the Unicode data files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

FLAGS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("ALPHA", str.isalpha),
    ("DECIMAL", str.isdecimal),
    ("DIGIT", str.isdigit),
    ("NUMERIC", str.isnumeric),
    ("SPACE", str.isspace),
    ("UPPER", str.isupper),
    ("LOWER", str.islower),
    ("TITLE", lambda c: c.istitle() and not c.isupper()),
    ("PRINTABLE", str.isprintable),
    ("XID_START", lambda c: c.isidentifier() and c != "_"),
    ("XID_CONTINUE", lambda c: ("a" + c).isidentifier()),
    ("CASE_IGNORABLE", lambda c: case_ignorable(c)),
)


def case_ignorable(c: str) -> bool:
    """Whether the final-sigma rule looks through `c`.

    After `A c` a sigma is final if `c` is ignorable or cased; after `. c` only if
    `c` is cased and not ignorable.
    """
    after_letter = ("A" + c + "\u03a3").lower()[-1] == "\u03c2"
    after_point = ("." + c + "\u03a3").lower()[-1] == "\u03c2"
    return after_letter and not after_point


def characters() -> Iterator[str]:
    for code in range(0x110000):
        if not 0xD800 <= code <= 0xDFFF:
            yield chr(code)


def flag_ranges() -> list[tuple[int, int]]:
    """(first code point, flags) of every stretch of equal flags."""
    ranges: list[tuple[int, int]] = []
    for c in characters():
        flags = sum(1 << bit for bit, (_, test) in enumerate(FLAGS) if test(c))
        if not ranges or ranges[-1][1] != flags:
            ranges.append((ord(c), flags))
    return ranges


def full_lower(c: str) -> str:
    # A lone sigma is never final, so this is the unconditional mapping.
    return c.lower()


def runs(mapping: Callable[[str], str], base: Callable[[str], str]) -> tuple[
    list[tuple[int, int, int, int]], list[tuple[int, str]]
]:
    """Where `mapping` differs from `base`: arithmetic runs, and the mappings to many.

    A run is (first, last, stride, delta).
    """
    single: list[tuple[int, int]] = []
    many: list[tuple[int, str]] = []
    for c in characters():
        to = mapping(c)
        if to == base(c):
            continue
        if len(to) == 1:
            single.append((ord(c), ord(to) - ord(c)))
        else:
            many.append((ord(c), to))
    found: list[tuple[int, int, int, int]] = []
    for code, delta in single:
        if found:
            first, last, stride, d = found[-1]
            step = code - last
            if d == delta and (step == stride or (first == last and step in (1, 2))):
                found[-1] = (first, code, step, delta)
                continue
        found.append((code, code, 1, delta))
    return found, many


def wrapped(items: list[str]) -> Iterator[str]:
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 99:
            yield line
            line = "   "
        line += f" {item},"
    if line.strip():
        yield line


def main() -> None:
    out = sys.stdout.write
    out("//! Character facts of CPython 3.11 (Unicode 14). Written by tools/unicode_tables.py.\n\n")
    out("#![cfg_attr(rustfmt, rustfmt_skip)]\n\n")
    for bit, (name, _) in enumerate(FLAGS):
        out(f"pub const {name}: u16 = 1 << {bit};\n")
    ranges = flag_ranges()
    for name, kind, values in (
        ("FLAG_STARTS", "u32", [hex(first) for first, _ in ranges]),
        ("FLAG_VALUES", "u16", [hex(flags) for _, flags in ranges]),
    ):
        out(f"\npub static {name}: [{kind}; {len(values)}] = [\n")
        for line in wrapped(values):
            out(line + "\n")
        out("];\n")
    identity: Callable[[str], str] = lambda c: c  # noqa: E731
    for name, mapping, base in (
        ("LOWER", full_lower, identity),
        ("UPPER", str.upper, identity),
        ("TITLE", str.title, str.upper),
        ("FOLD", str.casefold, full_lower),
    ):
        found, many = runs(mapping, base)
        out(f"\npub static {name}_RUNS: [(u32, u32, u32, i32); {len(found)}] = [\n")
        for line in wrapped([f"({a:#x}, {b:#x}, {s}, {d})" for a, b, s, d in found]):
            out(line + "\n")
        out(f"];\n\npub static {name}_MANY: [(u32, &str); {len(many)}] = [\n")
        text = [f'({a:#x}, "' + "".join(f"\\u{{{ord(x):x}}}" for x in to) + '")' for a, to in many]
        for line in wrapped(text):
            out(line + "\n")
        out("];\n")


if __name__ == "__main__":
    main()
