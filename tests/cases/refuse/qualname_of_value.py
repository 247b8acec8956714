"""The path of a class is only known where the class is."""


class Outer:
    class Inner:
        pass


def path(x):
    return type(x).__qualname__  # refuse: PT204


print(path(Outer()), path(Outer.Inner()))
