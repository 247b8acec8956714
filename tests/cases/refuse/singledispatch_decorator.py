"""A registry by type whose registrations are asked for."""

import functools


@functools.singledispatch
def show(x: object) -> str:
    return "object"


print(len(show.registry))  # refuse: PT205
