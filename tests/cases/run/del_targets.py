"""Targets of one `del`, nested and empty, deleted from the left."""

a, b, c, d = 1, 2, 3, 4
items = [0, 1, 2, 3, 4]
table = {"x": 1, "y": 2}
del (a, [b, (c,)]), items[0], (table["x"],), ()
print(d, items, table)


def local() -> None:
    x, y = 1, 2
    del (x, y)
    try:
        print(y)
    except UnboundLocalError as error:
        print(error)


local()
try:
    del (items[0], items[9], items[0])
except IndexError as error:
    print(error, items)
