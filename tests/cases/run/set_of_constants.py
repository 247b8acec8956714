for x in {"apple", "banana", "cherry"}:
    print(x)
print([x for x in {"apple", "banana"}])
s = {"apple", "banana", "cherry", "d", "e", "f", "ggg", "hh"}
print(s)
print(list(x for x in {-1, -2, 3, 1 + 1}))


class P:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, o):
        return self.n == o.n

    def __repr__(self):
        return f"P{self.n}"


print({P(3), P(1), P(2)}, {P("a"), P("b")})
for x in {"apple", "banana", "cherry"}:
    print(x)
