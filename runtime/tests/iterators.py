"""Writes data/iterators.txt: what CPython 3.11 makes of iterator builtins.

    PYTHONHASHSEED=0 python3.11 iterators.py > data/iterators.txt

One case a line, `name|repr`, with `!Type: message` for an exception. The cases are
written once more, in Rust and under the same names, in iterators.rs.
"""

from __future__ import annotations

import functools
import itertools as it
import operator
from collections.abc import Callable
from typing import Any

nan = float("nan")
words = ["pear", "fig", "apple", "kiwi", "date"]


def stepwise(walk: Any, times: int) -> list[Any]:
    """The first items of a walk, and how it ends."""
    seen: list[Any] = []
    for _ in range(times):
        try:
            seen.append(next(walk))
        except StopIteration:
            seen.append("end")
    return seen


def groups_kept() -> list[Any]:
    """Groups that are walked only after the next one was asked for are empty."""
    return [list(members) for _, members in list(it.groupby([1, 1, 2]))]


CASES: dict[str, Callable[[], Any]] = {
    "enumerate": lambda: list(enumerate([7, 8], 5)),
    "zip2": lambda: list(zip([1, 2, 3], [4, 5])),
    "zip3": lambda: list(zip([1, 2], [3, 4], [5, 6, 7])),
    "zip1": lambda: list(zip([1, 2])),
    "zip strict short": lambda: list(zip([1, 2], [3], strict=True)),
    "zip strict long": lambda: list(zip([1], [3, 4], strict=True)),
    "zip strict third short": lambda: list(zip([1, 2], [3, 4], [5], strict=True)),
    "zip strict third long": lambda: list(zip([1], [3], [5, 6], strict=True)),
    "zip strict even": lambda: list(zip([1, 2], [3, 4], strict=True)),
    "map": lambda: list(map(lambda x: x + 1, [1, 2])),
    "map2": lambda: list(map(operator.add, [1, 2, 3], [10, 20])),
    "filter": lambda: list(filter(lambda x: x > 1, [1, 2, 3])),
    "filter none": lambda: list(filter(None, [0, 1, 0, 2])),
    "reversed": lambda: list(reversed([1, 2, 3])),
    "sorted": lambda: sorted([3, 1, 2]),
    "sorted reverse": lambda: sorted([3, 1, 2], reverse=True),
    "sorted key": lambda: sorted([-3, 1, 2, -1], key=abs),
    "sorted key reverse": lambda: sorted([-3, 1, 2, -1], key=abs, reverse=True),
    "sorted nan": lambda: sorted([3.0, nan, 1.0, 2.0, nan, 0.5]),
    "sorted nan long": lambda: sorted([float(x * 7 % 31) if x % 9 else nan for x in range(80)]),
    "sorted zeros": lambda: sorted([0.0, -0.0, 0.0, -1.0]),
    "sum": lambda: sum([1, 2, 3]),
    "sum start": lambda: sum([1, 2, 3], 10),
    "sum empty": lambda: sum([]),
    "sum floats": lambda: sum([0.1] * 10),
    "sum floats start": lambda: sum([0.1] * 10, 0.5),
    "sum bools": lambda: sum([True, False, True]),
    "sum lists": lambda: sum([[1], [2, 3]], []),
    "min": lambda: min([3, 1, 2]),
    "max": lambda: max([3, 1, 2]),
    "min empty": lambda: min([]),
    "max empty": lambda: max([]),
    "min default": lambda: min([], default=4),
    "max key first": lambda: max([-2, 2, 1], key=abs),
    "min key first": lambda: min([2, -1, 1], key=abs),
    "min args": lambda: min(3, 1, 2),
    "max args": lambda: max(3, 1, 2),
    "min nan": lambda: min([nan, 1.0]),
    "min nan last": lambda: min([1.0, nan]),
    "max nan": lambda: max(1.0, nan),
    "any": lambda: (any([0, 0, 3]), any([0]), any([])),
    "all": lambda: (all([1, 0]), all([1]), all([])),
    "next": lambda: stepwise(iter([1, 2]), 4),
    "next default": lambda: [next(iter([]), 9), next(iter([4]), 9)],
    "next empty": lambda: next(iter([])),
    "reduce": lambda: functools.reduce(operator.sub, [10, 3, 2]),
    "reduce start": lambda: functools.reduce(operator.sub, [3, 2], 10),
    "reduce empty": lambda: functools.reduce(operator.sub, []),
    "count": lambda: list(it.islice(it.count(3, 2), 4)),
    "cycle": lambda: list(it.islice(it.cycle([1, 2, 3]), 7)),
    "cycle empty": lambda: list(it.cycle([])),
    "repeat": lambda: list(it.repeat(5, 3)),
    "repeat negative": lambda: list(it.repeat(5, -3)),
    "chain": lambda: list(it.chain([1], [], [2, 3])),
    "chain from": lambda: list(it.chain.from_iterable([[1], [], [2, 3]])),
    "islice": lambda: list(it.islice(range(20), 3, 15, 4)),
    "islice stop": lambda: list(it.islice(range(20), 3)),
    "islice none": lambda: list(it.islice(range(6), 2, None)),
    "islice negative": lambda: list(it.islice(range(6), -1)),
    "islice negative start": lambda: list(it.islice(range(6), -1, 3)),
    "islice zero step": lambda: list(it.islice(range(6), 0, 3, 0)),
    "takewhile": lambda: list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])),
    "dropwhile": lambda: list(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])),
    "filterfalse": lambda: list(it.filterfalse(lambda x: x < 3, [1, 2, 3, 1])),
    "compress": lambda: list(it.compress([1, 2, 3], [1, 0, 1])),
    "starmap": lambda: list(it.starmap(operator.add, [(1, 2), (3, 4)])),
    "pairwise": lambda: list(it.pairwise([1, 2, 3])),
    "pairwise one": lambda: list(it.pairwise([1])),
    "accumulate": lambda: list(it.accumulate([1, 2, 3])),
    "accumulate initial": lambda: list(it.accumulate([1, 2], initial=10)),
    "accumulate func": lambda: list(it.accumulate([3, 1, 4, 1, 5], max)),
    "zip_longest": lambda: list(it.zip_longest([1, 2], [3])),
    "zip_longest fill": lambda: list(it.zip_longest([1], [3, 4], fillvalue=0)),
    "groupby": lambda: [(k, list(g)) for k, g in it.groupby([1, 1, 2, 1])],
    "groupby key": lambda: [(k, list(g)) for k, g in it.groupby([1, 3, 2, 4, 5], lambda x: x % 2)],
    "groupby skipped": lambda: [k for k, _ in it.groupby([1, 1, 2, 2, 1])],
    "groupby kept": groups_kept,
    "product2": lambda: list(it.product([1, 2], [3, 4])),
    "product3": lambda: list(it.product([1, 2], [3], [4, 5])),
    "product empty": lambda: list(it.product([1, 2], [])),
    "product repeat": lambda: list(it.product([0, 1], repeat=3)),
    "product repeat 0": lambda: list(it.product([0, 1], repeat=0)),
    "product repeat negative": lambda: list(it.product([0, 1], repeat=-1)),
    "permutations": lambda: list(it.permutations([1, 2, 3])),
    "permutations 2": lambda: list(it.permutations([1, 2, 3], 2)),
    "permutations 4": lambda: list(it.permutations([1, 2, 3], 4)),
    "permutations 0": lambda: list(it.permutations([1, 2, 3], 0)),
    "permutations negative": lambda: list(it.permutations([1], -1)),
    "combinations": lambda: list(it.combinations([1, 2, 3, 4], 2)),
    "combinations 0": lambda: list(it.combinations([1, 2], 0)),
    "combinations 3": lambda: list(it.combinations([1, 2], 3)),
    "combinations negative": lambda: list(it.combinations([1], -1)),
    "combinations_with_replacement": lambda: list(it.combinations_with_replacement([1, 2, 3], 2)),
    "combinations_with_replacement empty": lambda: list(it.combinations_with_replacement([], 2)),
    "combinations_with_replacement 0": lambda: list(it.combinations_with_replacement([], 0)),
    "tee": lambda: (lambda a, b: (list(a), list(b)))(*it.tee([1, 2, 3])),
    "range repr": lambda: (range(3), range(1, 3), range(1, 9, 2)),
    "range equal": lambda: (range(0, 3, 2) == range(0, 4, 2), range(0) == range(2, 1), range(3) == range(4)),
    "range zero step": lambda: range(1, 2, 0),
    "nested repr": lambda: [[1], (), (1,), (1, (2,)), {1: [2]}, {3}, set(), frozenset(), frozenset([1])],
    "set of tuples": lambda: {(i, j) for i in range(4) for j in range(3)},
    "set of frozensets": lambda: {frozenset([i, j]) for i in range(4) for j in range(3)},
    "set of words": lambda: set(words),
    "set of letters": lambda: set("the quick brown fox jumps over the lazy dog"),
    "dict words": lambda: {w: len(w) for w in words},
    "dict from lists": lambda: dict([[1, 2], [3, 4]]),
    "dict from bad lists": lambda: dict([[1, 2], [3]]),
    "unhashable": lambda: {[]: 1},
    "unhashable set": lambda: {1: 2, **{frozenset(): 3}} and {set()},
    "unhashable dict": lambda: {(1, {}): 1},
    "list order": lambda: ([1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 9], [] <= []),
    "tuple order": lambda: ((1, 2) < (1, 3), (1, 2) <= (1, 2), (2, 0) > (1, 9), (1,) >= (2,)),
}

for name, case in CASES.items():
    try:
        shown = repr(case())
    except Exception as error:
        shown = f"!{type(error).__name__}: {error}"
    print(f"{name}|{shown}")
