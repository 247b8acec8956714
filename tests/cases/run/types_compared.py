# The type of a dynamic value, compared and shown.
KINDS = [None, True, 3, 2.5, "s", b"b", (1,), [1], {1: 2}, {1}, frozenset(), range(2), 1j]


def kind(value):
    t = type(value)
    if value is None:
        return "none"
    if t is bool:
        return "bool"
    if t is int:
        return "int"
    if t == float:
        return "float"
    if t in (str, bytes):
        return f"text {len(value)}"
    if t is list or t is tuple:
        return f"sequence {len(value)}"
    if t is dict:
        return "mapping"
    return t.__name__


class Sized:
    def __len__(self):
        return 7


class Negative:
    def __len__(self):
        return -1


for value in KINDS:
    print(kind(value), type(value), {int: "i", str: "s"}.get(type(value)))
for value in (*KINDS, Sized(), Negative(), Sized):
    try:
        print(len(value) + 1)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
table = {bool: 1, int: 2, str: 3, Sized: 4}
print([table.get(type(v), 0) for v in (*KINDS, Sized())])
convert = [int, float, str, list]
print([c("12") for c in convert], list(map(type, (1, "a"))))
