import itertools as it
from itertools import (
    accumulate,
    groupby,
    islice,
    tee,
    zip_longest,
    pairwise,
    product,
    starmap,
    compress,
    filterfalse,
    dropwhile,
    takewhile,
    cycle,
    count,
    chain,
    repeat,
    permutations,
    combinations,
    combinations_with_replacement,
)
import operator

print(
    list(accumulate([1, 2, 3])),
    list(accumulate([1, 2, 3], operator.mul)),
    list(accumulate([1, 2, 3], initial=100)),
    list(accumulate([3, 1, 4], max)),
    list(accumulate("abc")),
    list(accumulate([1, 2, 3], lambda a, b: a * b, initial=2)),
)
for k, g in groupby("AAABBC"):
    print(k, list(g))
for k, g in groupby(sorted(["apple", "avocado", "bean"], key=lambda s: s[0]), key=lambda s: s[0]):
    print(k, list(g))
print(list(islice(count(10), 5)), list(islice(range(10), 2, None, 3)), list(islice("abc", 2)))
a, b = tee([1, 2, 3])
print(list(a), list(b))
a, b, c = tee(range(3), 3)
print(list(a), next(b), list(b), list(c))
print(
    list(zip_longest([1, 2, 3], "ab")),
    list(zip_longest([1], [2, 3], fillvalue=0)),
    list(zip_longest("ab", [1], (1.5, 2.5, 3.5), fillvalue="-")),
    list(zip_longest([1, 2], [3])),
)
print(
    list(pairwise("abcd")),
    list(product("ab", repeat=2)),
    list(product([0, 1], repeat=3)),
    list(product("ab", [1, 2], (True,))),
)
print(list(product("ab", "xy", repeat=2))[:3])
print(
    list(starmap(pow, [(2, 5), (3, 2)])),
    list(compress("abcdef", [1, 0, 1, 0, 1, 1])),
    list(filterfalse(lambda x: x % 2, range(6))),
    list(filterfalse(None, [0, 1, "", "a"])),
)
print(
    list(dropwhile(lambda x: x < 3, [1, 4, 1])),
    list(takewhile(lambda x: x < 3, [1, 4, 1])),
    list(islice(cycle("ab"), 5)),
)
print(
    list(islice(count(0.5, 0.25), 4)),
    list(islice(count(5, -2), 4)),
    list(islice(count(1, 0.5), 3)),
    list(islice(count(step=3), 3)),
)
print(
    list(chain("ab", [1], (2.5,))),
    list(chain.from_iterable([[1], [2, 3]])),
    list(chain(*[[1, 2], [3]])),
)
print(
    list(repeat(7, 3)),
    list(map(pow, range(4), repeat(2))),
    list(permutations([1, 2, 3], 2)),
    list(permutations("abc"))[:2],
    list(combinations("abcd", 3)),
    list(combinations_with_replacement([1, 2], 2)),
)
print(
    list(chain.from_iterable({"a": 1}.items())),
    list(chain.from_iterable(["ab", "cd"])),
    list(chain.from_iterable([(1, 2), [3]])),
)
print(dict(zip("ab", count())), sum(1 for _ in permutations(range(5))))
print([list(g) for k, g in groupby([1, 1, 2])], [(k, len(list(g))) for k, g in groupby("aabccc")])
try:
    list(islice([1], -1))
except ValueError as e:
    print(e)
try:
    list(combinations([1], -1))
except ValueError as e:
    print(e)
try:
    islice([1], 0, 1, 0)
except ValueError as e:
    print(e)
