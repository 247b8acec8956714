"""zip_longest of dynamic items, of optional ones and of rows."""

import itertools


def f(a: object, b: object, n: list[int]) -> None:
    for x, y in itertools.zip_longest(a, b):
        print(x, y)
    for x, y in itertools.zip_longest(a, n):
        print(x, y)
    for x, y, z in itertools.zip_longest(n, a, b):
        print(x, y, z)
    print(list(itertools.zip_longest(*[n, n[:1]], fillvalue=-1)))
    print(list(itertools.zip_longest(*[n, n[:1]])))
    for x, y, z in itertools.zip_longest(n, n[1:], n[2:], fillvalue=0):
        print(x + y + z)


things = [[1, "a", None], "xyz", (2.5, {})]
for thing in things[1:]:
    f(thing, things[0], [1, 2, 3, 4, 5])
mixed: list[list[object]] = [[1, "a"], [None], []]
print(list(itertools.zip_longest(*mixed)))
print(list(itertools.zip_longest(*mixed, fillvalue=0)))
print(list(itertools.zip_longest("ab", "cd", "ef")))
print(list(itertools.zip_longest("abc", "cd", "e", "f")))
print(list(itertools.product([1, 2], [3])), list(itertools.product([1, 2], repeat=2)))
