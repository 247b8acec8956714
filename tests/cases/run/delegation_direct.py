"""Calls of coroutines and generators that another one runs in its own place."""


async def fib(n: int) -> int:
    if n <= 1:
        return n
    return await fib(n - 1) + await fib(n - 2)


class Suspend:
    def __init__(self, tag):
        self.tag = tag

    def __await__(self):
        got = yield self.tag
        return got


async def leaf(tag, loud):
    try:
        got = await Suspend(tag)
        print("leaf got", got)
        return got
    except GeneratorExit as error:
        print("leaf exit", error.args, loud)
        if loud == "return":
            return "swallowed"
        if loud == "yield":
            await Suspend("again")
        if loud == "other":
            raise ValueError("instead")
        raise
    except ValueError as error:
        print("leaf caught", error)
        return "from error"
    finally:
        print("leaf done")


async def middle(tag, loud):
    try:
        value = await leaf(tag, loud)
        print("middle has", value)
        return value
    except BaseException as error:
        print("middle", type(error).__name__, error.args)
        raise
    finally:
        print("middle done")


async def root(loud):
    out = []
    for tag in range(3):
        out.append(await middle(tag, loud))
    return out


def drive(loud, actions):
    coro = root(loud)
    try:
        for name, value in actions:
            if name == "send":
                print("->", coro.send(value))
            elif name == "throw":
                print("->", coro.throw(value))
            else:
                print("close", coro.close())
    except StopIteration as stop:
        print("result", stop.value)
    except BaseException as error:
        print("ended", type(error).__name__, error.args)


drive("", [("send", None), ("send", 1), ("send", 2), ("send", 3)])
drive("", [("send", None), ("throw", ValueError("x")), ("send", 2), ("send", 3)])
drive("", [("send", None), ("throw", KeyError("k"))])
for loud in ("", "return", "yield", "other"):
    print("--", repr(loud))
    drive(loud, [("send", None), ("send", 1), ("close", None)])
    drive(loud, [("send", None), ("throw", GeneratorExit("g", 1))])
drive("", [("send", None), ("throw", StopIteration(7))])
drive("", [("send", 5)])
drive("", [("throw", KeyError("early"))])
drive("", [("close", None), ("send", None)])


async def stops():
    raise StopIteration("inside")


async def asks():
    try:
        await stops()
    except RuntimeError as error:
        print("asks", error, repr(error.__cause__))
        raise


c = asks()
try:
    c.send(None)
except RuntimeError as error:
    print(error, type(error.__cause__))


async def down(n):
    if n == 0:
        return 0
    return 1 + await down(n - 1)


async def down_suspending(n):
    if n == 0:
        await Suspend("bottom")
        return 0
    return 1 + await down_suspending(n - 1)


for function in (down, down_suspending):
    for depth in (10, 300, 5000):
        c = function(depth)
        try:
            print(c.send(None))
            c.send(None)
        except StopIteration as stop:
            print("depth", stop.value)
        except RecursionError as error:
            print("too deep", str(error)[:32])

try:
    fib(20).send(None)
except StopIteration as stop:
    print(stop.value)


async def once(x):
    return [x]


async def several():
    later = once(1)
    first = await once(0)
    print(first, await later)
    try:
        await later
    except RuntimeError as error:
        print(error)
    return [await once(i) for i in range(3)], {k: await once(k) for k in "ab"}


try:
    several().send(None)
except StopIteration as stop:
    print(stop.value)


async def args(a, b=2, *rest, k=3, **named):
    return a, b, rest, k, named


async def calls():
    print(await args(1))
    print(await args(1, 5, 6, 7, k=8, z=9))
    values = [1, 2]
    print(await args(*values, **{"q": 1}))
    return await args(b=1, a=0)


try:
    calls().send(None)
except StopIteration as stop:
    print(stop.value)


class Node:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def walk(self):
        if self.left is not None:
            yield from self.left.walk()
        yield self.value
        if self.right is not None:
            yield from self.right.walk()

    async def total(self):
        out = self.value
        if self.left is not None:
            out += await self.left.total()
        if self.right is not None:
            out += await self.right.total()
        return out


tree = Node(4, Node(2, Node(1), Node(3)), Node(6, Node(5)))
print(list(tree.walk()))
try:
    tree.total().send(None)
except StopIteration as stop:
    print(stop.value)


def counter(n):
    total = 0
    for i in range(n):
        got = yield i
        total += got or 0
    return total


def twice(n):
    first = yield from counter(n)
    second = yield from counter(n + 1)
    return first, second


g = twice(2)
print(next(g), g.send(10), g.send(20), next(g), g.send(5))
try:
    g.send(6)
except StopIteration as stop:
    print(stop.value)
g = twice(2)
print(next(g))
try:
    g.throw(KeyError("t"))
except KeyError as error:
    print("through", error)
print(list(g))


def guarded(name):
    try:
        yield name
        yield name * 2
    finally:
        print("closing", name)


def both():
    try:
        yield from guarded("a")
        yield from guarded("b")
    finally:
        print("closing both")


for item in both():
    print(item)
    if item == "b":
        break
print("after")
g = both()
next(g)
del g
print("dropped")


async def loop_forever(n):
    while True:
        await loop_forever(n)


try:
    loop_forever(1).send(None)
except RecursionError as error:
    print("deep", error)


def wrong():
    x = yield from fib(3)
    return x


try:
    print(list(wrong()))
except TypeError as error:
    print(error)


async def wrong2():
    return await counter(2)


try:
    wrong2().send(None)
except TypeError as error:
    print(error)
