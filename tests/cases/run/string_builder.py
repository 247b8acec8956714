"""Building texts: joins, tables, boxes, centred output, word counts, ciphers."""


def box(lines: list[str], title: str = "") -> str:
    width = max(len(l) for l in lines + [title])
    out = ["+" + title.center(width + 2, "-") + "+"]
    for line in lines:
        out.append(f"| {line:<{width}} |")
    out.append("+" + "-" * (width + 2) + "+")
    return "\n".join(out)


def table(rows, aligns):
    widths = [max(len(str(r[i])) for r in rows) for i in range(len(rows[0]))]
    for r in rows:
        print(" | ".join(f"{str(c):{a}{w}}" for c, a, w in zip(r, aligns, widths)))


def pyramid(n: int) -> None:
    for i in range(1, n + 1):
        print(" " * (n - i) + "*" * (2 * i - 1))


def histogram(values):
    top = max(values)
    for level in range(top, 0, -1):
        print("".join("█ " if v >= level else "  " for v in values).rstrip())


def vigenere(text, key, sign=1):
    out, k = [], 0
    for ch in text:
        if ch.isalpha():
            base = ord("A") if ch.isupper() else ord("a")
            shift = ord(key[k % len(key)].lower()) - ord("a")
            out.append(chr((ord(ch) - base + sign * shift) % 26 + base))
            k += 1
        else:
            out.append(ch)
    return "".join(out)


def say(n: int) -> str:
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n < 20:
        return ones[n]
    if n < 100:
        return tens[n // 10] + ("-" + ones[n % 10] if n % 10 else "")
    if n < 1000:
        return ones[n // 100] + " hundred" + (" and " + say(n % 100) if n % 100 else "")
    for scale, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if n >= scale:
            return say(n // scale) + " " + name + (" " + say(n % scale) if n % scale else "")
    return "?"


print(box(["short", "a longer line", ""], "T"))
table([("name", "qty", "price"), ("bolt", 100, 1.5), ("nut", 5, 10.25)], "<>^")
pyramid(4)
histogram([3, 1, 4, 2])
secret = vigenere("Attack at Dawn!", "Lemon")
print(secret, vigenere(secret, "Lemon", -1))
print([say(n) for n in (0, 13, 40, 99, 100, 342, 1001, 12345, 10**6 + 1, 2 * 10**9)])
text = ""
for i in range(5):
    text += str(i) * i + ("," if i else "")
print(text, text[::-1], len(text))
print(
    "".join(sorted("the quick brown fox")),
    " ".join(w.capitalize() for w in "the quick brown fox".split()),
    "a".join("xyz"),
)
print("\n".join(f"{i:>2}: {'=' * i}{'>' if i else ''}" for i in range(4)))
fizz = ["Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or str(n) for n in range(1, 16)]
print(" ".join(fizz))
