"""Fields that are there from the start, and fields that some moment finds missing."""

from __future__ import annotations


class Point:
    def __init__(self, x: float, y: float, flag: bool = False) -> None:
        self.x = x
        self.y = self.x * y
        self.flag = flag
        self.count = 2**70 if flag else 1
        self.next: Point | None = None

    def moved(self, by: float) -> Point:
        out = Point(self.x + by, self.y, not self.flag)
        out.next = self
        return out


p = Point(1.5, 2.0)
q = p.moved(0.5)
print(q.x, q.y, q.flag, q.count, q.next is p, p.next is None, q.next.next is None if q.next else 0)
p.x = -0.0
print(q.next.x if q.next else 0, getattr(p, "flag"))


class Half:
    def __init__(self, full: bool) -> None:
        self.a = 1
        if not full:
            return
        self.b = 2.5


for half in (Half(True), Half(False)):
    try:
        print(half.a, half.b)
    except AttributeError as error:
        print(error)


class Before:
    def __init__(self) -> None:
        try:
            print(self.x)
        except AttributeError as error:
            print(error)
        self.x = 4


print(Before().x)


class Base:
    def __init__(self, x: int) -> None:
        self.x = x


class Sub(Base):
    def __init__(self, x: int, late: bool) -> None:
        self.y = 1.5
        if not late:
            super().__init__(x)

    def both(self) -> str:
        try:
            return f"{self.x} {self.y}"
        except AttributeError as error:
            return str(error)


print(Sub(1, False).both(), Sub(1, True).both(), Base(7).x)


class Node:
    def __init__(self, value: int | float) -> None:
        self.value = value
        self.left: Node | None = None
        self.right: Node | None = None

    def total(self) -> float:
        out = self.value
        if self.left:
            out += self.left.total()
        if self.right is not None:
            out += self.right.value
        return out


root = Node(0)
print(root.total())
root.left = Node(1)
root.left.left = Node(2.5)
root.right = Node(3)
print(root.total(), root.left.total(), root.left.left.value)
root.left.left = None
print(root.total())
