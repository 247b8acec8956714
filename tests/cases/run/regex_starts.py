# What a match can start with is known before it is tried; what failed left nothing behind.
import re

TEXT = "the Quick brown fox; 12 x34 é\n_tail \u212aelvin\n"
PATTERNS = [
    r"[a-c]\w+|fox",
    r"(?:qu|x\d)\w*",
    r"\b\d+",
    r"\s*;",
    r"x*",
    r"(a)|(b)|(x)(\d)",
    r"(?=x)\w\d",
    r"(?!t)\w+",
    r"(?<=x)\d+",
    r"^\w+",
    r"$",
    r"\W\S",
    r"(?:(q)|(Q))uick",
    r"(\w)\1",
    r"é|ü",
    r"[^\x00-\x7f]",
    r"(?:ab)*x",
    r"(?:_t|é)+?",
    r".\Z",
]
for pattern in PATTERNS:
    for flags in (0, re.I, re.M | re.A, re.S):
        found = re.compile(pattern, flags)
        print(pattern, int(flags), [m.span() for m in found.finditer(TEXT)], found.findall(TEXT))
        print(found.sub("<>", TEXT).encode())


def outer(match):
    return "/".join(re.findall("[a-z]", match.group()))


print(re.sub(r"(\w+) (\w+)", outer, "ab cd ef gh"))
both = re.compile(r"(a)(b)?|(c)")
print(both.findall("acab"), [m.lastindex for m in both.finditer("acab")])
print([both.match(text) is None for text in ("x", "a", "", "c")], both.search("xxc").groups())
