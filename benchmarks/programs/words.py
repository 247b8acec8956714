"""Counting made-up words: strings, dictionaries, sorting."""


def next_seed(seed: int) -> int:
    return (seed * 1_103_515_245 + 12_345) % 2_147_483_648


def make_text(count: int) -> str:
    syllables = ["ka", "lo", "mi", "ru", "te", "so", "ni"]
    seed = 42
    words: list[str] = []
    for _ in range(count):
        word = ""
        seed = next_seed(seed)
        for _ in range(1 + seed // 65_536 % 3):
            seed = next_seed(seed)
            word += syllables[seed // 65_536 % len(syllables)]
        words.append(word)
    return " ".join(words)


def count_words(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def main() -> None:
    counts = count_words(make_text(600_000))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for word, count in ranked[:10]:
        print(f"{word:<8}{count:>8,}")
    print(len(counts), sum(counts.values()))


main()
