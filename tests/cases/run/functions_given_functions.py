"""Functions that are given functions, and tuples that are taken apart at once."""

from collections.abc import Callable

log: list[str] = []


def square(x: int) -> int:
    return x * x


def half(x: int) -> int:
    log.append(f"half {x}")
    return x // 2


def broken(x: int) -> int:
    return 10 // (x - 2)


def apply(f: Callable[[int], int], xs: list[int]) -> list[int]:
    return [f(x) for x in xs]


def twice(f: Callable[[int], int], g: Callable[[int], int], x: int) -> int:
    def inner(y: int) -> int:
        return g(f(y))

    return f(inner(x)) if x else g(x)


def kept(f: Callable[[int], int]) -> Callable[[int], int]:
    return f


def again(f: Callable[[int], int], n: int) -> int:
    return f(n) if n < 3 else again(f, n - 1) + 1


def chosen(flag: bool) -> int:
    f = square if flag else half
    return once(f, 9)


def once(f: Callable[[int], int], x: int) -> int:
    return f(x)


def product(pair: tuple[int, int]) -> int:
    a, b = pair
    return a * b


def swapped(pair: tuple[int, str]) -> tuple[str, int]:
    return pair[1], pair[0]


def whole(pair: tuple[int, int]) -> tuple[int, int]:
    return pair if pair[0] else (0, 0)


def over(f: Callable[[tuple[int, int]], int], n: int) -> list[int]:
    return [f((i, n)) for i in range(n)]


def noisy(x: int) -> int:
    log.append(f"noisy {x}")
    return x


class Grid:
    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.cells = [0] * (width * height)

    def __getitem__(self, at: tuple[int, int]) -> int:
        x, y = at
        if not 0 <= x < self.width:
            raise IndexError(x)
        return self.cells[y * self.width + x]

    def __setitem__(self, at: tuple[int, int], value: int) -> None:
        x, y = at
        self.cells[y * self.width + x] = value


def later(pair: tuple[int, int]) -> Callable[[], int]:
    return lambda: pair[0] + pair[1]


def main() -> None:
    print(apply(square, [1, 2, 3]), apply(half, [4, 5]), log)
    try:
        print(apply(broken, [1, 2, 3]))
    except ZeroDivisionError as error:
        print(error)
    print(twice(square, half, 5), twice(half, square, 6), twice(square, square, 0))
    print(kept(square)(7), again(square, 5), chosen(True), chosen(False), once(square, 2**40))
    print(product((noisy(3), noisy(4))), product((2**40, 2**40)), swapped((1, "a")))
    print(whole((0, 5)), whole((1, 5)), over(product, 4), log)
    g = Grid(3, 2)
    g[1, 1] = 5
    g[0, 1] += 2
    at = (1, 1)
    print(g[at], g[0, 1], g.cells, later((3, 4))())
    try:
        print(g[7, 0])
    except IndexError as error:
        print("index", error)
    try:
        g[noisy(2), 9] = noisy(1)
    except IndexError as error:
        print(error, log[-2:])


main()
