"""A decorator that turns a function into a registry by type."""
import functools


@functools.singledispatch  # refuse: PT205
def show(x: object) -> str:
    return "object"


print(show(1))
