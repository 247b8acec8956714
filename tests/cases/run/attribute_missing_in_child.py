"""The class that an AttributeError names is the object's own."""


class Base:
    pass


class Child(Base):
    def __init__(self, late):
        if late:
            self.x = 1


def read(b: Base):
    return b.x


def go(b):
    try:
        print(read(b))
    except AttributeError as e:
        print(e)


go(Child(False))
go(Child(True))
go(Base())
