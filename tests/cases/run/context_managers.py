"""with: enter and exit order, exceptions swallowed or passed, several managers."""

from contextlib import contextmanager


class Section:
    def __init__(self, name: str, swallow: bool = False) -> None:
        self.name = name
        self.swallow = swallow

    def __enter__(self) -> "Section":
        print("enter", self.name)
        return self

    def __exit__(self, exc_type, exc, tb) -> bool:
        print("exit", self.name, exc_type.__name__ if exc_type else None, exc)
        return self.swallow


with Section("a") as s:
    print("body", s.name)
with Section("outer"), Section("inner", True) as inner:
    print(inner.name)
    raise ValueError("swallowed")
print("continues")
try:
    with Section("passes"):
        [][1]
except IndexError as e:
    print("caught", e)


def early() -> int:
    with Section("ret"):
        return 5


def loop():
    for i in range(3):
        with Section(f"loop{i}"):
            if i == 0:
                continue
            break
    return i


print(early(), loop())


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except KeyError as e:
        print("handled", e)
    finally:
        print(f"</{name}>")


with tag("p") as t, tag("b"):
    print(t)
with tag("err"):
    raise KeyError("k")
try:
    with tag("up"):
        raise RuntimeError("through")
except RuntimeError as e:
    print("outside", e)


class Stack:
    depth = 0

    def __enter__(self):
        Stack.depth += 1
        return Stack.depth

    def __exit__(self, *exc):
        Stack.depth -= 1


stack = Stack()
with stack as one:
    with stack as two:
        print(one, two, Stack.depth)
print(Stack.depth)
with Section("p1") as p1, Section("p2") as p2:
    print(p1.name + p2.name)
