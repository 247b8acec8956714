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
