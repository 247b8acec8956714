"""Writes data/containers.txt: operations on containers and what CPython 3.11 makes of them.

    PYTHONHASHSEED=0 python3.11 containers.py > data/containers.txt

A number as the argument asks for that many times more.

One operation a line: `family|operation|arguments|result|state`. The result is a repr,
or `!Type: message`; the state is the repr of the container afterwards. `new` starts
afresh. Arguments are integers separated by spaces, `_` for an omitted one.
"""

from __future__ import annotations

import bisect
import heapq
import random
import sys
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

rng = random.Random(20240611)
NONE = "_"


def show(items: Iterable[Any]) -> str:
    return " ".join(NONE if x is None else str(x) for x in items)


def emit(family: str, name: str, args: Iterable[Any], run: Callable[[], Any], state: Any) -> None:
    try:
        result = repr(run())
    except Exception as error:
        result = f"!{type(error).__name__}: {error}"
    shown = repr(state() if callable(state) else state)
    print("|".join((family, name, show(args), result, shown)))


def bound() -> int | None:
    return rng.choice([None, None, *range(-9, 10), 10**30, -(10**30)])


def lists(rounds: int) -> None:
    for _ in range(rounds):
        xs = [rng.randint(0, 5) for _ in range(rng.randint(0, 7))]
        emit("list", "new", xs, lambda: None, xs)
        for _ in range(14):
            i, x = rng.randint(-9, 9), rng.randint(0, 5)
            a, b = bound(), bound()
            c = rng.choice([None, 1, 1, -1, 2, -2, 3, -3, 0])
            ys = [rng.randint(0, 5) for _ in range(rng.randint(0, 4))]
            n = rng.randint(-1, 2)
            lo, hi = rng.randint(-5, 5), rng.randint(-5, 9)

            def setslice() -> None:
                xs[a:b:c] = ys

            def delslice() -> None:
                del xs[a:b:c]

            def delete() -> None:
                del xs[i]

            name, args, run = rng.choice([
                ("get", (i,), lambda: xs[i]),
                ("set", (i, x), lambda: xs.__setitem__(i, x)),
                ("delete", (i,), delete),
                ("append", (x,), lambda: xs.append(x)),
                ("extend", ys, lambda: xs.extend(ys)),
                ("extend_self", (), lambda: xs.extend(xs)),
                ("insert", (i, x), lambda: xs.insert(i, x)),
                ("pop", (), lambda: xs.pop()),
                ("pop_at", (i,), lambda: xs.pop(i)),
                ("remove", (x,), lambda: xs.remove(x)),
                ("index", (x, lo, hi), lambda: xs.index(x, lo, hi)),
                ("count", (x,), lambda: xs.count(x)),
                ("contains", (x,), lambda: x in xs),
                ("reverse", (), lambda: xs.reverse()),
                ("sort", (n > 0,), lambda: xs.sort(reverse=n > 0)),
                ("sort_by_key", (n > 0,), lambda: xs.sort(key=lambda v: v % 3, reverse=n > 0)),
                ("getslice", (a, b, c), lambda: xs[a:b:c]),
                ("setslice", (a, b, c, *ys), setslice),
                ("delslice", (a, b, c), delslice),
                ("mul", (n,), lambda: xs * n),
                ("mul_assign", (n,), lambda: (xs.__imul__(n), None)[1]),
                ("add", ys, lambda: xs + ys),
                ("compare", ys, lambda: (xs == ys, xs < ys, xs <= ys, xs > ys, xs >= ys)),
                ("reversed", (), lambda: list(reversed(xs))),
            ])
            if len(xs) > 30:
                xs.clear()
                emit("list", "clear", (), lambda: None, xs)
            emit("list", name, (int(v) if isinstance(v, bool) else v for v in args), run, xs)


