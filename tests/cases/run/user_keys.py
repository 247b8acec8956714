class K:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        print("eq", self.n, o.n)
        return self.n % 10 == o.n % 10

    def __hash__(self):
        return 7

    def __repr__(self):
        return f"K{self.n}"


d = {K(1): "a", K(2): "b"}
print(d)
d[K(11)] = "c"
print(d)
print(K(2) in d, d.get(K(5)))
s = {K(1), K(11), K(3)}
print(s)
print([K(1), K(2)].index(K(12)))
print(K(3) in [K(1), K(13)])
print([K(1), K(2)] == [K(11), K(12)])
k = K(1)
print(k in [k], [k] == [k], k == k)


class H:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        return isinstance(o, H) and self.n == o.n


try:
    {H(1): 2}
except TypeError as e:
    print(e)
print(H(1) != H(1), H(1) != H(2), H(1) == 3)


class N:
    def __eq__(self, o):
        return True

    def __ne__(self, o):
        return True


print(N() == 5, N() != 5, N() in [1, 2], [1, 2].count(N()))


class B:
    def __bool__(self):
        return False


class Ln:
    def __len__(self):
        return 0


print(bool(B()), bool(Ln()), not B(), [1 if x else 2 for x in (B(), Ln())])


class Cmp:
    def __init__(s, n):
        s.n = n

    def __lt__(s, o):
        print("lt", s.n, o.n)
        return s.n < o.n

    def __repr__(s):
        return str(s.n)


print(sorted([Cmp(3), Cmp(1), Cmp(2)]))
print(min(Cmp(3), Cmp(1)), max([Cmp(3), Cmp(5)]))
print(Cmp(1) > Cmp(2))
try:
    print(Cmp(1) <= Cmp(2))
except TypeError as e:
    print(e)


class EqStr:
    def __eq__(self, other):
        return "yes"


print(EqStr() == 1, [EqStr()] == [1])
