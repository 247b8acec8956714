"""Names of constants that are no literals."""


def f(x=...):
    if x is ...:
        return "all"
    return x


def g(x):
    return x is Ellipsis, x == Ellipsis


if __debug__:
    print("debug")
assert __debug__
print(f(), f(1), f(Ellipsis), g(...), g(2), [Ellipsis, 1])
