"""Objects sharing objects: aliasing, cycles, containers of objects, copies."""

import copy


class Person:
    def __init__(self, name, friends=None):
        self.name = name
        self.friends = friends if friends is not None else []
        self.best = None

    def befriend(self, other):
        self.friends.append(other)
        other.friends.append(self)
        return self

    def __repr__(self):
        return f"<{self.name}>"


a, b = Person("a"), Person("b")
a.befriend(b)
a.best, b.best = b, a
print(a.friends, b.best.best is a, a.best.friends[0].name)
team = [a, b, a]
team[0].name = "A"
print(team, team.count(a), team.index(b), a in team, Person("a") in team)
shared = []
c, d = Person("c", shared), Person("d", shared)
c.friends.append(a)
print(d.friends, shared, c.friends is d.friends)
swap = {"left": a, "right": b}
swap["left"], swap["right"] = swap["right"], swap["left"]
swap["left"].name = "B"
print(swap, b)
shallow = copy.copy(c)
shallow.name = "s"
shallow.friends.append(b)
print(c.name, c.friends, shallow)
data = {"list": [1, [2, 3]], "t": (4, [5])}
deep = copy.deepcopy(data)
deep["list"][1].append(99)
deep["t"][1].append(6)
flat = dict(data)
flat["list"].append("seen")
print(data, deep)


def modify(p: Person, names: list[str], n: int, t: tuple[int, ...]) -> None:
    p.name = p.name + "!"
    names.append(p.name)
    n += 1
    t += (n,)
    p = Person("new")
    p.name = "lost"


names: list[str] = []
n, t = 1, (0,)
modify(a, names, n, t)
print(a, names, n, t)
matrix = [[Person(f"{r}{c}") for c in range(2)] for r in range(2)]
row = matrix[0]
row[0].name = "changed"
column = [r[0] for r in matrix]
column[1].name = "below"
print(matrix, column)
del a.friends[0]
a.extra = "new attribute"
print(a.friends, b.friends, hasattr(a, "extra"), hasattr(b, "extra"), getattr(b, "extra", "none"))
setattr(b, "name", "set")
print(b.name, getattr(b, "name"), sorted(vars(d)), b.__dict__["name"])
del a.extra
try:
    a.extra
except AttributeError as e:
    print(e)
