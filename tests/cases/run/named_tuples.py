"""typing.NamedTuple and collections.namedtuple: fields, defaults, tuple behaviour."""

from collections import namedtuple
from typing import NamedTuple


class Employee(NamedTuple):
    name: str
    salary: float = 100.0
    manager: bool = False

    def raised(self, percent: float) -> "Employee":
        return self._replace(salary=self.salary * (1 + percent / 100))

    @property
    def label(self) -> str:
        return f"{self.name}{'*' if self.manager else ''}"


Point = namedtuple("Point", ["x", "y"])
Pixel = namedtuple("Pixel", "x y colour")

a = Employee("Ann", 200.0)
b = Employee("Bob")
c = Employee(name="Cy", manager=True)
print(a, b, c, a.label, c.label, a.name, a[1], a[-1], len(a))
print(
    a.raised(10),
    a,
    a == Employee("Ann", 200.0),
    a == ("Ann", 200.0, False),
    a < b,
    sorted([b, c, a])[0].name,
)
name, salary, manager = a
print(name, salary, manager, a._asdict(), Employee._fields, a._replace(name="Z"))
p, q = Point(1, 2), Point(x=3, y=4)
print(
    p,
    q,
    p.x + q.y,
    p + q,
    p < q,
    [v * 2 for v in p],
    max(p),
    2 in p,
    p.index(2),
    Point._make([7, 8]),
)
print({p: "origin"}[Point(1, 2)], {(1, 2)} == {p}, tuple(p), list(q), isinstance(p, tuple))
x, y, colour = Pixel(1, 2, "red")
print(x, y, colour, Pixel(0, 0, None))
try:
    p.x = 5
except AttributeError as e:
    print(type(e).__name__, e)
try:
    p[2]
except IndexError as e:
    print(e)
staff = [a, b, c]
print(
    max(staff, key=lambda e: e.salary).name,
    sum(e.salary for e in staff),
    [e.name for e in staff if not e.manager],
)
for i, (n, s, _) in enumerate(staff):
    print(i, f"{n:>5} {s:8.2f}")