def dicts(rounds: int) -> None:
    for _ in range(rounds):
        d: dict[int, int] = {}
        keys = rng.choice([range(6), range(0, 160, 16), range(-40, 40), range(2000)])
        emit("dict", "new", (), lambda: None, d)
        for _ in range(rng.choice([25, 60])):
            k, v = rng.choice(keys), rng.randint(0, 9)
            pairs = [rng.choice(keys) for _ in range(4)]
            other = dict(zip(pairs[::2], pairs[1::2], strict=True))

            def walk_and(change: Callable[[int], Any]) -> list[int]:
                seen = []
                for key in d:
                    seen.append(key)
                    if len(seen) == 2:
                        change(key)
                return seen

            def replace(key: int) -> None:
                del d[key]
                d[k + 100000] = v

            name, args, run = rng.choice([
                ("setitem", (k, v), lambda: d.__setitem__(k, v)),
                ("setitem", (k, v), lambda: d.__setitem__(k, v)),
                ("setitem", (k, v), lambda: d.__setitem__(k, v)),
                ("getitem", (k,), lambda: d[k]),
                ("delitem", (k,), lambda: d.__delitem__(k)),
                ("contains", (k,), lambda: k in d),
                ("get_or", (k, v), lambda: d.get(k, v)),
                ("pop", (k,), lambda: d.pop(k)),
                ("pop_or", (k, v), lambda: d.pop(k, v)),
                ("popitem", (), lambda: d.popitem()),
                ("setdefault", (k, v), lambda: d.setdefault(k, v)),
                ("update", pairs, lambda: d.update(other)),
                ("union", pairs, lambda: d | other),
                ("equals", pairs, lambda: d == other),
                ("reversed", (), lambda: list(reversed(d))),
                ("items", (), lambda: d.items()),
                ("values", (), lambda: d.values()),
                ("keys", (), lambda: d.keys()),
                ("keys_and", pairs, lambda: d.keys() & other.keys()),
                ("keys_or", pairs, lambda: d.keys() | other.keys()),
                ("keys_sub", pairs, lambda: d.keys() - other.keys()),
                ("keys_xor", pairs, lambda: d.keys() ^ other.keys()),
                ("walk_add", (k,), lambda: walk_and(lambda key: d.setdefault(k, 7))),
                ("walk_replace", (k, v), lambda: walk_and(replace)),
                ("copy", (), lambda: d.copy()),
                ("set_of", (), lambda: set(d)),
            ])
            emit("dict", name, args, run, lambda: d if len(d) < 12 else list(d)[-9:])


SET_POOLS = (
    range(12),
    range(-5, 60),
    range(0, 800, 8),
    range(0, 4000, 32),
    [k * (2**61 - 1) + r for k in range(4) for r in range(6)],
    [rng.randint(-(2**62), 2**62) for _ in range(300)],
    range(0, 3000),
    range(50),
    range(40, 130),
)


def sets(rounds: int) -> None:
    for at in range(rounds):
        pool = SET_POOLS[at % len(SET_POOLS)]
        most = rng.choice([4, 20, 20, 90])
        a: set[int] = set()
        emit("set", "new", (), lambda: None, a)
        for _ in range(25):
            xs = [rng.choice(pool) for _ in range(rng.randint(0, most))]
            b, x = set(xs), rng.choice(pool)
            d = dict.fromkeys(xs)
            name, args, run = rng.choice([
                ("add", (x,), lambda: a.add(x)),
                ("update", xs, lambda: a.update(xs)),
                ("update", xs, lambda: a.update(xs)),
                ("update_set", xs, lambda: a.update(b)),
                ("update_dict", xs, lambda: a.update(d)),
                ("discard", (x,), lambda: a.discard(x)),
                ("remove", (x,), lambda: a.remove(x)),
                ("pop", (), lambda: a.pop()),
                ("pop", (), lambda: a.pop()),
                ("contains", (x,), lambda: x in a),
                ("union_set", xs, lambda: a | b),
                ("union_set_of", xs, lambda: b | a),
                ("intersection_set", xs, lambda: a & b),
                ("intersection", xs, lambda: a.intersection(xs)),
                ("difference_set", xs, lambda: a - b),
                ("difference_set_of", xs, lambda: b - a),
                ("difference", xs, lambda: a.difference(xs)),
                ("difference_dict", xs, lambda: a.difference(d)),
                ("symmetric_difference_set", xs, lambda: a ^ b),
                ("symmetric_difference", xs, lambda: a.symmetric_difference(xs)),
                ("intersection_update", xs, lambda: a.intersection_update(xs)),
                ("difference_update", xs, lambda: a.difference_update(xs)),
                ("difference_update_set", xs, lambda: a.difference_update(b)),
                ("symmetric_difference_update", xs, lambda: a.symmetric_difference_update(xs)),
                ("copied", (), lambda: a.copy()),
                ("collect", xs, lambda: set(xs)),
                ("frozen", xs, lambda: frozenset(xs)),
                ("frozen_hash", xs, lambda: hash(frozenset(xs))),
                ("of_dict", xs, lambda: set(d)),
                ("constants", xs, lambda: eval("{%s}" % ",".join(map(str, xs))) if len(xs) > 2 else None),
                ("compare", xs, lambda: (a == b, a < b, a <= b, a > b, a >= b, a.isdisjoint(b))),
            ])
            # A state of hundreds is compared by its last elements.
            emit("set", name, args, run, lambda: a if len(a) < 30 else list(a)[-9:])


