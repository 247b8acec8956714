"""`__new__` where it makes more than an instance of a class of the program."""

import copy


class Pair(tuple):
    def __new__(cls, a, b):  # refuse: PT206
        return tuple.__new__(cls, (a, b))


class Plain:
    def __new__(cls, value):
        return object.__new__(cls, value)  # refuse: PT204

    def twin(self):
        return copy.copy(self)  # refuse: PT203


class Other:
    pass


def made(cls):
    return object.__new__(cls)  # refuse: PT204


print(Plain(1), made(Plain), made(Other), Plain(2).twin())
