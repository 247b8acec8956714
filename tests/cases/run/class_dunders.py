"""Operators of a user class: arithmetic, comparison, hash, containers, call."""

from __future__ import annotations


class Vec:
    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def __add__(self, other: Vec) -> Vec:
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other: Vec) -> Vec:
        return Vec(self.x - other.x, self.y - other.y)

    def __mul__(self, k: float) -> Vec:
        return Vec(self.x * k, self.y * k)

    def __rmul__(self, k: float) -> Vec:
        return self * k

    def __neg__(self) -> Vec:
        return Vec(-self.x, -self.y)

    def __abs__(self) -> float:
        return (self.x**2 + self.y**2) ** 0.5

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vec) and self.x == other.x and self.y == other.y

    def __hash__(self) -> int:
        return hash((self.x, self.y))

    def __lt__(self, other: Vec) -> bool:
        return abs(self) < abs(other)

    def __bool__(self) -> bool:
        return self.x != 0 or self.y != 0

    def __repr__(self) -> str:
        return f"Vec({self.x}, {self.y})"


class Row:
    def __init__(self, *cells: int) -> None:
        self.cells = list(cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, i: int) -> int:
        return self.cells[i]

    def __setitem__(self, i: int, v: int) -> None:
        self.cells[i] = v

    def __delitem__(self, i: int) -> None:
        del self.cells[i]

    def __contains__(self, v: int) -> bool:
        return v in self.cells

    def __call__(self, k: int) -> list[int]:
        return [c * k for c in self.cells]

    def __iadd__(self, v: int) -> Row:
        self.cells.append(v)
        return self


a, b = Vec(3.0, 4.0), Vec(1.0, -1.0)
print(a + b, a - b, a * 2, 2 * a, -a, abs(a), a == Vec(3.0, 4.0), a != b, a == "no")
print(a < b, b < a, b > a, sorted([a, b, Vec(0.0, 0.0)]), bool(Vec(0.0, 0.0)), not b)
print({a: "a", b: "b"}[Vec(3.0, 4.0)], len({a, b, Vec(1.0, -1.0)}), Vec(1.0, -1.0) in [a, b])
a += b
print(a, sum([a, b], Vec(0.0, 0.0)))
r = Row(5, 6, 7)
r[0] = 50
del r[1]
r += 9
print(len(r), r[0], r[-1], 7 in r, 6 in r, r(2), list(r), bool(Row()), [c for c in r])
try:
    r[10]
except IndexError as e:
    print(e)
