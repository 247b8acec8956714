"""Objects that one variable owns, and objects that more than one name reaches."""


class Vec:
    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def plus(self, other: "Vec") -> "Vec":
        return Vec(self.x + other.x, self.y + other.y)

    def scale(self, k: float) -> None:
        self.x *= k
        self.y *= k

    def same(self) -> "Vec":
        return self

    def longer(self, other: "Vec") -> "Vec":
        return self if self.x > other.x else other

    def __repr__(self) -> str:
        return f"Vec({self.x}, {self.y})"


class Shape:
    made: list["Shape"] = []

    def __init__(self, name: str) -> None:
        self.name = name
        self.sides = [1]

    def area(self) -> int:
        return len(self.sides)

    def tell(self) -> str:
        return f"{self.name} {self.area()}"


class Kept(Shape):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        Shape.made.append(self)

    def area(self) -> int:
        return 10 * super().area()


class Registered:
    known: list["Registered"] = []

    def __init__(self, n: int) -> None:
        self.n = n
        Registered.known.append(self)


class Node:
    def __init__(self, v: int, after: "Node | None" = None) -> None:
        self.v = v
        self.after = after

    def last(self) -> "Node":
        node = self
        while node.after is not None:
            node = node.after
        return node


class Late:
    def value(self) -> int:
        return self.held

    def hold(self, n: int) -> None:
        self.held = n


def grow(shape: Shape) -> int:
    shape.sides.append(2)
    return shape.area()


def walk(n: int) -> Vec:
    v = Vec(0.0, 0.0)
    for i in range(n):
        v = v.plus(Vec(1.0, float(i)))
        v.scale(0.5)
    return v


def both(a: Vec, b: Vec) -> float:
    a.scale(2.0)
    b.x += 1.0
    return a.x


def main() -> None:
    v = walk(4)
    print(v.x, v.y, v, walk(2).x, Vec(1.0, 2.0).plus(v).y)
    w = v
    w.scale(10.0)
    print(v, v is w, v.same() is v, both(v, v), v)
    u = Vec(5.0, 5.0)
    v.longer(u).scale(0.0)
    print(u, v)
    held = [u, u]
    held[0].x = 7.0
    print(u, held)
    s = Shape("s")
    print(grow(s), grow(s), s.tell(), Shape("t").tell())
    k = Kept("k")
    grow(k)
    print(Shape.made[0].tell(), k.tell(), len(Shape.made))
    r = Registered(1)
    r.n = 2
    print(Registered.known[0].n, Registered(3).n, len(Registered.known))
    n = Node(1, Node(2))
    n.last().after = Node(3)
    last = n.last()
    last.v = 9
    print(n.last().v, Node(4).last().v, n.after.v if n.after else 0)
    late = Late()
    try:
        print(late.value())
    except AttributeError as error:
        print(error)
    late.hold(3)
    print(late.value(), isinstance(late, Late))


main()
