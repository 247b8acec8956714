"""Iterator classes: __iter__, __next__, __reversed__, __len__, __contains__."""


class Countdown:
    def __init__(self, start):
        self.current = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.current <= 0:
            raise StopIteration
        self.current -= 1
        return self.current + 1


class Span:
    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def __iter__(self):
        return SpanIterator(self)

    def __reversed__(self):
        n = self.high
        while n > self.low:
            n -= 1
            yield n

    def __len__(self) -> int:
        return max(0, self.high - self.low)

    def __contains__(self, n: object) -> bool:
        return isinstance(n, int) and self.low <= n < self.high

    def __getitem__(self, i: int) -> int:
        if i < 0:
            i += len(self)
        if not 0 <= i < len(self):
            raise IndexError(i)
        return self.low + i


class SpanIterator:
    def __init__(self, span: Span) -> None:
        self.span = span
        self.at = span.low

    def __iter__(self):
        return self

    def __next__(self) -> int:
        if self.at >= self.span.high:
            raise StopIteration
        self.at += 1
        return self.at - 1


class Sequence:
    """Iterable by __getitem__ alone."""

    def __getitem__(self, i):
        if i >= 3:
            raise IndexError
        return i * i


c = Countdown(3)
print(list(c), list(c))
s = Span(2, 6)
print(
    list(s),
    list(s),
    list(reversed(s)),
    len(s),
    5 in s,
    6 in s,
    s[0],
    s[-1],
    bool(Span(1, 1)),
    sum(s),
    max(s),
)
for a in s:
    for b in s:
        if a < b:
            print((a, b), end=" ")
print()
print(
    list(Sequence()),
    4 in Sequence(),
    list(zip(s, Sequence())),
    list(map(lambda n: -n, s)),
    sorted(s, reverse=True),
)
it = iter(s)
print(next(it), next(it), list(it), next(it, None))
first, *others = Span(0, 4)
print(
    first, others, dict(zip("ab", s)), [*s], tuple(s), set(s) == {2, 3, 4, 5}, list(enumerate(s, 1))
)
numbers = iter([1, 2, 3, 4, 5, 6])
print(list(zip(numbers, numbers)), list(iter(lambda: 1, 1)))
values = iter([3, 5, 0, 9])
print(list(iter(lambda: next(values), 0)), list(values))
try:
    s[10]
except IndexError as e:
    print("IndexError", e)
