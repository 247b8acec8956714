import operator
from operator import itemgetter, attrgetter, methodcaller, add, mul


class P:
    def __init__(self, n, a):
        self.name, self.age = n, a

    def hi(self, x):
        return f"{self.name}{x}"


ps = [P("b", 3), P("a", 4)]
print([p.name for p in sorted(ps, key=attrgetter("name"))])
print([p.name for p in sorted(ps, key=attrgetter("age", "name"))])
print(
    sorted([(1, "z"), (0, "y")], key=itemgetter(1)),
    itemgetter(0, 2)([5, 6, 7]),
    itemgetter("k")({"k": 1}),
)
print(
    methodcaller("hi", "!")(ps[0]),
    methodcaller("upper")("abc"),
    list(map(methodcaller("strip"), [" a ", "b "])),
)
ops = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
for s, f in ops.items():
    print(s, f(7, 2))
print(
    operator.contains([1, 2], 2),
    operator.countOf([1, 2, 2], 2),
    operator.indexOf([1, 2, 3], 3),
    operator.not_(0),
    operator.truth([1]),
)
print(
    operator.neg(3),
    operator.inv(3),
    operator.is_(None, None),
    operator.and_(6, 3),
    operator.xor(6, 3),
    operator.or_(6, 3),
    operator.lshift(1, 4),
)
d = {}
operator.setitem(d, "a", 3)
print(d, operator.getitem(d, "a"))
operator.delitem(d, "a")
print(d)
l = [1]
l2 = operator.iadd(l, [2])
print(l, l2 is l, operator.concat([1], [2]), 1)
try:
    operator.indexOf([1], 4)
except ValueError as e:
    print(e)
try:
    operator.add(1, "a")
except TypeError as e:
    print(e)
print(
    operator.iadd(3, 4),
    operator.imul([1], 2),
    operator.ior({1}, {2}),
    operator.isub(5, 1),
    operator.ifloordiv(7, 2),
)
