"""`a + b` of lists gives a new list, whoever holds the old ones."""

from __future__ import annotations


def grown(n: int) -> list[int]:
    out: list[int] = []
    held = out
    for i in range(n):
        out = out + [i]
        if i == n // 2:
            held = out
    held.append(-1)
    return out + held


def with_itself() -> None:
    xs = [1, 2]
    xs = xs + xs
    print(xs)
    ys = [xs]
    xs = xs + [3]
    print(xs, ys)
    xs = xs + xs[1:] + xs[:1] + [len(xs)]
    print(xs)


def appended(acc: list[int], x: int) -> list[int]:
    acc = acc + [x]
    return acc


shared = [7]


def give() -> list[int]:
    return shared


def fail(xs: list[int]) -> list[int]:
    raise ValueError(len(xs))


def left_when_the_right_fails() -> None:
    xs = [1]
    try:
        xs = xs + [2]
        xs = xs + fail(xs)
    except ValueError as error:
        print(xs, error)


def left_while_walked() -> None:
    xs = [1, 2, 3]
    for x in xs:
        xs = xs + [x * 10]
    print(xs)


def right_changes_left() -> None:
    xs = [1]

    def more() -> list[int]:
        xs.append(2)
        return [3]

    print(xs + more(), xs)
    print([0] + more() + xs, xs)


def captured() -> list[list[int]]:
    xs: list[int] = []
    seen = []
    show = lambda: list(xs)
    for i in range(3):
        xs = xs + [i]
        seen.append(show())
    return seen


def sorted_by_parts(xs: list[int]) -> list[int]:
    if not xs:
        return xs
    rest = [x for x in xs[1:]]
    low = sorted_by_parts([x for x in rest if x < xs[0]])
    return low + [xs[0]] + sorted_by_parts([x for x in rest if x >= xs[0]])


def rows() -> None:
    row = [0] * 2
    grid = [row] + [row] + [[5]]
    row.append(9)
    print(grid, grid[0] is grid[1])
    words = ["a"] + "b c".split() + [str(2**70)]
    big = [2**70] + [1] + [-(2**70)]
    print(words, big, big[::-1] + big[:1])


def slices() -> None:
    xs = list(range(6))
    ys = xs
    xs[2:4] = xs
    print(xs, ys is xs)
    xs[1:3] = [9]
    xs[0:0] = xs[-2:] + xs[:1]
    xs[2:4] = [8, 7]
    print(xs)
    row = [4, 5]
    xs[::5] = row
    row.append(6)
    print(xs, row)
    try:
        xs[::2] = row
    except ValueError as error:
        print(error, row)
    mixed: list[float] = [1.5, 2.5]
    mixed[1:] = [1, 2]
    print(mixed)


print(grown(5), sorted_by_parts([3, 1, 2, 3, 9, 0]), captured())
with_itself()
mine = [1]
print(appended(mine, 2), mine, appended([5], 6), appended(shared, 8))
print(give() + [1], shared)
left_when_the_right_fails()
left_while_walked()
right_changes_left()
rows()
slices()
