"""What makes instances is given functions, tuples, small ints and large ones."""

from collections.abc import Callable


def double(x: int) -> int:
    return x * 2


class Base:
    def __init__(self, f: Callable[[int], int], at: tuple[int, int]) -> None:
        x, y = at
        self.value = f(x) + y


class Derived(Base):
    def __init__(self, n: int) -> None:
        super().__init__(double, (n, 1))
        self.n = n

    def grow(self) -> int:
        self.value *= self.value
        self.n += 1
        return self.value


class Failed(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


for big in (1, 5, 2**70):

    def read() -> int:
        return big + 1

    print(read())

print(Base(double, (3, 4)).value, Derived(5).value)
d = Derived(6)
print([d.grow() for _ in range(8)], d.n)
try:
    raise Failed(7)
except Failed as error:
    print(error.code + 1, error.args, error)
kind = Failed
try:
    raise kind(2**80)
except Failed as error:
    print(error.code + 1)
maker: Callable[[int], Derived] = Derived
print(maker(2**65).n, [m(2).value for m in (Derived, Derived)])
while (walrus := d.n) < 20:
    d.n += 5
print(walrus, [walrus := walrus * 2**40 for _ in range(2)])


def deep() -> int:
    return walrus + big


print(deep())
