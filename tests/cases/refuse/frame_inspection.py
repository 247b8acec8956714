"""The caller's name from its frame."""

import sys


def caller() -> str:
    return sys._getframe(1).f_code.co_name  # refuse: PT203


def outer() -> str:
    return caller()


print(outer())
