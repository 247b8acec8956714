"""Tuples that hold themselves, shown."""

t = [
    [],
]
t[0].append(t)
print(t)
print(t[0])
u = (1, [2], "x")
u[1].append(u)
print(repr(u[1]))
L = []
v = tuple([1, L])
L.append(v)
print(L)
print(v)
a = [(1, 2), ([3],)]
print(a, ((), ([],)), {(1, ("a", 2)): [(1,)]})
