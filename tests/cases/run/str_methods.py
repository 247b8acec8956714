"""The common methods of str."""

s = "  Hello, World  "
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), s.upper(), s.lower(), s.swapcase())
print("hello world".title(), "hello".capitalize(), "HeLLo".casefold(), "they're here".title())
print(
    "a,b,,c".split(","),
    " a  b c ".split(),
    "a b c d".split(" ", 2),
    "a b c d".rsplit(" ", 2),
    "".split(),
    "".split(","),
)
print("one\ntwo\r\nthree\n".splitlines(), "a\n\nb".splitlines(True))
print("-".join(["a", "b", "c"]), "".join([]), ", ".join(str(n) for n in range(4)))
print(
    "banana".replace("a", "o"),
    "banana".replace("a", "o", 2),
    "abc".replace("", "-"),
    "aaa".replace("aa", "b"),
)
print(
    "banana".find("an"),
    "banana".find("an", 2),
    "banana".rfind("an"),
    "banana".find("x"),
    "banana".index("n"),
)
print("banana".count("a"), "banana".count("ana"), "banana".count(""), "banana".count("a", 2, 4))
print(
    "hello".startswith("he"),
    "hello".endswith("lo"),
    "hello".startswith(("x", "h")),
    "hello".startswith("l", 2),
)
print(
    "abc".isalpha(),
    "abc1".isalnum(),
    "123".isdigit(),
    " \t".isspace(),
    "Abc".isupper(),
    "abc".islower(),
    "".isalpha(),
)
print(
    "Title Case".istitle(),
    "x1".isidentifier(),
    "1x".isidentifier(),
    "12".isdecimal(),
    "12".isnumeric(),
)
print(
    "x".center(7, "*"),
    "x".ljust(4, ".") + "|",
    "x".rjust(4) + "|",
    "42".zfill(5),
    "-42".zfill(5),
    "+7".zfill(4),
)
print("a-b-c".partition("-"), "a-b-c".rpartition("-"), "abc".partition("-"), "abc".rpartition("-"))
print("prefix_name".removeprefix("prefix_"), "name.py".removesuffix(".py"), "name".removesuffix(""))
print("xxabcxx".strip("x"), "abcba".lstrip("ab"), "mississippi".rstrip("ip"))
print(
    "a\tb\tc".expandtabs(4),
    "hello".translate(str.maketrans("lo", "01")),
    "hello".translate(str.maketrans("l", "L", "h")),
)
print("abc" < "abd", "abc" < "ab", "Z" < "a", "a" * 3, 3 * "ab", "a" * 0 == "", "x" * -1 == "")
print("ell" in "hello", "" in "abc", "xyz" not in "abc", len("hello"), min("hello"), max("hello"))
print(ord("a"), chr(98), [ord(c) for c in "AZ"], "".join(chr(ord(c) + 1) for c in "HAL"))
print(sorted("hello"), list("abc"), "".join(reversed("abc")), "abc"[::-1], set("aaa"))
for i, ch in enumerate("abc", start=1):
    print(i, ch, end="; ")
print()
print("%s has %d items costing %.2f" % ("cart", 3, 9.5), "{} and {}".format("a", "b"))
try:
    "abc".index("z")
except ValueError as e:
    print("ValueError:", e)
try:
    print("abc"[5])
except IndexError as e:
    print("IndexError:", e)
