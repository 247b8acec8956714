"""Positional, keyword, default, star, keyword-only and positional-only arguments."""


def greet(name, greeting="Hello", punctuation="!"):
    return f"{greeting}, {name}{punctuation}"


def area(width: float, height: float = 1, *, scale: int = 1, unit: str = "m") -> str:
    return f"{width * height * scale}{unit}"


def total(*numbers: int, start: int = 0) -> int:
    for n in numbers:
        start += n
    return start


def describe(title, *tags, sep=", ", **attrs):
    pairs = [f"{k}={v}" for k, v in attrs.items()]
    return title + ": " + sep.join(list(tags) + pairs)


def divide(a, b, /, *, exact=False):
    return a / b if exact else a // b


def nothing():
    pass


def early(n):
    if n > 0:
        return
    print("reached", n)


print(
    greet("Ann"), greet("Bob", "Hi"), greet("Cy", punctuation="?"), greet(greeting="Yo", name="Di")
)
print(area(2), area(2, 3), area(2.5, scale=2), area(height=4, width=1, unit="cm"))
print(total(), total(1), total(1, 2, 3), total(*[4, 5], start=10), total(*range(5)))
print(
    describe("t"),
    describe("t", "a", "b"),
    describe("t", "a", x=1, y="z"),
    describe("t", sep="; ", q=2),
)
args = ("Eve", "Hey")
options = {"punctuation": "..."}
print(greet(*args), greet(*args, **options), greet("F", **{"greeting": "Bye"}))
print(divide(7, 2), divide(7, 2, exact=True))
print(nothing(), early(1), early(-1))


def counter(start=[]):
    start.append(len(start))
    return start


print(counter(), counter(), counter([9]), counter())
base = 10


def late_default(x=base):
    return x + base


base = 20
print(late_default(), late_default(1))


def fact(n: int) -> int:
    """The factorial of n."""
    return 1 if n <= 1 else n * fact(n - 1)


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print(fact(10), is_even(10), is_odd(7), fact.__name__)
