"""Lists that one variable owns: lent, given up, returned, walked while they change."""

from typing import Callable, Iterator


def total(xs: list[int]) -> int:
    s = 0
    for x in xs:
        s += x
    return s


def squares(n: int) -> list[int]:
    out = []
    for i in range(n):
        out.append(i * i)
    return out


def either(flag: bool) -> list[int]:
    if flag:
        return [1, 2, 3]
    made = [x for x in range(6) if x % 2]
    return made if len(made) > 2 else []


def both(left: list[int], right: list[int]) -> None:
    left.append(len(right))
    right.append(len(left))


def grows(xs: list[int]) -> int:
    seen = 0
    for x in xs:
        seen += 1
        if len(xs) < 9:
            xs.append(x + 10)
    return seen


def shrinks() -> list[int]:
    xs = [1, 2, 3, 4, 5, 6]
    seen = []
    for x in xs:
        seen.append(x)
        xs.remove(x)
    return seen + xs


def backwards() -> list[int]:
    xs = [1, 2, 3, 4]
    seen: list[int] = []
    for x in reversed(xs):
        seen.append(x)
        xs.pop()
        if xs:
            xs.pop()
    return seen


def together() -> list[int]:
    xs, ys = [1, 2, 3], [10, 20, 30]
    out = []
    for i, x in enumerate(xs):
        for a, b in zip(xs, ys):
            out.append(a * b + i * x)
        if len(xs) < 5:
            xs.append(i)
    return out


def rebound(n: int) -> list[int]:
    xs = [n]
    for i in range(3):
        xs = xs + [i]
        xs = [x + 1 for x in xs]
    xs += xs
    xs += (7, 8)
    xs *= 2
    return xs[1:-1]


def chunks(xs: list[int], size: int) -> list[list[int]]:
    out = []
    chunk: list[int] = []
    for x in xs:
        chunk.append(x)
        if len(chunk) == size:
            out.append(chunk)
            chunk = []
    if chunk:
        out.append(chunk)
    return out


def fails(xs: list[int]) -> int:
    made = [1, 2]
    made.append(xs[5])
    return total(made)


def tried(xs: list[int]) -> list[int]:
    log: list[int] = []
    try:
        log.append(fails(xs))
    except IndexError:
        log.append(-1)
    finally:
        log.append(0)
    return log


def merged(a: list[int], b: list[int]) -> list[int]:
    if not a or not b:
        return a[:] or b[:]
    return [min(a[0], b[0])] + (merged(a[1:], b) if a[0] < b[0] else merged(a, b[1:]))


def sorts(xs: list[int]) -> list[int]:
    if len(xs) < 2:
        return xs[:]
    middle = len(xs) // 2
    return merged(sorts(xs[:middle]), sorts(xs[middle:]))


def eats(xs: list[int]) -> int:
    xs = xs[1:]
    xs.append(100)
    return total(xs)


def keeps(xs: list[int]) -> list[int]:
    xs.append(3)
    return xs


class Counted:
    def __init__(self, items: list[int]) -> None:
        self.items = items

    def under(self, limit: int) -> list[int]:
        found = [x for x in self.items if x < limit]
        found.reverse()
        return found

    def matches(self, other: list[int]) -> bool:
        return self.items == other and self.items <= other


class Measured:
    def __init__(self, items: list[int]) -> None:
        self.size = len(items)
        self.least = [min(items)]


def applied(f: Callable[[list[int]], int], xs: list[int]) -> int:
    return f(xs)


def stepped(xs: list[int]) -> Iterator[int]:
    doubled = [x * 2 for x in xs]
    for x in doubled:
        yield x
        doubled.append(x) if len(doubled) < 4 else None


def main() -> None:
    a = squares(5)
    print(total(a), total(squares(4)), len(a), a, f"{a} {a!r}", str(a), repr(a))
    print(either(True), either(False), max(a), sorted(a, reverse=True), sum(a), 9 in a)
    b = [1]
    both(a, b)
    print(a, b)
    both(b, b)
    print(b)
    print(grows(b), b, shrinks(), backwards(), together(), rebound(4))
    print(chunks(a, 4), tried(a), sorts([5, 2, 9, 1, 3]))
    print(eats([1, 2, 3]), keeps([1, 2]))
    c = Counted(squares(4))
    print(c.under(5), c.matches(squares(4)), c.matches([]))
    m = Measured(a)
    print(m.size, m.least, Measured([3, 2]).least)
    print(applied(total, a), applied(eats, a), a)
    print(list(stepped([1, 2])), [*squares(3), *a[:1]], (*squares(2),))
    x, *rest = squares(4)
    first, second = squares(2)
    print(x, rest, first, second, list(map(str, squares(3))), ",".join([str(i) for i in a]))
    d = squares(3)
    while d:
        print(d.pop(), end=" ")
    print("empty" if not d else "left", d == [], d < [1], [0] * 3 + d)


main()
