"""Decorators of methods under `@property` and the like, caches among them."""

import functools


def twice(f):
    def w(*a):
        return 2 * f(*a)

    return w


class Shape:
    def __init__(self, side):
        self.side = side

    @property
    @twice
    def edge(self):
        return self.side

    @edge.setter
    def edge(self, value):
        self.side = value

    @classmethod
    @twice
    @twice
    def of(cls, n):
        return len(cls.__name__) * n

    @staticmethod
    @functools.lru_cache(maxsize=None)
    def fib(n):
        print("fib", n)
        return n if n < 2 else Shape.fib(n - 1) + Shape.fib(n - 2)

    @property
    @functools.lru_cache()
    def area(self):
        print("area")
        return self.side**2

    @classmethod
    @functools.cache
    def named(cls, n):
        print("named", n)
        return cls.__name__ * n


square = Shape(3)
print(square.edge, Shape.of(4))
square.edge = 5
print(square.edge)
print(Shape.fib(4), square.fib(3))
print(square.area, square.area, Shape(2).area)
print(Shape.named(2), Shape.named(2))
