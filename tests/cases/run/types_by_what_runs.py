"""What never runs does not decide the types of what runs, and is translated all the same."""


class Vector:
    count = 0

    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y
        self.tags = []
        self.parent = None

    def length(self):
        return (self.x**2 + self.y**2) ** 0.5

    def scale(self, k):
        return Vector(self.x * k, self.y * k)

    # Nothing calls these.
    def rename(self, name):
        self.x = name
        self.y = [name]
        self.tags.append(name)

    def adopt(self, other):
        self.parent = other
        other.parent = "someone"
        return other.length() + other.scale("no").x

    def tagged(self, tags: list) -> "Vector":
        self.tags = tags
        average(tags)
        average([str(t) for t in tags])
        return average({"a": tags})

    def clear(self):
        self.x = None
        self.parent = (1, 2)
        return Vector(None, None)

    @property
    def text(self):
        return totals + self.x


def average(items):
    total = 0.0
    for item in items:
        total += item
    return total / len(items)


def pick(items, index: int):
    return items[index % len(items)]


def never(items: list, text: str, anything):
    totals.append(text)
    totals[0] = [text]
    average(items)
    average(text)
    pick(text, anything)
    pick({}, 1.5)
    table[text] = anything
    table[3] = 4
    for key in table:
        key.append(anything)
    box = [totals, items, table]
    box.append(None)
    anything.length(text, items)
    anything.x = items
    Vector.count = text
    return never_either(average, totals) + text


def never_either(function, values):
    values.extend("abc")
    return function(values) or function("abc") or values


def made():
    yield Vector("a", None)
    yield from totals


def never_walks(mode):
    """Tuples of several lengths in one; their types are what the running program made."""
    out = []
    for group in GROUPS:
        for bit, char in group:
            out.append(char if mode & bit else "-")
    for one in PAIR:
        out.append(one)
    return "".join(out)


GROUPS = (((1, "a"), (2, "b")), ((4, "c"),), ((8, "d"), (16, "e"), (32, "f")))
PAIR = (1, 2.5)
totals = [1.0, 2.5]
table = {"a": 1}
v = Vector(3.0, 4.0)
w = v.scale(2.0)
totals.append(w.length())
table["b"] = len(totals)
Vector.count += 1
print(v.length(), w.length(), average(totals), pick([1, 2, 3], 4))
print(totals, table, Vector.count, v.parent, v.tags)
print(GROUPS[0][1], len(GROUPS[2]), PAIR)