def heaps(rounds: int) -> None:
    for _ in range(rounds):
        h = [rng.randint(0, 40) for _ in range(rng.randint(0, 12))]
        emit("heap", "new", h, lambda: None, h)
        emit("heap", "heapify", (), lambda: heapq.heapify(h), h)
        for _ in range(10):
            x, n = rng.randint(0, 40), rng.randint(-1, 5)
            emit("heap", *rng.choice([
                ("heappush", (x,), lambda: heapq.heappush(h, x)),
                ("heappop", (), lambda: heapq.heappop(h)),
                ("heapreplace", (x,), lambda: heapq.heapreplace(h, x)),
                ("heappushpop", (x,), lambda: heapq.heappushpop(h, x)),
                ("nlargest", (n,), lambda: heapq.nlargest(n, h)),
                ("nsmallest", (n,), lambda: heapq.nsmallest(n, h)),
                ("merge", (x,), lambda: list(heapq.merge(sorted(h), [x, x + 1]))),
            ]), h)


def bisects(rounds: int) -> None:
    for _ in range(rounds):
        xs = sorted(rng.randint(0, 9) for _ in range(rng.randint(0, 9)))
        emit("bisect", "new", xs, lambda: None, xs)
        for _ in range(4):
            x, lo, hi = rng.randint(-1, 10), rng.randint(-1, 5), rng.choice([None, 3, 7, len(xs)])
            emit("bisect", "left", (x, lo, hi), lambda: bisect.bisect_left(xs, x, lo, hi), xs)
            emit("bisect", "right", (x, lo, hi), lambda: bisect.bisect(xs, x, lo, hi), xs)
            emit("bisect", "insort", (x,), lambda: bisect.insort(xs, x), xs)


def deques(rounds: int) -> None:
    for _ in range(rounds):
        maxlen = rng.choice([None, None, 0, 1, 4, 8])
        q = deque([rng.randint(0, 5) for _ in range(rng.randint(0, 7))], maxlen)
        emit("deque", "new", (maxlen, *q), lambda: None, q)
        for _ in range(14):
            i, x = rng.randint(-8, 8), rng.randint(0, 5)
            ys = [rng.randint(0, 5) for _ in range(rng.randint(0, 4))]
            lo, hi = rng.randint(-5, 5), rng.randint(-5, 9)
            emit("deque", *rng.choice([
                ("append", (x,), lambda: q.append(x)),
                ("appendleft", (x,), lambda: q.appendleft(x)),
                ("pop", (), lambda: q.pop()),
                ("popleft", (), lambda: q.popleft()),
                ("extend", ys, lambda: q.extend(ys)),
                ("extendleft", ys, lambda: q.extendleft(ys)),
                ("rotate", (i,), lambda: q.rotate(i)),
                ("reverse", (), lambda: q.reverse()),
                ("get", (i,), lambda: q[i]),
                ("set", (i, x), lambda: q.__setitem__(i, x)),
                ("delete", (i,), lambda: q.__delitem__(i)),
                ("insert", (i, x), lambda: q.insert(i, x)),
                ("remove", (x,), lambda: q.remove(x)),
                ("index", (x, lo, hi), lambda: q.index(x, lo, hi)),
                ("count", (x,), lambda: q.count(x)),
                ("contains", (x,), lambda: x in q),
                ("mul", (i % 3,), lambda: q * (i % 3)),
                ("add", ys, lambda: q + deque(ys)),
                ("extend_self", (), lambda: q.extend(q) if len(q) < 20 else q.clear()),
            ]), q)


