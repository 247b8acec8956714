"""A contextmanager as a decorator."""

from contextlib import contextmanager


@contextmanager
def tag(name, *, end="/"):
    print("<", name)
    try:
        yield name
    except ValueError as error:
        print("swallowed", error)
    finally:
        print(end, name)


@tag("greet")
def greet(who, times=2):
    """Says hello."""
    for _ in range(times):
        print("hello", who)
    return len(who)


@tag("outer")
@tag("inner", end="|")
def fail():
    raise ValueError("no")


class Page:
    @tag("page")
    def show(self):
        print("page")


print(greet("ann"), greet("bob", times=1), greet.__name__, greet.__doc__)
print(fail())
Page().show()
try:
    with tag("t"):
        raise KeyError("k")
except KeyError as error:
    print("passed on", error)


@contextmanager
def either(value, *more, **named):
    if value:
        try:
            yield value
        except ZeroDivisionError:
            print("divided by zero")
    else:
        with either(1, *more, **named) as inner:
            yield (inner, more, named)


class Counter:
    def __init__(self):
        self.depth = 0

    @contextmanager
    def nested(self, label="x"):
        for _ in range(1):
            self.depth += 1
            yield self.depth, label
            self.depth -= 1


@contextmanager
def never():
    if len("x") > 1:
        yield 1


with either(2) as got:
    print(got, 1 // 0)
with either(0, "a", key=3) as got:
    print(got)
counter = Counter()
with counter.nested() as a, counter.nested("y") as b:
    print(a, b, counter.depth)
print(counter.depth)
try:
    with never():
        pass
except RuntimeError as error:
    print(error)
try:
    with either(5):
        raise OSError("through")
except OSError as error:
    print(repr(error))
