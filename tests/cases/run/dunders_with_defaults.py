"""Special methods with more parameters than Python passes."""


class Tree:
    def __init__(self, label, children=None):
        self.label = label
        self.children = children or []

    def __str__(self, indent=None, sep=", "):
        return f"{self.label}:{indent}:{sep.join(map(str, self.children))}"

    def __repr__(self, *, deep=True):
        return f"Tree({self.label!r}, {deep})"

    def __eq__(self, other, strict=False):
        return self.label == other.label and not strict

    def __lt__(self, other, *rest, **more):
        return self.label < other.label

    def __hash__(self, salt=3):
        return hash(self.label) + salt

    def __len__(self, more=0):
        return len(self.children) + more

    def __bool__(self, *args):
        return not args

    def __iter__(self, reverse=False):
        return iter(self.children[::-1] if reverse else self.children)

    def __getitem__(self, key, default=7):
        return self.children[key] if key < len(self.children) else default

    def __setitem__(self, key, value, extra=1):
        self.children[key] = (value, extra)

    def __contains__(self, item, loose=False):
        return loose or item in self.children

    def __call__(self, x, y=2):
        return x + y

    def __add__(self, other, bonus=1):
        return self.label + other + str(bonus)

    def __radd__(self, other, bonus=2):
        return other + self.label + str(bonus)

    def __neg__(self, sign="-"):
        return sign + self.label

    def __int__(self, base=16):
        return int(self.label, base)

    def __index__(self, by=1):
        return by

    def __format__(self, spec, default="?"):
        return self.label + (spec or default)

    def __enter__(self, quiet=True):
        return quiet

    def __exit__(self, kind, error, trace, swallow=True):
        return swallow


class Steps:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self, by=2):
        self.n += by
        if self.n > 6:
            raise StopIteration
        return self.n


a, b = Tree("a", [1, 2]), Tree("b")
print(a, str(b), repr(a), [a, b], f"{a}", f"{b:>}", "%s %r" % (a, b), "{}".format(a))
print(a == Tree("a"), a != b, a < b, sorted([b, a]), a in [Tree("a")], len({a: 1, Tree("a"): 2}))
print(len(a), bool(a), list(a), a[0], a[9], 2 in a, 3 in a, a(1), a(1, y=5))
a[1] = 5
print(a.children, a + "x", "x" + a, -a, int(a), [10, 20, 30][a], f"{a:!}", f"{a}")
with a as quiet:
    print(quiet)
    raise ValueError("swallowed")
print(list(Steps()), sum(Steps()), max(a.__str__(4), "b"))
things = [a, Steps(), 3]
print([str(x)[:1] for x in things], [bool(x) for x in things])


class Bush(Tree):
    def __str__(self, indent=1):
        return "bush " + super().__str__() + super().__str__(indent, sep="/")

    def __len__(self):
        return super().__len__(10)


class Plain(Bush):
    def __str__(self):
        return "plain " + super().__str__()


for thing in (Bush("x", [1, 2]), Plain("y", [3])):
    print(thing, len(thing), repr(thing), thing == a, Tree.__str__(thing, 3))
