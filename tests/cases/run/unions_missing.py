"""What only some of the classes in a slot have: AttributeError and TypeError as CPython says."""


class Dog:
    def __init__(self, name):
        self.name = name

    def bark(self):
        return self.name + "!"

    def move(self, how, speed=1):
        return (self.name, how, speed)

    def __add__(self, other):
        return Dog(self.name + "+" + other.name)


class Puppy(Dog):
    def whine(self):
        return "iii"


class Car:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

    def move(self, how):
        return [self.brand, how]

    def __call__(self, x):
        return x * 2

    def __getitem__(self, i):
        return self.brand[i]

    def __contains__(self, x):
        return x in self.brand

    def __iter__(self):
        return iter(self.brand)

    def __len__(self):
        return len(self.brand)

    def __neg__(self):
        return Car(self.brand[::-1])

    def __iadd__(self, text):
        self.brand += text
        return self

    def __radd__(self, other):
        return ("radd", other)


def order(label):
    print("evaluated", label)
    return label


def attempt(label, action):
    try:
        print(label, action())
    except (AttributeError, TypeError) as e:
        print(label, type(e).__name__, e)


things = [Dog("rex"), Car("fiat"), Puppy("bo")]
for thing in things:
    attempt("bark", lambda: thing.bark())
    attempt("whine", lambda: thing.whine())
    attempt("wheels", lambda: thing.wheels)
    attempt("name", lambda: thing.name)
    attempt("move", lambda: thing.move("on"))
    attempt("fast", lambda: thing.move("on", 3))
    attempt("named", lambda: thing.move(how="up", speed=2))
    attempt("none", lambda: thing.move())
    attempt("order", lambda: thing.brake(order("argument")))
    attempt("bark late", lambda: thing.bark(order("unexpected")))
    attempt("neg", lambda: type(-thing).__name__)
    attempt("plus", lambda: (thing + Dog("z")).name)
    attempt("number", lambda: thing + 1)
    attempt("left", lambda: 1 + thing)
    attempt("minus", lambda: thing - thing)
    attempt("power", lambda: thing**2)
    attempt("less", lambda: thing < thing)
    attempt("item", lambda: thing[0])
    attempt("in", lambda: "i" in thing)
    attempt("len", lambda: len(thing))
    attempt("call", lambda: thing(21))
    attempt("iter", lambda: list(thing))
    attempt("set", lambda: setattr(thing, "extra", 5))
    attempt("get", lambda: thing.extra)
    attempt("int", lambda: int(thing))
    attempt("hash", lambda: hash(thing) == hash(thing))

for thing in things:
    try:
        thing += "x"
        print("iadd", thing.brand)
    except (AttributeError, TypeError) as e:
        print("iadd", type(e).__name__, e)
for thing in things:
    try:
        thing[0] = 1
    except TypeError as e:
        print(e)


def total(things):
    out = 0
    for thing in things:
        if hasattr(thing, "brand"):
            out += len(thing.brand)
        else:
            out += len(thing.name) * 100
    return out


print(total(things))
things.append(Dog("last"))
for thing in things[::-1]:
    print(thing.brand)
