"""A decorator that turns a function into a registry by type."""

import functools


@functools.singledispatch
def show(x: object) -> str:
    return "object"


print(show(1))  # refuse: PT205
