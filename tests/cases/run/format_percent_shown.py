"""What `%` shows keeps its types; the order of evaluation and the errors are Python's."""


class Noisy:
    def __init__(self, name):
        self.name = name
        self.parts = [1.5, 2.0]

    def __str__(self):
        print("str of", self.name)
        return f"<{self.name}>"

    def __repr__(self):
        print("repr of", self.name)
        return "Noisy(%r, %r)" % (self.name, self.parts)


class Plain:
    def __init__(self, items):
        self.items = items

    def __repr__(self):
        return "Plain(%s)" % self.items


class Failing:
    def __str__(self):
        raise KeyError("no text")


def loud(value):
    print("evaluated", value)
    return value


def grow(items):
    items.append(len(items))
    return len(items)


a = Noisy("a")
print("%s and %r" % (a, a))
print("%s %s" % (loud([1, 2]), loud({"k": 1.0})))
print("%10s|%-10s|%.3s|%5.2r|" % ([1], [2], [3, 4], [5]))
print("%s %s" % (a.parts, sum(a.parts)))
numbers = [1, 2, 3]
print("%s grows to %d: %s" % (numbers, grow(numbers), numbers))
print("100%% of %s, %a" % ([1], ["é"]))
print("%s" % [1, "x", None])
print("%s" % Plain([(1, 2), (3, 4)]))
print("%r" % Plain({}))
print("%5s|" % Plain(set()))
print("%s %s %s" % (None, (1,), ()))
print("%s" % ((1, 2),))
print("%(x)s %(x)r" % {"x": [1, 2]})
print("%s" % {"x": [1, 2]})
print("%*s|" % (6, [1]))
maybe = None if len(numbers) > 100 else [0.5]
print("%s %r" % (maybe, [maybe, None]))
for form, values in [("%d", ([1],)), ("%s %s", ([1],)), ("%s", ([1], [2]))]:
    try:
        print(form % values)
    except TypeError as error:
        print(type(error).__name__, error)
try:
    print("%d" % [1])
except TypeError as error:
    print(error)
try:
    print("%s %s" % ([1],))
except TypeError as error:
    print(error)
try:
    print("%s" % ([1], [2]))
except TypeError as error:
    print(error)
try:
    print("%s %z" % ([1], [2]))
except ValueError as error:
    print(error)
try:
    print("%s%" % ([1],))
except (TypeError, ValueError) as error:
    print(type(error).__name__, error)
try:
    print("%s %s" % (Failing(), loud("after")))
except KeyError as error:
    print("KeyError", error)
b: list[float] = [1, 2.5]
print("%s" % b)
b.append(3)
print("%s %s" % (b, b[0]))
print("%s %s" % (a, loud(1)))
print("%s %d" % (a, loud(1)))
print("%d %s" % (loud(2), a))
print("%5.1f %s %r" % (loud(2.5), [a], loud([3])))
try:
    print("%d %s" % (loud("x"), a))
except TypeError as error:
    print(error)
try:
    print("%f %s" % (10**400, a))
except OverflowError as error:
    print(error)
