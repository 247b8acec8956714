"""Functions that are named before their `def` has run."""


def first():
    return second() + 1


table = {"second": lambda: second(), "first": first}
for name in ("first", "second"):
    try:
        print(table[name]())
    except NameError as error:
        print(type(error).__name__, error)
try:
    print(list(map(later, [1])))
except NameError as error:
    print(error)


def second():
    return 1


def later(n):
    return n if n < 1 else later(n - 1) + 2


print(table["first"](), table["second"](), list(map(later, [1, 2])))
