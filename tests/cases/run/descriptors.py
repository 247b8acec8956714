"""Descriptors of the program's own."""


class Positive:
    """A number above a bound."""

    def __init__(self, low=0):
        self.low = low

    def __set_name__(self, owner, name):
        print("named", owner.__name__, name)
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        if value < self.low:
            raise ValueError(f"{self.name} must be at least {self.low}")
        setattr(instance, self.name, value)


class Item:
    price = Positive()
    count = Positive(1)

    def __init__(self, price, count):
        self.price = price
        self.count = count

    def total(self):
        return self.price * self.count


class Typed:
    def __init__(self, kind, default=None):
        self.kind = kind
        self.default = default

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        return instance.__dict__.get(self.name, self.default)

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} is not {self.kind.__name__}")
        instance.__dict__[self.name] = value


class Person:
    name = Typed(str)
    age = Typed(int, 18)

    def __init__(self, name):
        self.name = name


class Child(Person):
    toy = Typed(str, "none")


class lazy:
    def __init__(self, function):
        self.function = function
        self.name = function.__name__

    def __get__(self, instance, owner):
        value = self.function(instance)
        instance.__dict__[self.name] = value
        return value


class Circle:
    def __init__(self, radius):
        self.radius = radius

    @lazy
    def area(self):
        print("computing")
        return 3 * self.radius**2


class Logged:
    def __set_name__(self, owner, name):
        self.public = name
        self.private = f"_{name}"

    def __get__(self, obj, objtype=None):
        value = getattr(obj, self.private)
        print(f"reading {self.public}: {value}")
        return value

    def __set__(self, obj, value):
        print(f"writing {self.public}: {value}")
        setattr(obj, self.private, value)


class Account:
    balance = Logged()

    def __init__(self, balance):
        self.balance = balance

    def add(self, amount):
        self.balance += amount


class Ten:
    def __get__(self, obj, objtype=None):
        return 10


class Uses:
    x = 5
    y = Ten()


item = Item(3, 4)
print(item.total(), item.price, item._price)
item.price = 10
print(item.total())
try:
    item.count = 0
except ValueError as error:
    print(error)
person = Person("ann")
print(person.name, person.age)
person.age = 20
print(person.age)
try:
    person.age = "old"
except TypeError as error:
    print(error)
child = Child("bob")
child.toy = "car"
print(child.name, child.toy, child.age)
circle = Circle(2)
print(circle.area, circle.area)
account = Account(100)
account.add(5)
print(account.balance)
print(Uses().x, Uses().y)


class Bounded:
    """Reads what it keeps in the instance's own mapping."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            return "unset"
        return instance.__dict__[self.name]

    def __set__(self, instance, value):
        instance.__dict__[self.name] = max(0, value)


class cached:
    def __init__(self, method):
        self.method = method

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = self.method(instance)
        setattr(instance, self.method.__name__, value)
        return value


class Gauge:
    level = Bounded()

    @cached
    def reading(self):
        print("reading")
        return f"at {self.level}"


gauge = Gauge()
print(gauge.level)
gauge.level = -4
print(gauge.level, gauge.reading, gauge.reading)
print(isinstance(Gauge.level, Bounded), Gauge.level.name)
gauge.reading = "set"
print(gauge.reading)
