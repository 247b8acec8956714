# The same import, several times.
import math
from abc import abstractmethod
from collections import deque


class Shape:
    @abstractmethod
    def area(self):
        pass


import math
from abc import abstractmethod
from collections import deque


class Round(Shape):
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        import math
        import math

        return math.pi * self.radius**2

    @abstractmethod
    def other(self):
        pass


print(round(Shape.area(None) or 1.5, 2), math.floor(2.5), deque([1, 2]))


def both(flag):
    if flag:
        from math import sqrt
    else:
        from math import sqrt
    return sqrt(9)


print(both(True), both(False))
