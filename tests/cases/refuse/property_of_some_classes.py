"""A property of one class that instances of its base have as an attribute."""


class Base:
    def __init__(self):
        self.size = 1  # refuse: PT204


class Squared(Base):
    @property
    def size(self):
        return self._size**2

    @size.setter
    def size(self, value):
        self._size = value


print(Base().size, Squared().size)  # refuse: PT204
