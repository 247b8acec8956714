"""Branches that one Python only has, methods that take anything by special names, and methods
read from a class that is a value."""

import sys
import typing
from sys import version_info as python

if sys.version_info >= (3, 8):

    def newer(x: int) -> str:
        return f"newer {x}"

else:

    def newer(x: int) -> str:
        return "older"


if python[0] < 3 or not python.major == 3:
    print("two")
elif sys.version_info[:2] != (2, 7):
    print("three")


class Key:
    if typing.TYPE_CHECKING:

        def key(self) -> int: ...

    if sys.version_info < (3, 3):

        def __hash__(self):
            return unicode(self)  # noqa: F821

    elif sys.version_info >= (3, 5):

        def shown(self):
            return f"key {self.key()}"


class Small(Key):
    def key(self):
        return 3


print(newer(1), Small().shown())


class Undefined:
    def __init__(self, name):
        self.name = name

    def _fail(self, *args, **kwargs):
        raise ValueError(f"{self.name} is undefined: {len(args)}")

    __add__ = __radd__ = __sub__ = _fail
    __getitem__ = _fail
    __lt__ = _fail

    def __str__(self):
        return ""


class Strict(Undefined):
    __str__ = __len__ = Undefined._fail


for act in (
    lambda u: u + 1,
    lambda u: 1 + u,
    lambda u: u - 1,
    lambda u: u["k"],
    lambda u: u < u,
    lambda u: str(u),
    lambda u: len(u),
):
    for made in (Undefined("a"), Strict("b")):
        try:
            print(repr(act(made)))
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)


class Generator:
    def __init__(self, name):
        self.name = name

    def visit(self, depth=0):
        return f"{self.name}:{depth}"

    def plain(self):
        return f"plain {self.visit(1)}"


class Native(Generator):
    def visit(self, depth=0):
        return f"<{self.name}:{depth}>"


class Environment:
    generator_class = Generator

    def generate(self, name):
        made = self.generator_class(name)
        return made.plain(), self.generator_class.visit(made, depth=2)


class NativeEnvironment(Environment):
    generator_class = Native


native = Native("n")
for environment in (Environment(), NativeEnvironment()):
    print(environment.generate("x"))
for kind in (Generator, Native):
    print(kind.visit(native), kind.visit(native, 4), kind.plain(native))
