"""Ordering of strings, natural sort keys, anagrams, grouping, custom alphabets."""


def natural(text: str) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    digits = ""
    for ch in text + " ":
        if ch.isdigit():
            digits += ch
        else:
            if digits:
                out.append((0, int(digits), ""))
                digits = ""
            if ch != " ":
                out.append((1, 0, ch.lower()))
    return out


files = ["file10.txt", "file2.txt", "File1.txt", "file1.txt", "a100", "a20"]
print(sorted(files), sorted(files, key=natural), sorted(files, key=str.lower))
words = ["listen", "silent", "enlist", "google", "gogole", "abc", "cab"]
groups: dict[str, list[str]] = {}
for w in words:
    groups.setdefault("".join(sorted(w)), []).append(w)
print(list(groups.values()), max(groups, key=lambda k: (len(groups[k]), k)))
alphabet = "zyxwvutsrqponmlkjihgfedcba"
print(sorted(words, key=lambda w: [alphabet.index(c) for c in w]))
print(
    "a" < "B",
    "a" < "b",
    "apple" < "Apple",
    "" < "a",
    "10" < "9",
    "é" > "z",
    "Z" < "a",
    "日" > "é",
    "🎉" > "日",
    "a\0" > "a",
)
print(
    min(words),
    max(words),
    min(words, key=len),
    max("hello", "help"),
    sorted("ñandú"),
    sorted(["é", "e", "f", "E"]),
)
print(
    [(a > b) - (a < b) for a, b in [("a", "b"), ("b", "a"), ("x", "x")]],
    ["b", "a"] < ["b", "b"],
    ("a", 2) < ("a", 10),
)


def compare_versions(a: str, b: str) -> int:
    pa, pb = [int(x) for x in a.split(".")], [int(x) for x in b.split(".")]
    return -1 if pa < pb else 1 if pa > pb else 0


print([compare_versions(a, b) for a, b in [("1.2", "1.10"), ("2.0", "2.0"), ("3", "2.9.9")]])


def is_sorted(items, key=lambda x: x):
    return all(key(a) <= key(b) for a, b in zip(items, items[1:]))


print(is_sorted([1, 2, 2]), is_sorted("abca"), is_sorted(words, len), is_sorted([]))


def common_prefix(items: list[str]) -> str:
    if not items:
        return ""
    first, last = min(items), max(items)
    for i, ch in enumerate(first):
        if ch != last[i]:
            return first[:i]
    return first


print(
    repr(common_prefix(["flower", "flow", "flight"])),
    repr(common_prefix(["a", "b"])),
    repr(common_prefix(["same"])),
)
rotations = sorted("banana$"[i:] + "banana$"[:i] for i in range(7))
print(rotations, "".join(r[-1] for r in rotations))
longest = ""
text = "babadfdab"
for i in range(len(text)):
    for j in range(i, len(text)):
        piece = text[i : j + 1]
        if piece == piece[::-1] and len(piece) > len(longest):
            longest = piece
print(
    longest,
    [w.title() for w in sorted(words, reverse=True)][:3],
    sorted(words, key=lambda w: (-len(w), w))[0],
)
