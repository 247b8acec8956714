"""Strings are sequences of code points, whatever their width in UTF-8."""

words = ["naïve", "Straße", "日本語", "🎉party", "e\u0301clair", "ΑΒΓ", "Ünïcödé"]
for w in words:
    print(
        w,
        len(w),
        w[0],
        w[-1],
        w[1:3],
        w[::-1],
        w.upper(),
        w.lower(),
        ascii(w),
        len(w.encode("utf-8")),
    )

text = "día de café ☕ y té"
print(text.find("café"), text.index("☕"), text[text.find("☕")], text.split(), text.count("é"))
print(text.replace("é", "e"), text.title(), text.center(25, "·"))
print([ord(c) for c in "aé☕🎉"], [chr(n) for n in (97, 233, 9749, 127881)])
print(repr("tab\t nl\n quote' back\\ nul\0 bell\x07 é \x7f \u200b"))
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr(""))
print("ß".upper(), "ẞ".lower(), "ǆ".title(), "ﬁ".upper(), "İ".lower() == "i̇")
print("é" == "e\u0301", "é" < "z", "Z" < "é", sorted("zéaÉ"))
print(
    "½".isnumeric(),
    "½".isdigit(),
    "²".isdigit(),
    "²".isdecimal(),
    "٣".isdecimal(),
    int("٣"),
    "é".isalpha(),
    "日".isalpha(),
)
print(f"{'é':>5}|{'日本':<6}|{'🎉':^5}|{'naïve':.3}")
print("straße".casefold() == "STRASSE".casefold(), "ΣΑΣ".lower())
print("a\u2028b\x0bc\x1cd\x85e".splitlines(), "\u3000x\u00a0".strip(), "a\u00a0b".split())
total = 0
for ch in "mixed ascii and ünïcode 日本 🎉":
    total = (total * 31 + ord(ch)) % 1000003
print(total)
counts: dict[str, int] = {}
for ch in "añaña日a日":
    counts[ch] = counts.get(ch, 0) + 1
print(counts, max(counts, key=lambda k: counts[k]))
print("日本語".encode("utf-8"), b"\xe6\x97\xa5".decode("utf-8"), "é".encode("latin-1"))
print(
    "\N{GREEK SMALL LETTER ALPHA}",
    "\u00e9",
    "\x41",
    "\101",
    "a\
b",
)
