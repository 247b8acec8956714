"""Generators and coroutines of which nothing but the kind is left."""


def a():
    if False:
        yield 1


def b():
    pass
    yield from ()


def c():
    global x
    if 0:
        yield


def d():
    "doc"
    while False:
        yield 2


async def e():
    pass


async def f():
    "doc"
    if False:
        await e()


print(list(a()), list(b()), list(c()), list(d()))
import asyncio

print(asyncio.run(e()), asyncio.run(f()))
