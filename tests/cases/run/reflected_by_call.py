"""Operators whose methods pass NotImplemented on from a method that they call."""


class Money:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.n + other.n)
        if isinstance(other, int):
            return Money(self.n + other)
        return NotImplemented

    def __radd__(self, other):
        return self.__add__(other)

    def __mul__(self, other):
        made = self._times(other)
        return made

    __rmul__ = __mul__

    def _times(self, other):
        return Money(self.n * other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return f"Money({self.n})"


class Other:
    def __radd__(self, other):
        return "other's"

    def __mul__(self, other):
        return "other times"


print(Money(1) + 2, 2 + Money(1), sum([Money(1), Money(2)]), Money(2) * 3, 3 * Money(2))
print(Money(1) + Other(), Other() * Money(1))
for attempt in (
    lambda: 1.5 + Money(1),
    lambda: Money(1) + 1.5,
    lambda: "x" + Money(1),
    lambda: [] + Money(1),
    lambda: 1.5 * Money(1),
    lambda: Money(1) * "x",
    lambda: None + Money(1),
):
    try:
        print(attempt())
    except TypeError as error:
        print(error)
