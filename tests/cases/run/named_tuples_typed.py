"""NamedTuple classes and TypedDict side by side."""

from typing import NamedTuple, TypedDict, Optional
from collections import namedtuple


class Pt(NamedTuple):
    x: int
    y: int = 0

    def norm(self):
        return self.x**2 + self.y**2


p = Pt(3, 4)
print(p, p.norm(), p[0], p._replace(y=9), p._asdict(), Pt._fields, tuple(p), p == (3, 4), Pt(1))
x, y = p
print(x, y, *p)
Q = namedtuple("Q", "a b c", defaults=[7])
print(Q(1, 2), Q._make([4, 5, 6]), Q(1, b=2, c=3).c)
try:
    p.x = 3
except AttributeError as e:
    print(e)


class Movie(TypedDict):
    title: str
    year: int


class Movie2(Movie, total=False):
    rating: float


m: Movie = {"title": "A", "year": 1990}
m2 = Movie2(title="B", year=1, rating=2.5)
m["year"] += 1
print(m, m2, m2["rating"], type(m).__name__)


def f(ms: list[Movie]) -> list[str]:
    return [k["title"] for k in ms if k["year"] > 3]


print(f([m, m2]))
print(
    sorted([Pt(2, 1), Pt(1, 5)]),
    max(Pt(2, 1), Pt(1, 5)),
    hash(Pt(1, 2)) == hash((1, 2)),
    {Pt(1, 2): 1}[(1, 2)],
)
