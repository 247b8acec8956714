"""A type made of a class and its parameters, kept as a value."""

from types import GenericAlias
from typing import Generic, TypeVar

T = TypeVar("T")


class Box:
    __class_getitem__ = classmethod(GenericAlias)


class Stack(Generic[T]):
    pass


print(Box[int])  # refuse: PT206
print(Stack[str])  # refuse: PT206
