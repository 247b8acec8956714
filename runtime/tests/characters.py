"""Prints a hash of what CPython says about every character, for src/string/tests.rs.

Usage: PYTHONHASHSEED=0 python3 tests/characters.py > tests/data/characters.txt
"""

import unicodedata

TESTS = (
    "isalnum isalpha isdecimal isdigit isidentifier islower isnumeric isprintable isspace "
    "istitle isupper"
).split()
out = []
# Beyond U+31FFF only a few tags are assigned.
for code in (*range(0xD800), *range(0xE000, 0x32000), *range(0xE0000, 0xE0200), 0xF0000, 0x10FFFF):
    c = chr(code)
    out += [c.upper(), c.lower(), c.title(), c.casefold(), c.swapcase()]
    out += ["1" if getattr(c, test)() else "0" for test in TESTS]
    decimal = unicodedata.decimal(c, None)
    out.append("" if decimal is None else str(decimal))
print(hash("".join(out).encode()))
