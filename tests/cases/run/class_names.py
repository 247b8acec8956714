"""Names of classes: of nested and local ones, of built-in ones, through values."""

from array import array


class Outer:
    class Inner:
        pass

    def local(self):
        class Local:
            pass

        return Local()


def named(x):
    return type(x).__name__


inner = Outer.Inner()
print(type(inner).__name__, inner.__class__.__name__, Outer.Inner.__name__)
print(type(inner).__qualname__, Outer.Inner.__qualname__, type(Outer().local()).__qualname__)
print(named(inner), named(Outer().local()), named(1), named("s"), named(array("d")))
print(type(array("i")).__name__, type(array("i")), named(named), named(None))
