"""Abstract bases, protocols asked at run time, diamonds, keyword arguments passed up."""

from abc import ABC, abstractmethod
from typing import Protocol, runtime_checkable


class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def describe(self):
        return f"{self.name}: {self.area():.2f}"


class Sq(Shape):
    def __init__(self, s):
        self.s = s

    def area(self):
        return self.s**2

    @property
    def name(self):
        return "square"


class Half(Shape):
    def area(self):
        return 0


print(Sq(2).describe())
for c in (Shape, Half):
    try:
        c()
    except TypeError as e:
        print(e)


@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...


class Bag:
    def __len__(self):
        return 3


print(isinstance(Bag(), HasLen), isinstance([], HasLen), isinstance(3, HasLen))


class A:
    def go(self):
        return ["A"]


class B(A):
    def go(self):
        return ["B"] + super().go()


class C(A):
    def go(self):
        return ["C"] + super().go()


class D(B, C):
    def go(self):
        return ["D"] + super().go()


print(D().go(), [c.__name__ for c in D.__mro__], B().go())


class Base:
    def __init__(self, **kw):
        print("Base", kw)


class L(Base):
    def __init__(self, l=1, **kw):
        super().__init__(**kw)
        self.l = l


class R(Base):
    def __init__(self, r=2, **kw):
        super().__init__(**kw)
        self.r = r


class LR(L, R):
    def __init__(self, **kw):
        super().__init__(**kw)


x = LR(l=5, r=6)
print(x.l, x.r)
print(issubclass(D, A), isinstance(D(), (B, int)), D.__bases__)
