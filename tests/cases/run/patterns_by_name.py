"""Compiled patterns among other values: methods by name, and bound methods as values."""

import re

RULES = {"num": re.compile(r"\d+"), "word": re.compile(r"(\w)(\w*)"), "end": ";", "any": None}
for name, rule in RULES.items():
    if isinstance(rule, str) or rule is None:
        print(name, rule)
        continue
    print(name, rule.pattern, rule.groups, rule.flags, rule.match("12a b") is not None)
    print(
        rule.search("  ab 12").span(),
        rule.findall("ab 12 c"),
        rule.split("a1b22c"),
        rule.fullmatch("12", 0, 1),
    )
    print(
        rule.sub("<>", "ab 12", count=1),
        rule.subn(lambda m: m.group().upper(), "ab 12"),
        [m.start() for m in rule.finditer("a 1 b")],
    )
    for wrong in (
        lambda: rule.match(1),
        lambda: rule.match(b"x"),
        lambda: rule.match(),
        lambda: rule.sub("a"),
    ):
        try:
            wrong()
        except TypeError as error:
            print(error)
match = re.compile(r"[a-z]+").match
print(match("abc1").group(), match("1"), [m.group() for m in map(match, ["x1", "2"]) if m])


def first(text, find=re.compile(r"\d").search):
    found = find(text)
    return found.group() if found else None


print(first("a1b2"), first("none"), match.__name__)
try:
    print(RULES["num"].nothing)
except AttributeError as error:
    print(error)
