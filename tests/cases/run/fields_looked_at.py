"""Numbers in fields are looked at where they lie, and change meanwhile."""

from collections import defaultdict


class Part:
    def __init__(self, x: float, n: int) -> None:
        self.x = x
        self.n = n
        self.big = n

    def grow(self) -> int:
        self.big = self.big * self.big + 1
        self.x = self.x * 2
        self.n += 1
        return self.n

    def same(self) -> "Part":
        return self

    def always(self) -> bool:
        return True

    def must(self) -> "Part":
        return self.same()

    def both(self, other: "Part") -> float:
        other.must()
        if self.always():
            return self.x * other.x + self.big * other.x
        return 0


class Table:
    """Looks for its own number, which changes while it looks."""

    def __init__(self) -> None:
        self.key = 2**70
        self.items: defaultdict[int, int] = defaultdict(self.missing)

    def missing(self) -> int:
        self.key = self.key * 3
        return 5

    def look(self) -> int:
        return self.items[self.key] + self.items[self.key] + len(self.items)


class Whole:
    def __init__(self, part: Part) -> None:
        self.part = part
        self.other = part
        self.total = 0

    def swap(self) -> int:
        self.part = Part(5, 7)
        return 1

    def step(self) -> None:
        self.part.x = self.part.x + self.other.x
        self.other.x = self.part.x - self.other.x
        self.total = self.total + self.part.big
        self.total += self.total


def main() -> None:
    table = Table()
    print(table.look(), sorted(table.items), table.key)
    p = Part(1, 2**70)
    print(f"{p.big!r} {p.grow()} {p.big} {p.x:.1f} {p.grow()} {p.x!r} {p.n}")
    print(p.big + p.grow() + p.big, p.x + p.grow() + p.x, p.big * p.grow() > p.big)
    print(p.x, p.grow(), p.x, (p.x, p.grow(), p.x), [p.n, p.grow(), p.n])
    q = Part(0.5, 3)
    print(p.both(q) > 1, q.both(q), q.both(Part(2, 3)))
    w = Whole(q)
    w.step()
    print(w.part.x, w.other.x, w.total, w.part is w.other)
    print(w.part.x + w.swap() + w.part.x, w.part.big - w.part.n, w.other.big // w.part.n)
    w.step()
    print(w.part.x, w.other.x, w.total, -w.part.big, w.part.x == w.part.big, abs(w.part.x))
    print(
        max(w.part.x, w.part.n), min(w.part.big, w.other.big), round(w.part.x), divmod(w.total, 7)
    )
    try:
        print(w.part.x / (w.part.big - w.part.n))
    except ZeroDivisionError as error:
        print(error)


main()
