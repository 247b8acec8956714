class Leaf:
    def __init__(self, kids):
        self.kids = kids

    def __repr__(self):
        return "<%s: %s %s>" % (type(self).__name__, repr(self.prefix), self.end)

    @property
    def end(self):
        return 3

    def walk(self):
        for kid in self.missing.kids:
            print(kid)
        for kid in self.gone:
            print(kid)
        return [k for k in self.lost]

    def count(self):
        return len(self.prefix) + str(self.prefix).count("a") + self.prefix


leaf = Leaf([])
for name in ("__repr__", "walk", "count"):
    try:
        if name == "walk":
            leaf.walk()
        elif name == "count":
            leaf.count()
        else:
            print(repr(leaf))
    except AttributeError as error:
        print(name, error)


def f(n):
    if n == 0:
        return {MISSING: 1, "a": n}
    if n == 1:
        return [n, MISSING]
    if n == 2:
        return {n, MISSING}
    if n == 3:
        return (n, MISSING)
    if n == 4:
        return {"k": {MISSING: MISSING}}
    return n


for i in range(6):
    try:
        print(f(i))
    except NameError as e:
        print(e)
