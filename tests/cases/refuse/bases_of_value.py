"""The bases of a class that only the running program knows."""


class A:
    pass


class B(A):
    pass


def bases(x):
    return type(x).__bases__  # refuse: PT206


print(bases(A()), bases(B()), bases(3), B.__bases__[0].__name__)
