"""Examples in docstrings, run by the program itself.

>>> total = sum(SIZES)
>>> total
6
>>> for size in SIZES:
...     if size > 1:
...         size * 10
20
30
"""

import doctest
from functools import lru_cache

SIZES = [1, 2, 3]


class EmptyError(Exception):
    pass


def double(x):
    """
    >>> double(2)
    4
    >>> double("ab"), double([1])
    ('abab', [1, 1])
    >>> result = double(1.5); print(result)
    3.0
    >>> double(None)
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    """
    return x * 2


def first(items: list[int]) -> int:
    """The first.

    >>> first([3, 4])
    3
    >>> first([])
    Traceback (most recent call last):
    EmptyError: nothing
    >>> try:
    ...     first([])
    ... except EmptyError as error:
    ...     print("caught", error)
    caught nothing
    """
    if not items:
        raise EmptyError("nothing")
    return items[0]


@lru_cache(maxsize=None)
def fib(n: int) -> int:
    """
    >>> [fib(i) for i in range(8)]
    [0, 1, 1, 2, 3, 5, 8, 13]
    >>> fib(100) > 10**20
    True
    """
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def show(text: str) -> None:
    """
    >>> show("a")
    <a>
    <BLANKLINE>
    >>> show("long text") # doctest: +ELLIPSIS
    <long ...>
    <BLANKLINE>
    >>> print("a   b") # doctest: +NORMALIZE_WHITESPACE
    a b
    >>> show("skipped") # doctest: +SKIP
    no
    >>> None
    """
    print(f"<{text}>\n")


class Stack:
    """
    >>> s = Stack()
    >>> s.push(1)
    >>> s.push("two")
    >>> s
    Stack([1, 'two'])
    >>> s.pop(), len(s)
    ('two', 1)
    """

    def __init__(self):
        self.items = []

    def push(self, item):
        """
        >>> Stack().push(3)
        """
        self.items.append(item)

    def pop(self):
        """
        >>> Stack().pop()
        Traceback (most recent call last):
        ...
        IndexError: pop from empty list
        """
        return self.items.pop()

    def __len__(self):
        return len(self.items)

    def __repr__(self):
        return f"Stack({self.items!r})"

    @property
    def top(self):
        """
        >>> s = Stack(); s.push(5); s.top
        5
        """
        return self.items[-1]

    @staticmethod
    def of(*items):
        """
        >>> Stack.of(1, 2).pop()
        2
        """
        made = Stack()
        for item in items:
            made.push(item)
        return made


if __name__ == "__main__":
    print(doctest.testmod())
    result = doctest.testmod(optionflags=doctest.ELLIPSIS)
    print(result.failed, result.attempted, double(4), first([9]))
