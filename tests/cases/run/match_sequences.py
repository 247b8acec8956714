"""Which objects a sequence pattern takes."""

from collections import deque


def f(v):
    match v:
        case [a, b]:
            return a, b
        case [1, *rest]:
            return rest
        case [*_, last]:
            return last
        case _:
            return "none"


for v in (
    range(2),
    range(1, 5),
    deque([1, 2]),
    deque([1, 5, 6]),
    deque([7]),
    (1, 2),
    [1],
    "ab",
    b"ab",
    {1, 2},
    {1: 2},
    iter([1, 2]),
):
    print(f(v))
