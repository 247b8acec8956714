"""Source text and signatures at run time."""

import inspect  # refuse: PT103


def add(a: int, b: int) -> int:
    return a + b


print(inspect.getsource(add))  # refuse: PT103