def ranges(rounds: int) -> None:
    big = [2**63 - 1, -(2**63), 2**62, -(2**62)]
    for at in range(rounds):
        near = at % 5 > 0
        ends = [rng.randint(-9, 9) if near else rng.choice(big) for _ in range(2)]
        step = rng.choice([1, 1, 2, 3, -1, -2, -3]) if near else rng.choice([2**60, -(2**60), 2**62])
        if at % 40 == 0:
            step = 0
        emit("range", "new", (*ends, step), lambda: range(*ends, step), None)
        if step == 0:
            continue
        r = range(*ends, step)
        x, i = rng.randint(-10, 10), rng.randint(-9, 9)
        a, b, c = bound(), bound(), rng.choice([None, 1, -1, 2, -2])
        emit("range", "len", (), lambda: len(r), None)
        if len(r) < 100:
            emit("range", "items", (), lambda: list(r), None)
            emit("range", "reversed", (), lambda: list(reversed(r)), None)
        emit("range", "get", (i,), lambda: r[i], None)
        emit("range", "contains", (x,), lambda: x in r, None)
        emit("range", "index", (x,), lambda: r.index(x), None)
        if near:
            emit("range", "getslice", (a, b, c), lambda: r[a:b:c], None)


class Counted:
    """An int that counts its comparisons."""

    comparisons = 0

    def __init__(self, value: int) -> None:
        self.value = value

    def __lt__(self, other: Counted) -> bool:
        Counted.comparisons += 1
        # Inconsistent on purpose for multiples of 11.
        if self.value % 11 == 0 or other.value % 11 == 0:
            return self.value & 1 == 0
        return self.value // 2 < other.value // 2


def sorts(rounds: int) -> None:
    for _ in range(rounds):
        n = rng.choice([0, 1, 2, 3, 10, 63, 64, 65, 100, 200, 257, 400])
        kind = rng.randint(0, 4)
        if kind == 0:
            values = [rng.randint(0, 1000) for _ in range(n)]
        elif kind == 1:
            values = sorted(rng.randint(0, 1000) for _ in range(n))
            for _ in range(3):
                if n:
                    values[rng.randrange(n)] = rng.randint(0, 1000)
        elif kind == 2:
            values = []
            while len(values) < n:
                run = sorted(rng.randint(0, 1000) for _ in range(rng.randint(1, 90)))
                values += run[:: rng.choice([1, -1])]
            values = values[:n]
        elif kind == 3:
            values = [rng.randint(0, 8) for _ in range(n)]
        else:
            values = list(range(n // 2)) + list(range(n - n // 2))
        values = [v + (v % 11 == 0 and rng.random() < 0.9) for v in values]
        reverse = rng.random() < 0.3
        items = [Counted(v) for v in values]
        Counted.comparisons = 0

        def run() -> tuple[int, list[int]]:
            items.sort(reverse=reverse)
            return Counted.comparisons, [c.value for c in items]

        emit("sort", "counted", (int(reverse), *values), run, None)


def hashes() -> None:
    emit("hash", "pair", (1, 2), lambda: hash((1, 2)), None)
    emit("hash", "one", (-1,), lambda: hash((-1,)), None)
    emit("hash", "tuple", (), lambda: hash(()), None)
    for _ in range(60):
        xs = [rng.randint(-(2**40), 2**40) for _ in range(rng.randint(0, 9))]
        emit("hash", "tuple", xs, lambda: hash(tuple(xs)), None)
        emit("hash", "set_of_pairs", xs, lambda: {(x, x % 7) for x in xs}, None)


scale = int(sys.argv[1]) if len(sys.argv) > 1 else 1
lists(100 * scale)
dicts(20 * scale)
sets(56 * scale)
heaps(30 * scale)
bisects(20 * scale)
deques(50 * scale)
ranges(80 * scale)
sorts(40 * scale)
hashes()
