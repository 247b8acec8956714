# Functions of math as values take ints as they are; decorated twice with its name in a variable.
import math


def attempt(f, *args):
    try:
        return f(*args)
    except (TypeError, ValueError, OverflowError) as e:
        return f"{type(e).__name__}: {e}"


numbers = [10**30, -(10**30), -2.5, 3, True, 0]
print([attempt(f, v) for f in (math.floor, math.ceil, math.trunc) for v in numbers])
print([attempt(math.log2, v) for v in (8, 2**100, 0.5)], [attempt(math.sqrt, v) for v in (4, -1)])
kept = {"floor": math.floor, "log": math.log}
print(kept["floor"](10**25), kept["log"](10**400), list(map(math.floor, [1.5, 10**30])))
print(hasattr(int, "__iter__"), hasattr(list, "__iter__"), hasattr(str, "upper"))


def times(n):
    def wrap(f):
        calls = []

        def inner(*args, **named):
            calls.append((args, named))
            return f(*args, **named) * n, len(calls)

        return inner

    return wrap


def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x

    return run


print(compose(lambda x: x + 1, lambda x: x * 2)(3))


@times(3)
@times(2)
def f(x, *, y=1):
    return x + y


try:
    print(f(1), f(2, y=5))
except TypeError as e:
    print(e)
