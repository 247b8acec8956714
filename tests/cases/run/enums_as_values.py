import enum
class F(enum.Flag):
    R = 1
    W = 2
class N(enum.IntEnum):
    A = 1
    B = 2
class T(enum.Enum):
    X = "x"
    Y = "y"
    @classmethod
    def parse(cls, s):
        for m in cls:
            if m.value == s: return m
        return cls("x")
def f(cls):
    print(cls, cls.__name__, len(cls), list(cls), [m.name for m in cls], sorted(m.value for m in cls))
    a, b = cls
    print(a, b, a in cls, max([m.value for m in cls]))
for c in (F, N, T): f(c)
def g(cls, v):
    try: return cls(v)
    except ValueError as e: return str(e)
print(g(F, 3), g(N, 2), g(T, "y"), g(T, 5), g(N, "q"))
def h(cls, n):
    try: return cls[n]
    except KeyError as e: return repr(e)
print(h(F, "R"), h(N, "B"), h(T, "Z"))
print(T.parse("y"), T.parse("q"), dict(zip(T, N)))
kinds = {"n": N, "t": T}
print([m for k in kinds for m in kinds[k]], kinds["n"](1))
print(isinstance(T.X, T), type(T.X), type(T.X) is T, type(N.A) == N)
def conv(value, kind=str): return kind(value)
print(conv("x", T), conv(3))
for bad in (1, "x", None):
    for c in (T, N):
        try: print(bad in c)
        except TypeError as e: print(e)
print(T.X in N, N.A in N)
print(",".join(m.value for m in T), tuple(T), set(N) == {N.A, N.B}, dict.fromkeys(T, 0) if False else "", [*T], *N)
x = []
x.extend(T)
x += N
print(x, list(reversed(T)), list(enumerate(T)), any(m is T.X for m in T))
