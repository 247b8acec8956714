"""Lambdas that a class keeps as static and class methods; static methods that are read from
an instance and overridden below."""


class Queue:
    _default_key = staticmethod(lambda p: -float(p or 0))
    named = classmethod(lambda cls, suffix="!": cls.__name__ + suffix)

    def __init__(self, key=None):
        self._key = key or self._default_key

    def order(self, items):
        return sorted(items, key=self._key)


class Least(Queue):
    _default_key = staticmethod(lambda p: p)


print(Queue().order([1, 3, 2]))
print(Least().order([1, 3, 2]), Queue(key=abs).order([-2, 1]))
print(Queue.named(), Least.named("?"), Queue._default_key(0), Least()._default_key(4))


class Shape:
    @staticmethod
    def key(p):
        return -p

    def order(self, items):
        return sorted(items, key=self.key)

    def pair(self, p):
        key = self.key
        return key(p), self.key(p)


class Square(Shape):
    @staticmethod
    def key(p):
        return p


for shape in (Shape(), Square()):
    print(shape.order([1, 3, 2]), shape.pair(3))
