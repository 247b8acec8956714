"""The re module: searching, groups, substitution, splitting, flags, errors."""

import re
from re import compile as rc

m = re.search(r"(\d+)-(\d+)", "tel 555-1234 end")
print(m, m.group(), m.group(0), m.group(1), m[2], m.groups(), m.span(), m.start(2), m.end(2))
print(re.match(r"\d", "a1"), re.fullmatch(r"[a-z]+", "abc") is not None, bool(re.match("", "x")))
if m:
    a, b = m.groups()
    print(int(a) + int(b), m.string[:3], m.pos, m.endpos, m.lastindex, m.lastgroup)
named = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)(?P<day>-\d\d)?", "2024-07 x")
print(named.group("year"), named["month"], named.groupdict(), named.groups("?"), named.lastgroup)
print(named.group("year", "month"), named.expand(r"\g<month>/\1"), named.span("day"))
print(
    re.findall(r"\w+", "the quick brown"),
    re.findall(r"(\w)(\d)", "a1 b2"),
    re.findall("(x)?y", "y xy"),
)
print(
    re.split(r"[,;]\s*", "a, b;c,d"),
    re.split(r"(,)", "a,b"),
    re.split(",", "a,b,c", 1),
    re.split("x*", "axbc"),
)
print(
    re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"),
    re.sub("a", "b", "aaa", count=2),
    re.subn("a", "", "banana"),
)
print(
    re.sub(r"\d+", lambda k: str(int(k.group()) * 2), "1 and 22"),
    re.sub("", "-", "abc"),
    re.sub("x*", "-", "abxd"),
)
word = re.compile(r"\b[A-Z]\w*", re.ASCII)
print(word.findall("Ann met Bob"), word.pattern, word.groups, word)
for hit in word.finditer("Ann met Bob"):
    print(hit.start(), hit.group(), end=" ")
print()
print(
    re.findall("^\\w+", "ab\ncd", re.M),
    re.findall("a.c", "a\nc abc", flags=re.S),
    re.search("HELLO", "say hello", re.I).group(),
)
print(
    re.findall(r"(?i)straße", "STRASSE Straße"),
    re.escape("a.b*c (d)"),
    re.findall(r"(?<=\$)\d+(?!\d|%)", "$5 $10 $3%"),
)
verbose = re.compile(
    r"""
    (\d+)   # digits
    \s* ([a-z]+)
    """,
    re.VERBOSE,
)
print(verbose.match("12 km").groups(), verbose.groupindex)
print(
    re.match(r"(a|b)*?c", "ababc").groups(),
    re.match(r"(?:(a)|b)*", "ab").groups(),
    re.findall(r"(?:ab)++c|a?", "ababc aab"),
)
print(
    re.match(r"(['\"])(.*?)\1", "'it' x").group(2),
    re.match(r"(?>a+)b", "aab"),
    re.match(r"(a)?(?(1)b|c)", "c"),
)
print(
    re.sub(r"(?P<x>.)", r"[\g<x>\g<0>\n]", "é\t"),
    re.findall(r"\d", "1२३"),
    re.findall(r"\d", "1२", re.A),
    re.findall(r"\W", "a-é ß"),
)
tokens = re.compile(r"\s*(?:(\d+)|(.))")
print([(n, op) for n, op in tokens.findall("12+(3*4)")], [t for t in re.split(r"([+*])", "1+2*3")])
for bad in [
    "(",
    "a)",
    "[a",
    "*a",
    "a**",
    "(?P<n>a)(?P<n>b)",
    r"\1",
    "a{3,1}",
    "(?<=a+)b",
    "[z-a]",
    r"\q",
    "(?P<1>a)",
    "x\n(",
]:
    try:
        re.compile(bad)
    except re.error as e:
        print("error:", e)
try:
    re.sub("a", r"\2", "a")
except re.error as e:
    print(e.msg, e.pos)
try:
    print(m.group(7))
except IndexError as e:
    print("IndexError", e)
print(
    rc("a").search("xxa", 3),
    rc("^a").search("ba", 1),
    rc("a$").match("ab", 0, 1),
    rc("é").search("caféé").span(),
)
print(
    re.search(r"(\w+)@(\w+)\.com", "me@site.com").group(1, 2),
    re.match(r"[^\W\d_]+", "abcÀé1").group(),
)
print(
    "%s" % re.match("a", "abc"),
    repr(rc("x'y", re.I | re.M)),
    re.findall(r"[\]\-a]", "]-a\\"),
    re.findall(r"\x41\u00e9\t", "Aé\t"),
)

# Letters that equal each other without case.
for pattern in ("k", "s", "[a-z]", "\u212a", "\u00b5", "[^k]", "\u01c4", "\u03c3", "(?a:k)"):
    print(ascii(re.findall(pattern, "kK\u212asS\u017f\u00b5\u03bc\u039c\u01c5\u03c2\u03a3", re.I)))
print(ascii(re.findall("(?a)[j-l]", "kK\u212a", re.I)), re.findall(r"(k)\1", "kK\u212ak", re.I))
