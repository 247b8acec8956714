"""A generic container class with iteration, indexing by pairs, and type parameters."""

from __future__ import annotations

from typing import Callable, Generic, Iterator, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Grid(Generic[T]):
    def __init__(self, width: int, height: int, fill: T) -> None:
        self.width = width
        self.height = height
        self._cells: list[T] = [fill] * (width * height)

    def _index(self, x: int, y: int) -> int:
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise IndexError(f"({x}, {y}) outside {self.width}x{self.height}")
        return y * self.width + x

    def __getitem__(self, at: tuple[int, int]) -> T:
        return self._cells[self._index(*at)]

    def __setitem__(self, at: tuple[int, int], value: T) -> None:
        self._cells[self._index(*at)] = value

    def __iter__(self) -> Iterator[T]:
        return iter(self._cells)

    def rows(self) -> Iterator[list[T]]:
        for y in range(self.height):
            yield self._cells[y * self.width : (y + 1) * self.width]

    def map(self, f: Callable[[T], U]) -> Grid[U]:
        out: Grid[U] = Grid(self.width, self.height, f(self._cells[0]))
        for i, cell in enumerate(self._cells):
            out._cells[i] = f(cell)
        return out

    def neighbours(self, x: int, y: int) -> list[T]:
        found = []
        for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0)):
            try:
                found.append(self[x + dx, y + dy])
            except IndexError:
                continue
        return found


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> None:
        self._items.append(item)

    def pop(self) -> T:
        if not self._items:
            raise LookupError("empty stack")
        return self._items.pop()

    def __len__(self) -> int:
        return len(self._items)


def first(items: list[T], default: T) -> T:
    return items[0] if items else default


g = Grid(3, 2, 0)
g[0, 0] = 5
g[2, 1] = -1
print(list(g), list(g.rows()), g[2, 1], g.neighbours(0, 0), g.neighbours(1, 1))
h = g.map(lambda n: f"<{n}>")
print(list(h.rows()), h[0, 0], sum(g), max(g))
try:
    g[3, 0] = 1
except IndexError as e:
    print(e)
numbers: Stack[int] = Stack()
words = Stack[str]()
for n in range(3):
    numbers.push(n)
    words.push("w" * n)
print(numbers.pop() + numbers.pop(), words.pop().upper(), len(numbers), len(words))
try:
    while True:
        words.pop()
except LookupError as e:
    print(e)
print(first([1, 2], 0), first([], "none"), first([None], None))
