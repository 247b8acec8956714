"""Annotations are not checked and not evaluated for locals: values decide."""

from __future__ import annotations

from typing import Any, Final, Optional, TypeAlias, Union, cast

Vector: TypeAlias = "list[float]"
LIMIT: Final = 10
count: int = "not an int"
print(count, LIMIT)


def half(n: int) -> int:
    return n / 2


def name_of(x: str) -> str:
    return x


def maybe(flag: bool) -> str:
    if flag:
        return "yes"


def total(values: list[int]) -> int:
    result: int = 0
    for v in values:
        result += v
    return result


def first(xs: Vector, default: Optional[float] = None) -> Union[float, None]:
    return xs[0] if xs else default


def anything(x: Any) -> Any:
    return x * 2


print(half(5), half(4), name_of(42), name_of("s"), maybe(True), maybe(False))
print(total([1.5, 2.5]), total([True, 2]), first([]), first([1]), first([], 7))
print(anything(3), anything("ab"), anything([1]), cast(int, "still text"))
x: float = 1
y: float = x + 1
z: int = 7.9
print(x, y, z, x / 1, [x, 0.5])
ratio: float = 10 // 5
xs: list[float] = [1, 2.0, 3]
print(ratio, xs, sum(xs), max(xs), xs[0] * 2)
pairs: dict[str, float] = {"a": 1, "b": 0.5}
print(pairs, {k: v * 2 for k, v in pairs.items()})


class Item:
    price: float
    tags: list[str]
    note = None

    def __init__(self, price: float) -> None:
        self.price = price
        self.tags = []


i = Item(5)
print(i.price, i.price / 2, i.tags, i.note)
i.price = 2.50
i.note = "text"
print(i.price, i.note)
