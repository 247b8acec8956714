"""Methods that are called on values of any type, by name and by operators."""


class Money:
    def __init__(self, amount, unit="EUR"):
        self.amount = amount
        self.unit = unit

    def __add__(self, other):
        return Money(other, self.unit) if isinstance(other, int) else Money(self.amount + other)

    def __radd__(self, other):
        return Money(other)

    def __mul__(self, k):
        return Money(k)

    def __iadd__(self, other):
        self.amount = other
        self.unit = "in place"
        return self

    def __neg__(self):
        return Money(-self.amount)

    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        self.amount = value
        self.unit = key

    def __contains__(self, item):
        return item == self.amount

    def __call__(self, x, y=1):
        return [x, y, self.amount]

    def __lt__(self, other):
        return self.amount < other.amount

    def convert(self, rate, unit="USD", *, digits=2):
        return Money(rate, unit), digits

    def show(self):
        return f"{self.amount!r} {self.unit}"


class Note:
    def __init__(self, text):
        self.text = text

    def show(self):
        return self.text

    def convert(self, rate, unit="none", *, digits=0):
        return [rate, unit, digits]

    def __add__(self, other):
        return Note(self.text + str(other))


class Open:
    def __init__(self):
        self.seen = []

    def take(self, first, *rest, scale=1.0, **named):
        self.seen.append(first)
        return first, rest, scale, named

    def nothing(self):
        return len(self.seen)

    @staticmethod
    def plain(a, b=2):
        return [a, b]


class Silent:
    """Never a dynamic value: what is called on those does not concern it."""

    def __init__(self, level):
        self.level = level

    def convert(self, rate):
        self.level = rate
        return self.level * 2


things = [Money(1.5), Note("note"), 3, "text", 2.5]
for thing in things:
    try:
        print(thing.show())
    except AttributeError as error:
        print(error)
for thing in things[:2]:
    print((thing + 2).show(), (thing + 0.5).show())
    print(thing.convert(2)[1], thing.convert(0.5, digits=3)[1])
try:
    things[0].convert(1, 2, 3)
except TypeError as error:
    print(error)
print((things[0] * 2).show(), (things[0] * 2.5).show(), (things[0] * True).show())
print((2 + things[0]).show(), (-things[0]).show())
print(things[0][1], things[0]["k"], things[0][1:2])
things[0][5] = 7
print(things[0].show(), 7 in things[0], "7" in things[0])
things[0] += 3
print(things[0].show())
for thing in [*things[:2], 1.5, 2]:
    kept = thing
    thing += 0.5 if thing != "text" else "x"
    print(thing is kept, thing.show() if isinstance(thing, (Money, Note)) else thing)
numbers = [*things[:1], 7, 2.5, True, 10**20]
for a in numbers[1:]:
    for b in numbers[1:]:
        print(a + b, a - b, a * b, a / b, a // b, a % b, a < b, a == b, a >= b)
        c = a
        c -= b
        d = a
        d *= b
        e = a
        e /= b
        print(c, d, e)
for zero in [*things[:1], 0, 0.0, False][1:]:
    for top in [*things[:1], 1, 1.5][1:]:
        try:
            print(top / zero)
        except ZeroDivisionError as error:
            print(error)
print(things[0](1), things[0](0.5, "y"), things[0](y=None, x=[1]))
print(sum([things[0], 4, 5.5]).show())
print((things[1] + things[2]).show())
print(Silent(0.5).convert(0.25))
print(max([Money(1), Money(2.5)]).show(), Money(1) < Money(1.5))

others = [Open(), 1]
for way in range(2):
    print(others[0].take(1), others[0].take(1.5, 2, "x", scale=3, k=[1]))
    print(others[0].plain(1), others[0].plain(b=0.5, a=None), others[0].nothing())
for call in range(7):
    try:
        if call == 0:
            others[0].take()
        elif call == 1:
            others[0].nothing(1)
        elif call == 2:
            others[0].plain()
        elif call == 3:
            others[0].plain(1, 2, 3)
        elif call == 4:
            others[0].plain(1, a=2)
        elif call == 5:
            things[0].convert()
        else:
            things[0].convert(1, other=2)
    except TypeError as error:
        print(error)
