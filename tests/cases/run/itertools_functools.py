"""The common parts of itertools, functools and operator."""

import functools
import itertools
import operator

print(
    list(itertools.chain([1, 2], "ab")),
    list(itertools.chain.from_iterable([[1], [2, 3]])),
    list(itertools.islice(itertools.count(5, 2), 3)),
)
print(
    list(itertools.product("ab", [1, 2])),
    list(itertools.permutations([1, 2, 3], 2)),
    list(itertools.combinations("abc", 2)),
)
print(
    list(itertools.accumulate([1, 2, 3, 4])),
    list(itertools.accumulate([3, 1, 2], max)),
    list(itertools.repeat("x", 2)),
)
print(
    [(k, list(g)) for k, g in itertools.groupby("aabbbc")],
    list(itertools.takewhile(lambda n: n < 3, [1, 2, 3, 1])),
    list(itertools.dropwhile(lambda n: n < 3, [1, 3, 1])),
)
print(
    list(itertools.zip_longest([1, 2], "a", fillvalue="-")),
    list(itertools.pairwise([1, 2, 3])),
    list(itertools.islice(itertools.cycle("ab"), 5)),
    list(itertools.starmap(pow, [(2, 3), (3, 2)])),
)
print(
    list(itertools.compress("abc", [1, 0, 1])),
    list(itertools.filterfalse(lambda n: n % 2, range(4))),
    list(itertools.combinations_with_replacement([1, 2], 2)),
    list(itertools.islice("abcdef", 1, 5, 2)),
)
print(
    functools.reduce(operator.mul, [1, 2, 3, 4]),
    functools.reduce(lambda a, b: a + b, ["x", "y"], "z"),
    functools.partial(pow, 2)(5),
    functools.partial(int, base=2)("101"),
)
print(
    sorted([("b", 2), ("a", 3)], key=operator.itemgetter(1)),
    operator.add(1, 2),
    list(map(operator.neg, [1, -2])),
    operator.itemgetter(0, 2)("abc"),
)


@functools.lru_cache(maxsize=None)
def collatz(n: int) -> int:
    return 1 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)


@functools.cache
def binomial(n, k):
    return 1 if k in (0, n) else binomial(n - 1, k - 1) + binomial(n - 1, k)


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = [int(p) for p in text.split(".")]

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


print(
    max(range(1, 30), key=collatz),
    binomial(30, 15),
    Version("1.10") > Version("1.9"),
    Version("2.0") <= Version("2.0"),
    Version("1") >= Version("1.1"),
)
a, b = itertools.tee([1, 2, 3])
print(list(a), next(b), list(b))
names = ["x", "y"]
print(
    dict(zip(names, itertools.count())), [sum(c) for c in itertools.combinations(range(5), 2)][:4]
)
