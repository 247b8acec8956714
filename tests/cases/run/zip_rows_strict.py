"""zip, zip_longest and starmap of rows whose number and types are known at run time only."""

from itertools import starmap, zip_longest


def columns(rows, strict=False):
    return list(zip(*rows, strict=strict))


def filled(rows, fill):
    return list(zip_longest(*rows, fillvalue=fill))


def padded(*rows):
    return list(zip_longest(*rows))


def spread(f, rows):
    return list(starmap(f, [tuple(row) for row in rows]))


print(columns([[1, 2], [3, 4]]), columns("ab"), columns((range(3), "abc")), columns([]))
print(columns([[1, 2], [3, 4]], True), columns([iter("ab"), {1: 2, 3: 4}], strict=1))
for wrong in ([[1, 2], [3]], [[1], [3, 4]], [[1], 5]):
    try:
        print(columns(wrong, strict=True))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(filled([[1, 2], "a", (3.5,)], None), filled([range(2), "abc"], "-"), filled([], 0))
print(padded([1], "ab", {2: 3}), padded(), padded("ab", "c"))
marker = object()
print([[x is marker for x in row] for row in filled(["ab", [1]], marker)])
print(spread(max, [[1, 2, 3], [4, 5]]), spread(lambda *a: a, ["ab", [1]]), spread(pow, [[2, 3]]))
try:
    print(spread(lambda a: a, [[1], [1, 2]]))
except TypeError as error:
    print("TypeError", str(error).replace("spread.<locals>.", ""))
