"""Prints a hash of what CPython says about every character, for src/string/tests.rs.

Usage: PYTHONHASHSEED=0 python3 tests/characters.py > tests/data/characters.txt
"""

import unicodedata

TESTS = (
    "isalnum isalpha isdecimal isdigit isidentifier islower isnumeric isprintable isspace "
    "istitle isupper"
).split()
out = []
for code in range(0x110000):
    if 0xD800 <= code < 0xE000:
        continue
    c = chr(code)
    out += [c.upper(), c.lower(), c.title(), c.casefold(), c.swapcase()]
    out += ["1" if getattr(c, test)() else "0" for test in TESTS]
    decimal = unicodedata.decimal(c, None)
    out.append("" if decimal is None else str(decimal))
print(hash("".join(out).encode()))
