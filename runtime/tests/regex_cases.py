"""Writes what CPython's re says of many patterns and subjects: regex_cases.txt.

One line a case: pattern, flags, subject, then the spans of every match and its groups, or
the message of the error. Fields are ASCII Python literals, separated by tabs.
"""

import itertools
import random
import re
import sys

PIECES = [
    "a", "b", "c", ".", r"\w", r"\d", r"\s", r"\b", r"\B", "^", "$", r"\A", r"\Z", "[ab]", "[^a]",
    "[a-c1]", r"[\w-]", "(a)", "(a|b)", "(?:ab|a)", "(a|ab)(c|bcd)", "(b*)", "(?P<n>a+)", "a*",
    "b+?", "c??", "a{2}", "(?:a|b){1,2}", "(a*)*", "(a*)+", "(?:a?)*?", "(?=a)", "(?!b)", "(?<=a)",
    "(?<!b)", "(?>a*)", "a*+", "(?i:B)", "(a)?", "(?(1)b|c)", r"\1", "|", "(?s:.)", "é", "É", "ß",
    r"[à-ü]", "1", " ", "\n", "(?:(a)|b)*", "((a)|(b))+", "(?:a(b)?)+", "(a)(?=\\1)", "x{,2}",
]
SUBJECTS = [
    "", "a", "b", "ab", "aab", "abcd", "aaab bab", "a\nb\n", "ba1 c_", "éÉß Ü", "abababc", "1a2b3c",
    "a a\n", "bbbcca",
]


def outcome(pattern: str, flags: int, subject: str) -> str:
    try:
        compiled = re.compile(pattern, flags)
    except re.error as e:
        return f"!{e}"
    spans = [tuple(m.span(i) for i in range(compiled.groups + 1)) for m in compiled.finditer(subject)]
    last = [m.lastindex or 0 for m in compiled.finditer(subject)]
    whole = compiled.fullmatch(subject)
    return f"{spans} {last} {whole.span() if whole else None}"


def main() -> None:
    rng = random.Random(11)
    cases = [(p, 0, s) for p in PIECES for s in SUBJECTS]
    for _ in range(3500):
        pattern = "".join(rng.choice(PIECES) for _ in range(rng.randint(2, 5)))
        flags = rng.choice([0, 0, 0, re.I, re.M, re.S, re.A, re.I | re.A, re.X])
        cases.append((pattern, int(flags), rng.choice(SUBJECTS)))
    letters = "ab()|*+?[]^$\\{}12,-.:=!<>Pn"
    for _ in range(2500):
        cases.append(("".join(rng.choice(letters) for _ in range(rng.randint(1, 8))), 0, "abab"))
    seen = set()
    with open(sys.argv[1], "w", encoding="ascii") as out:
        for pattern, flags, subject in itertools.chain(cases):
            key = (pattern, flags, subject)
            if key in seen:
                continue
            seen.add(key)
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                said = outcome(pattern, flags, subject)
            fields = [pattern, subject, said]
            coded = [f.encode("unicode_escape").decode("ascii") for f in fields]
            out.write("\t".join([coded[0], str(flags), coded[1], coded[2]]) + "\n")


main()
