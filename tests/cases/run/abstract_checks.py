"""isinstance() with the abstract classes of collections.abc and numbers; NewType."""

import collections.abc
import numbers
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from typing import NewType

UserId = NewType("UserId", int)


class Walked:
    def __iter__(self):
        return iter([1])


class Stepped:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


class Counted:
    def __len__(self):
        return 3

    def __call__(self):
        return 1


def generate():
    yield 1


def flat(items):
    for item in items:
        if isinstance(item, Iterable) and not isinstance(item, (str, bytes)):
            yield from flat(item)
        else:
            yield item


def is_number(x) -> bool:
    return isinstance(x, numbers.Number)


def user(identity: UserId) -> str:
    return f"user {identity}"


things = [
    1,
    2.5,
    "a",
    [1],
    (1,),
    {1},
    {1: 2},
    range(3),
    b"a",
    None,
    True,
    deque([1]),
    iter([]),
    generate(),
    zip(),
    Walked(),
    Stepped(),
    Counted(),
    len,
    3j,
]
for thing in things:
    print(
        type(thing).__name__,
        isinstance(thing, Iterable),
        isinstance(thing, Iterator),
        isinstance(thing, Sized),
        isinstance(thing, Sequence),
        isinstance(thing, Mapping),
        isinstance(thing, Callable),
        is_number(thing),
        isinstance(thing, (numbers.Real, str)),
        isinstance(thing, (Iterable, int)),
    )
print(list(flat([1, [2, (3, "ab")], {4}, range(2)])))
print(isinstance([1], collections.abc.Iterable), isinstance("a", Sequence))
print(user(UserId(3)), UserId(4) + 1)
queue = deque([1])
print(hasattr(queue, "append"), hasattr(queue, "push"), getattr(queue, "pop")(), len(queue))
