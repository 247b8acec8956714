"""Classes that are kept, passed and called later; nested classes; statements in class bodies."""


class Animal:
    kind = "animal"
    count = 0

    def __init__(self, name, legs=4):
        self.name = name
        self.legs = legs

    @classmethod
    def make(cls, name):
        return cls(name)

    @staticmethod
    def twice(x):
        return x * 2

    def speak(self):
        return f"{self.name} {self.legs} {self.kind}"


class Bird(Animal):
    kind = "bird"


class Empty(ValueError):
    pass


class Coded(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


class Outer:
    class Inner:
        def __init__(self, v):
            self.v = v

    class Other:
        pass

    def make(self, v):
        return self.Inner(v)


def build(cls, *args, **kw):
    return cls(*args, **kw)


for cls in (Animal, Bird):
    x = cls("a")
    print(x.speak(), cls.kind, cls.__name__, cls.make("q").name, cls.twice(4))
Alias = Animal
print(Alias("z", legs=2).speak())
print(build(Bird, "k", legs=3).speak())
table = {"a": Animal, "b": Bird}
print(table["b"]("t").kind)
for e in [Empty, Coded]:
    try:
        raise e(3)
    except (Empty, Coded) as err:
        print(type(err).__name__, err, err.args)
try:
    Alias()
except TypeError as err:
    print(err)
o = Outer.Inner(3)
print(o.v, Outer().make(5).v, type(Outer.Other()).__name__)


class Table:
    squares = [i * i for i in range(4)]
    total = 0
    for s in squares:
        total += s
    if total > 3:
        size = "big"
    else:
        size = "small"
    a, b = 1, 2
    c = d = 5


print(Table.total, Table.size, Table.a, Table.b, Table.c + Table.d, Table.s)
