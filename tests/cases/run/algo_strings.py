"""Text algorithms: palindromes, Caesar, run lengths, KMP, Roman numerals."""


def is_palindrome(text: str) -> bool:
    cleaned = [c.lower() for c in text if c.isalnum()]
    return cleaned == cleaned[::-1]


def caesar(text: str, shift: int) -> str:
    out = []
    for ch in text:
        if ch.isupper():
            out.append(chr((ord(ch) - ord("A") + shift) % 26 + ord("A")))
        elif ch.islower():
            out.append(chr((ord(ch) - 97 + shift) % 26 + 97))
        else:
            out.append(ch)
    return "".join(out)


def rle(text):
    if not text:
        return ""
    result, prev, count = "", text[0], 0
    for ch in text:
        if ch == prev:
            count += 1
        else:
            result += prev + (str(count) if count > 1 else "")
            prev, count = ch, 1
    return result + prev + (str(count) if count > 1 else "")


def kmp(text: str, pattern: str) -> list[int]:
    fail = [0] * len(pattern)
    k = 0
    for i in range(1, len(pattern)):
        while k and pattern[i] != pattern[k]:
            k = fail[k - 1]
        if pattern[i] == pattern[k]:
            k += 1
        fail[i] = k
    hits = []
    k = 0
    for i, ch in enumerate(text):
        while k and ch != pattern[k]:
            k = fail[k - 1]
        if ch == pattern[k]:
            k += 1
        if k == len(pattern):
            hits.append(i - k + 1)
            k = fail[k - 1]
    return hits


def roman(n: int) -> str:
    table = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ]
    out = ""
    for value, symbol in table:
        while n >= value:
            out += symbol
            n -= value
    return out


def permutations(s: str) -> list[str]:
    if len(s) <= 1:
        return [s]
    return [c + rest for i, c in enumerate(s) for rest in permutations(s[:i] + s[i + 1 :])]


print(is_palindrome("A man, a plan, a canal: Panama"), is_palindrome("nope"), is_palindrome(""))
print(
    caesar("Hello, World!", 3),
    caesar(caesar("Hello, World!", 3), -3),
    rle("aaabccdddd"),
    rle("abc"),
    repr(rle("")),
)
print(
    kmp("abababcababab", "abab"), kmp("aaaa", "b"), [roman(n) for n in (1, 4, 9, 1994, 2024, 3999)]
)
print(permutations("abc"), len(permutations("abcde")))
text = "It was the best of times, it was the worst of times"
freq: dict[str, int] = {}
for word in text.lower().replace(",", "").split():
    freq[word] = freq.get(word, 0) + 1
for word, count in sorted(freq.items(), key=lambda item: (-item[1], item[0])):
    print(f"{word:<6}{count:>3} {'#' * count}")
vowels = sum(1 for c in text if c in "aeiou")
print(vowels, "".join(sorted(set(text.lower()) - set(" ,"))), text.swapcase()[:12])
