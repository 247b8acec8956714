"""Classes that are registered with an abstract class of the program."""

from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    def told(self) -> str:
        return f"{type(self).__name__} of {self.area()}"


class Foreign:
    def area(self):
        return 1


Shape.register(Foreign)


@Shape.register
class Other:
    def area(self):
        return 2


class Below(Other):
    pass


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


def describe(x: object) -> str:
    if isinstance(x, Shape):
        return f"shape {x.area()}"
    return "no shape"


for thing in (Foreign(), Other(), Below(), Square(3), 3, "text", None):
    print(describe(thing))
print(issubclass(Foreign, Shape), issubclass(Below, Shape), issubclass(int, Shape))
print(isinstance(Other(), (int, Shape)), Square(2).told())
try:
    Shape()
except TypeError as error:
    print(error)
