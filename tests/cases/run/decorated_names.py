"""Decorators see the name that a function is defined with."""


def deco(tag):
    print("deco", tag)

    def wrap(f):
        print("wrap", tag, f.__name__)
        return f

    return wrap


@deco("f")
@deco("g")
def f(a=1):
    return a


def plain(g):
    def wrapper(*args):
        return g(*args)

    return wrapper


@plain
def h(a):
    return a


print(f(2), f())
held = [f, h]
print([g.__name__ for g in held], h.__name__)
