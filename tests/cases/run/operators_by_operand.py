"""Operators whose methods decide by their operand, and give NotImplemented for some."""

from __future__ import annotations


class Length:
    def __init__(self, metres: float) -> None:
        self.metres = metres

    def __add__(self, other: object) -> object:
        if isinstance(other, Length):
            return Length(self.metres + other.metres)
        if isinstance(other, int):
            return Length(self.metres + other)
        return NotImplemented

    def __radd__(self, other: object) -> object:
        return self.__add__(other)

    def __mul__(self, other: object) -> object:
        return Length(self.metres * other) if isinstance(other, (int, float)) else NotImplemented

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Length):
            return NotImplemented
        return self.metres == other.metres

    def __lt__(self, other: object) -> bool:
        if isinstance(other, Length):
            return self.metres < other.metres
        if isinstance(other, int):
            return self.metres < other
        return NotImplemented

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.metres:.2f})"


class Signed(Length):
    """Asked before a length on its left."""

    def __radd__(self, other: object) -> object:
        if isinstance(other, Length):
            return Signed(other.metres - self.metres)
        return NotImplemented


class Scale:
    def __init__(self, by: float) -> None:
        self.by = by

    def __rmul__(self, other: object) -> object:
        return Length(other.metres * self.by) if isinstance(other, Length) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Scale, Length))


def total(lengths: list[Length]) -> Length:
    made = Length(0)
    for length in lengths:
        made = made + length
    made += 1
    return made


def tried(number: int) -> str:
    a = Length(2)
    try:
        if number == 0:
            return repr(a + "x")
        if number == 1:
            return repr(3.5 + a)
        if number == 2:
            return repr(a < "x")
        return repr(a * a)
    except TypeError as error:
        return str(error)


a, b = Length(1.5), Length(2)
print(a + b, a + 2, 2 + a, a * 3, a * 0.5, a * Scale(4))
print(a == b, a == Length(1.5), a != b, a == 1, a != "x", a == Scale(1), Scale(1) == a)
print(a < b, b < a, a < 2, a > b, b > a)
print(a + Signed(1), Signed(1) + a, Signed(1) + Signed(4), total([a, b, Signed(1)]))
print([tried(i) for i in range(4)])
mixed: list[object] = [a, 1, b, "x"]
print([a == m for m in mixed], sum([a, b], Length(0)))
for item in mixed:
    try:
        print(a + item)
    except TypeError as error:
        print(error)
