"""Attributes of a function's code object."""


def add(a: int, b: int) -> int:
    return a + b


print(add.__code__.co_varnames)  # refuse: PT206
