"""Functions passed, returned and stored; lambdas; map, filter, sorted keys."""

from typing import Callable


def apply(f: Callable[[int], int], x: int) -> int:
    return f(x)


def compose(f, g):
    return lambda x: f(g(x))


def repeat(f: Callable[[int], int], times: int) -> Callable[[int], int]:
    def run(x: int) -> int:
        for _ in range(times):
            x = f(x)
        return x

    return run


def double(x: int) -> int:
    return x * 2


def inc(x: int) -> int:
    return x + 1


print(apply(double, 5), apply(lambda n: n - 1, 5), apply(abs, -3))
print(compose(double, inc)(3), compose(inc, double)(3), compose(str, inc)(9))
print(repeat(double, 8)(1), repeat(inc, 0)(7))
operations: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
for symbol, operation in operations.items():
    print(symbol, operation(6.0, 4.0))
steps = [double, inc, double]
value = 1
for step in steps:
    value = step(value)
print(value)
print(
    list(map(double, [1, 2, 3])),
    list(filter(lambda n: n % 2, range(8))),
    list(map(lambda a, b: a + b, [1, 2], [10, 20])),
)
print(
    sorted(["bb", "a", "ccc"], key=len, reverse=True),
    max([3, -7, 5], key=abs),
    min("aB", key=str.lower),
)
adders = [lambda x, n=n: x + n for n in range(3)]
late = [lambda x: x + n for n in range(3)]
print([f(10) for f in adders], [f(10) for f in late])
print((lambda *a, k=1: sum(a) * k)(1, 2, 3, k=2))
choose = double if value > 5 else inc
print(choose(100), list(map(len, ["a", "bcd"])), list(map(int, "1 2 3".split())))
people = [("Zed", 30), ("Amy", 25), ("Bob", 30)]
people.sort(key=lambda p: (-p[1], p[0]))
print(people)
