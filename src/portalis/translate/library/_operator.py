"""Functions of operator that are no single expression."""

from __future__ import annotations

from typing import Any


def countOf(a: Any, b: Any) -> int:
    count = 0
    for item in a:
        if item is b or item == b:
            count += 1
    return count


def indexOf(a: Any, b: Any) -> int:
    at = 0
    for item in a:
        if item is b or item == b:
            return at
        at += 1
    raise ValueError("sequence.index(x): x not in sequence")


def index(a: Any) -> int:
    return int(a) if isinstance(a, int) else range(a).stop


def itemgetter(*items: Any) -> Any:
    if len(items) > 1:
        return lambda obj: tuple([obj[item] for item in items])
    if not items:
        raise TypeError("itemgetter expected 1 argument, got 0")
    first = items[0]
    return lambda obj: obj[first]


def setitem(a: Any, b: Any, c: Any) -> None:
    a[b] = c


def delitem(a: Any, b: Any) -> None:
    del a[b]


def iadd(a: Any, b: Any) -> Any:
    a += b
    return a


def iconcat(a: Any, b: Any) -> Any:
    a += b
    return a


def isub(a: Any, b: Any) -> Any:
    a -= b
    return a


def imul(a: Any, b: Any) -> Any:
    a *= b
    return a


def itruediv(a: Any, b: Any) -> Any:
    a /= b
    return a


def ifloordiv(a: Any, b: Any) -> Any:
    a //= b
    return a


def imod(a: Any, b: Any) -> Any:
    a %= b
    return a


def ipow(a: Any, b: Any) -> Any:
    a **= b
    return a


def iand(a: Any, b: Any) -> Any:
    a &= b
    return a


def ior(a: Any, b: Any) -> Any:
    a |= b
    return a


def ixor(a: Any, b: Any) -> Any:
    a ^= b
    return a


def ilshift(a: Any, b: Any) -> Any:
    a <<= b
    return a


def irshift(a: Any, b: Any) -> Any:
    a >>= b
    return a
