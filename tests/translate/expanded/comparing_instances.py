class A:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        if isinstance(other, (A, B)):
            return self.x == other.x
        return NotImplemented


class B:
    def __init__(self, x):
        self.x = x


class C:
    pass


class S(A):
    def __lt__(self, other):
        if not isinstance(other, S):
            return NotImplemented
        return self.x < other.x


print(A(1) == B(1), A(1) == B(2), A(1) == C(), C() == A(1), B(1) == A(1), A(1) != B(1), C() == C(), A(1) == 1, A(1) == None)
print(S(1) == A(1), A(2) == S(1), S(1) < S(2), S(1) != A(1))
try:
    S(1) < A(1)
except TypeError as e:
    print(e)
xs = [A(1), 2, "x", None, B(3)]
print(xs.index("x"), B(3) in xs, A(3) in xs, xs.count(A(1)))


class Num:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        if isinstance(other, Num):
            return Num(self.v + other.v)
        if isinstance(other, int):
            return Num(self.v + other)
        return NotImplemented

    __radd__ = __add__

    def __repr__(self):
        return f"Num({self.v})"


print(Num(1) + Num(2), Num(1) + 3, 4 + Num(5), sum([Num(1), Num(2)]))
try:
    Num(1) + "x"
except TypeError as e:
    print(e)
x = 5
print(type(x) is int, type(x) == float, type(S(1)) is A, S(1).__class__ is S, type(A(1)) == type(B(1)), type("a") in (str, int))


def kind(v):
    if type(v) is int:
        return "int"
    if type(v) == A:
        return f"A {v.x}"
    return type(v).__name__


print(kind(1), kind(True), kind(A(3)), kind(S(4)), kind([]))
