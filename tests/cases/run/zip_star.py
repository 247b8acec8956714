"""zip(*rows): transposing lists, tuples and strings; string constants."""

import string

grid = [[1, 2, 3], [4, 5, 6]]
print(list(zip(*grid)), [list(c) for c in zip(*grid)], [sum(c) for c in zip(*grid)])
print(["".join(c) for c in zip(*["abc", "de"])], list(map(list, zip(*grid[::-1]))))
xs, ys = zip(*[(1, 2), (3, 4)])
print(xs, ys, max(zip(*grid)))
names, ages = zip(*[("ann", 30), ("bob", 25)])
print(names, ages, list(zip(*[(1, "a")])))
for column in zip(*grid):
    print(column[0], column[1])
print(string.ascii_lowercase, string.digits, string.ascii_uppercase[:3], len(string.printable))
print(repr(string.punctuation), repr(string.whitespace), string.hexdigits, string.octdigits)
