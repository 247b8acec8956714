"""Lists that more than one name reaches: every change is seen through every one."""

from typing import Callable


class Box:
    def __init__(self, items: list[int]) -> None:
        self.items = items


def second_name() -> list[int]:
    a = [1]
    b = a
    b.append(2)
    a.append(3)
    return b


def in_a_list() -> list[list[int]]:
    row = [0, 0]
    rows = [row, row]
    row[0] = 1
    rows[1][1] = 2
    return rows


def appended() -> list[list[int]]:
    out: list[list[int]] = []
    path: list[int] = []
    for i in range(3):
        path.append(i)
        out.append(path)
    return out


def in_a_field() -> list[int]:
    items = [1]
    box = Box(items)
    items.append(2)
    box.items.append(3)
    return items


def in_a_dict() -> tuple[list[int], dict[str, list[int]]]:
    held = [1]
    by_name = {"held": held}
    by_name["held"].append(2)
    held.append(3)
    return held, by_name


def captured() -> list[int]:
    log = [0]

    def note(x: int) -> None:
        log.append(x)

    note(1)
    log.append(2)
    note(3)
    return log


def kept_by_lambda() -> int:
    xs = [1]
    size: Callable[[], int] = lambda: len(xs)
    xs.append(5)
    return size()


def asked_by_a_key() -> list[int]:
    order = [3, 1, 2]
    found = sorted([1, 2, 3], key=lambda x: order.index(x))
    order.append(4)
    found.sort(key=lambda x: order.index(x) * len(order))
    return found + order


def defaulted(x: int, seen: list[int] = []) -> list[int]:
    seen.append(x)
    return seen


def handed_back(xs: list[int]) -> list[int]:
    xs.append(9)
    return xs


def handed_back_sometimes(xs: list[int], flag: bool) -> list[int]:
    if flag:
        return xs
    return [7]


CACHE: dict[int, list[int]] = {}


def cached(n: int) -> list[int]:
    if n not in CACHE:
        made = [n]
        CACHE[n] = made
    return CACHE[n]


def cached_and_given(n: int) -> list[int]:
    made = [n]
    CACHE[n] = made
    return made


SHARED = [1]


def of_the_module() -> list[int]:
    return SHARED


def swapped() -> tuple[list[int], list[int]]:
    a, b = [1], [2]
    c = a
    a, b = b, a
    c.append(3)
    return a, b


def chosen(flag: bool) -> list[int]:
    a, b = [1], [2]
    c = a if flag else b
    c.append(3)
    return a + b


def added_in_place() -> list[int]:
    a = [1]
    b = a
    a += [2]
    b += [3]
    a = a + [4]
    a.append(5)
    return b


def element() -> list[list[int]]:
    grid = [[0] * 2 for _ in range(2)]
    row = grid[0]
    row.append(7)
    for line in grid:
        line.append(8)
    return grid


def rebound_while_walked() -> list[int]:
    xs = [1, 2, 3]
    out = []
    for x in xs:
        out.append(x)
        xs = [9]
    return out + xs


def returned_while_walked() -> list[int]:
    xs = [1, 2, 3]
    for x in xs:
        if x == 2:
            return xs
        xs.append(x)
    return []


def same(a: list[int], b: list[int]) -> bool:
    return a is b


def aliased(a: list[int], b: list[int]) -> list[int]:
    a.append(1)
    b.extend(a)
    return a


def walked_later() -> list[int]:
    xs = [1, 2]
    doubled = (x * 2 for x in xs)
    pairs = zip(xs, xs)
    xs.append(3)
    return [*doubled, *(a + b for a, b in pairs)]


def caught() -> list[int]:
    xs = [1]
    try:
        xs.append(2)
        keep = xs
        raise ValueError(len(keep))
    except ValueError:
        xs.append(3)
        keep.append(4)
    return xs


def maybe(flag: bool) -> int:
    if flag:
        xs = [1]
    try:
        return len(xs)
    except NameError:
        return -1


def matched(xs: list[int]) -> list[int]:
    match xs:
        case [first, *rest]:
            rest.append(first)
            return rest
        case other:
            return other


print(second_name(), in_a_list(), appended(), in_a_field(), in_a_dict(), captured())
print(kept_by_lambda(), asked_by_a_key(), defaulted(1), defaulted(2), defaulted(3, [0]))
mine = [1]
handed_back(mine).append(10)
handed_back_sometimes(mine, True).append(11)
handed_back_sometimes(mine, False).append(12)
print(mine)
cached(1).append(2)
cached_and_given(5).append(6)
of_the_module().append(2)
print(cached(1), CACHE, SHARED)
print(swapped(), chosen(True), chosen(False), added_in_place(), element())
print(rebound_while_walked(), returned_while_walked())
print(same(mine, mine), same(mine, mine[:]), aliased(mine, mine), mine)
print(walked_later(), caught(), maybe(True), maybe(False), matched([1, 2]), matched([]))
