"""Fields and variables of modules that hold small ints, and those that only seem to."""

import copy

limit = 10
total = 0
grows = 1
edge = 2**63 - 1
below = -(2**63)


class Counter:
    step = 3

    def __init__(self, start: int) -> None:
        self.at = start
        self.twice = start * 2
        self.power = 1

    def advance(self) -> None:
        self.at += self.step
        self.twice -= 1
        self.power *= 1000

    def jump(self, by: int) -> None:
        self.at = self.at + by


class Bounded:
    def __init__(self, size: int) -> None:
        self.size = size
        self.state = 1

    def next(self) -> int:
        self.state = (self.state * 1103515245 + 12345) % 2147483648
        return self.state % self.size


class Base:
    def __init__(self, n: int) -> None:
        self.n = n


class Derived(Base):
    def __init__(self, n: int, m: int) -> None:
        super().__init__(n * m)
        self.m = m

    def both(self) -> int:
        return self.n * self.m


class Edge:
    def __init__(self, n: int) -> None:
        self.n = n

    def more(self) -> int:
        self.n = self.n + 1
        return self.n


class Late:
    def fill(self, n: int) -> None:
        self.n = n

    def read(self) -> int:
        return self.n + 1


class Named:
    def __init__(self) -> None:
        self.first = 1
        self.second = 2


class Shared:
    count = 0
    high = 5

    def __init__(self) -> None:
        Shared.count += 1
        self.id = Shared.count


class Pair:
    def __init__(self, a: int, b: int) -> None:
        self.a = a
        self.b = b


def bump() -> int:
    global total, grows
    total += limit
    grows = grows * 7 + 1
    return total


def fails(n: int) -> int:
    return n // (n - n)


def main() -> None:
    c = Counter(5)
    for _ in range(8):
        c.advance()
    print(c.at, c.twice, c.power)
    c.jump(10**30)
    print(c.at, c.at % 7)

    b = Bounded(6)
    print([b.next() for _ in range(10)], b.state)

    d = Derived(4, 3)
    print(d.both(), d.n, d.m, Derived(2**40, 2**40).both())

    e = Edge(2**63 - 2)
    print(e.more(), e.more(), e.more() - 2**63)
    print(Edge(-(2**63)).n - 1)

    late = Late()
    try:
        print(late.read())
    except AttributeError as error:
        print(error)
    late.fill(41)
    print(late.read())

    named = Named()
    for name in ("first", "second"):
        setattr(named, name, getattr(named, name) + 2**70)
    print(named.first, named.second)

    print([Shared().id for _ in range(3)], Shared.count)
    s = Shared()
    s.high += 1
    print(s.high, Shared.high)

    p = Pair(1, 2)
    p.a, p.b = p.b, p.a
    q = copy.copy(p)
    q.a += 10
    print(p.a, p.b, q.a, q.b)
    try:
        p.a = fails(p.b)
    except ZeroDivisionError as error:
        print(error, p.a)

    print(bump(), bump(), grows)
    for _ in range(30):
        bump()
    print(total, grows)
    print(edge + 1, below - 1, edge * below, -below)
    print(f"{c.twice:>8}|{p.a!r}|{b.size:03d}", str(d.m), repr(e.n), hash(p.a), p.a == 2.0)
    print(max(p.a, 1), min(b.size, 9), abs(c.twice), divmod(c.twice, 4), p.a / p.b, p.a**p.b)
    items = [10, 20, 30]
    print(items[p.b], items[-p.a], items[p.b :], "ab" * p.a, {p.a: p.b}, (p.a, p.b))
    print(bool(p.a), not p.b, p.a and p.b, p.a if p.a > p.b else p.b, float(p.a), ~p.a, p.a << 70)


main()
