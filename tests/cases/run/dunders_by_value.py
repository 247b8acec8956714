class A:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, o):
        self.n += o
        return self

    def __add__(self, o):
        return A(self.n + o)

    def __ior__(self, o):
        self.n = ("or", o)
        return self

    def __ror__(self, o):
        return ("ror", o)

    def __rlshift__(self, o):
        return ("rlshift", o)

    def __rdivmod__(self, o):
        return ("rdm", o)

    def __reversed__(self):
        return iter([3, 2])

    def __format__(self, s):
        return "F" + s

    def __trunc__(self):
        return 4

    def __bytes__(self):
        return b"x"


objs = [A(1), 5, "s", [1]]
for o in objs:
    p = o
    try:
        o += 2
        print(o is p, o if isinstance(o, (int, str, list)) else o.n)
    except TypeError as e:
        print(e)
for o in objs:
    try:
        print(3 << o)
    except TypeError as e:
        print(e)
    try:
        print(divmod(3, o))
    except TypeError as e:
        print(e)
    try:
        print(f"{o:>4}", list(reversed(o)))
    except (TypeError, ValueError) as e:
        print(e)


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for n in (3, -1, 0):
    try:
        print(bool(L(n)))
        print(len(L(n)))
    except ValueError as e:
        print(e)
xs = [L(2), L(-3), "abc"]
for x in xs:
    try:
        print(len(x), not x)
    except ValueError as e:
        print(e)
