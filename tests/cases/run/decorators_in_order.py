"""Decorators are made from the top, then defaults are evaluated, then they are applied from below."""

log: list[str] = []


def told(text: str) -> str:
    log.append(text)
    return text


def deco(name: str):
    log.append("make " + name)

    def wrap(f):
        log.append("apply " + name)
        return f

    return wrap


def counted(limit: int):
    def wrap(f):
        count = 0

        def inner(x):
            nonlocal count
            count += 1
            return f(x) if count <= limit else -count

        return inner

    return wrap


def plain(f):
    log.append("plain")
    return f


@deco("a")
@deco("b")
def first(x=told("default")):
    return x


@deco(told("argument"))
def second(x=told("another default")):
    return x + "!"


@plain
@deco("c")
@plain
def third(x):
    return x * 2


@counted(2)
@counted(3)
def fourth(x):
    return x + 1


@deco("d")
def fifth(x):
    return x - 1


print(first(), second(), third(4), [fourth(i) for i in range(4)], fifth(1))
for line in log:
    print(line)
