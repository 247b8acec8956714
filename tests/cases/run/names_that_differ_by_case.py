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
