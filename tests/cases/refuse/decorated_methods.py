"""Decorators in class bodies that nothing writes out."""

import contextlib

registered = []


def register(f):
    registered.append(f.__name__)
    return f


def twice(f):
    def w(*a):
        return 2 * f(*a)

    return w


class A:
    @property
    @register  # refuse: PT205
    def p(self):
        return 1

    @register  # refuse: PT205
    def m(self):
        return 2

    @staticmethod
    @twice  # refuse: PT205
    def s(x):
        return x

    @staticmethod
    @contextlib.contextmanager  # refuse: PT205
    def cm(x):
        yield x


print(registered)
