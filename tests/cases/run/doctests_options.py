"""Options of examples; names that examples bind are their own."""

from doctest import IGNORE_EXCEPTION_DETAIL, NORMALIZE_WHITESPACE, testmod

count = 10


def add(n: int) -> int:
    """
    >>> count = 3
    >>> add(count)
    13
    >>> import math
    >>> math.floor(2.5)
    2
    >>> def twice(x): return add(x) * 2
    >>> twice(1)
    22
    >>> add("x")
    Traceback (most recent call last):
    TypeError: whatever
    >>> {"a": 1,   "b": add(0)}
    {'a':  1, 'b':
     10}
    >>> add(True) == 11
    1
    """
    return count + n


if __name__ == "__main__":
    print(testmod(optionflags=IGNORE_EXCEPTION_DETAIL | NORMALIZE_WHITESPACE), count)
