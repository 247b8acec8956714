"""TypedDict classes: plain dictionaries at run time."""

from __future__ import annotations
from typing import TypedDict, Optional, Any, List


class Movie(TypedDict):
    """A film."""

    title: str
    year: int


class Rated(Movie, total=False):
    rating: float


def newest(movies: list[Movie], least: Optional[int] = None) -> Movie | None:
    best: Movie | None = None
    for movie in movies:
        if least is not None and movie["year"] < least:
            continue
        if best is None or movie["year"] > best["year"]:
            best = movie
    return best


def load(rows: List[Any]) -> dict[str, Movie]:
    return {title: Movie(title=title, year=year) for title, year in rows}


m: Movie = {"title": "A", "year": 1990}
r = Rated(title="B", year=2001, rating=2.5)
m["year"] += 1
print(
    m,
    r,
    r["rating"],
    type(m) is dict,
    isinstance(r, dict),
    r == {"title": "B", "year": 2001, "rating": 2.5},
)
print(newest([m, r]), newest([m], least=2000), newest([]))
print(load([("x", 1), ("y", 2)]))
try:
    print(m["rating"])
except KeyError as e:
    print("KeyError", e)
for key, value in Rated(title="C", year=3).items():
    print(key, value)
e: Movie = Movie({"title": "D", "year": 4})
e.update(year=5)
print(e, {**e, "rating": 1.0}, "title" in e, sorted(e))
merged = {**m, **r}
print(merged)
