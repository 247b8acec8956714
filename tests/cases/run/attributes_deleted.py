"""Attributes deleted, assigned through classes, and asked for by name."""


class A:
    kind = "cls"

    def __init__(self):
        self.x = 1
        self.y = 2

    def m(self, k=3):
        return k

    @property
    def p(self):
        return self.x + 10


class B(A):
    def n(self):
        return "n"


a = B()
for name in ["x", "y", "kind", "p"]:
    print(name, getattr(a, name))
print(getattr(a, "m")(), getattr(a, "".join(["n"]))())
for name in ["nope", "x"]:
    try:
        print(getattr(a, name), getattr(a, name, None))
    except AttributeError as e:
        print(e)
    print(getattr(a, name, "dflt"), hasattr(a, name))
for n, v in [("x", 10), ("z", "new")]:
    setattr(a, n, v)
print(a.x, a.z, vars(a), a.__dict__)
del a.y
try:
    a.y
except AttributeError as e:
    print(e)
try:
    del a.y
except AttributeError as e:
    print(e)
print(sorted(vars(a)), "y" in a.__dict__)
delattr(a, "x")
print(hasattr(a, "x"), callable(a.m), callable(a), callable(A), callable(len), callable(3))
A.kind = "changed"
print(a.kind, B.kind)
B.kind = "bee"
print(a.kind, B.kind, A.kind, A().kind)
a.kind = "inst"
print(a.kind, B.kind)
A.extra = 5
print(a.extra, B.extra)
print(A.__doc__, A.m.__name__, A.__name__, a.__class__.__name__, type(a) is B, a.__class__ is B)
op = {"m": 5}
print([getattr(a, k)(v) for k, v in op.items()])
