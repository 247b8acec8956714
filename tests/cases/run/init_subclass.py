"""`__init_subclass__`: registries, keywords of class statements, and hooks above hooks."""


class Plugin:
    registry = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.registry[cls.__name__] = cls

    def run(self):
        return "nothing"


class Upper(Plugin):
    def run(self):
        return "upper"


class Lower(Plugin):
    def run(self):
        return "lower"


class Lowest(Lower):
    pass


print(sorted(Plugin.registry))
for name in sorted(Plugin.registry):
    print(name, Plugin.registry[name]().run())


class Shape:
    names = []

    def __init_subclass__(cls, /, sides=0, **kwargs):
        super().__init_subclass__(**kwargs)
        print("made", cls.__name__, sides)
        Shape.names.append((cls.__name__, sides))


class Triangle(Shape, sides=3):
    pass


class Square(Shape, sides=4):
    pass


class Blob(Shape):
    pass


print(Shape.names)


class Base:
    def __init_subclass__(cls):
        print("base", cls.__name__)


class Middle(Base):
    def __init_subclass__(cls, tag="none", **kwargs):
        super().__init_subclass__(**kwargs)
        print("middle", cls.__name__, tag)


class Last(Middle, tag="last"):
    value = 3


print(Last().value)
try:

    class Wrong(Shape, sides=5, colour="red"):
        pass

except TypeError as error:
    print(error)
