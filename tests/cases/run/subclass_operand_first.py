class P:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        print("eq", type(self).__name__, type(o).__name__)
        return isinstance(o, self.__class__) and self.v == o.v

    def __lt__(self, o):
        print("lt", type(self).__name__, type(o).__name__)
        return self.v < o.v

    def __add__(self, o):
        print("add", type(self).__name__, type(o).__name__)
        return self

    def __radd__(self, o):
        print("radd", type(self).__name__, type(o).__name__)
        return self

    def __hash__(self):
        return 1


class Q(P):
    def __gt__(self, o):
        print("gt", type(self).__name__, type(o).__name__)
        return True


class R(P):
    def __radd__(self, o):
        print("Rradd", type(self).__name__, type(o).__name__)
        return self


print(P(1) == Q(1), Q(1) == P(1), P(1) != Q(1), Q(1) == Q(1))
print(P(1) < Q(2), Q(1) < P(2))
P(1) + Q(1)
Q(1) + P(1)
P(1) + R(1)
R(1) + P(1)
Q(1) + R(1)
1 + Q(1)
print([P(1)] == [Q(1)], {P(1): 1}.get(Q(1)), Q(1) in [P(1)], [P(1)].index(Q(1)) if 0 else 0)
xs = [P(2), Q(1), P(0)]
xs.sort(key=lambda p: p.v)
print(sorted(xs)[0].v, max(xs).v, min(P(3), Q(2)).v)
