x = 1
X = "two"


class Foo:
    pass


class FOO:
    def getX(self) -> int:
        return 1

    def get_x(self) -> int:
        return 2


def doIt() -> int:
    return x


def do_it() -> str:
    return X


def g() -> None:
    global x
    x += 1


g()
print(doIt(), do_it(), FOO().getX(), FOO().get_x(), Foo is FOO, type(Foo()).__name__)


def LU(lu: list[int]) -> int:
    return sum(lu)


def total() -> int:
    lu = [1, 2, 3]
    return LU(lu)


print(total(), LU([4]))


def outer() -> int:
    def inner() -> int:
        return 7

    outer_inner = inner()
    return outer_inner + inner()


print(outer())
