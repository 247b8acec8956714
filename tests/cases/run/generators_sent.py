"""send, throw, close, and what yield from gives."""


def acc():
    total = 0
    while True:
        x = yield total
        if x is None:
            break
        total += x
    return total * 10


g = acc()
print(next(g), g.send(5), g.send(7))
try:
    g.send(None)
except StopIteration as e:
    print("ret", e.value)


def inner():
    r = yield 1
    print("got", r)
    try:
        yield 2
    except ValueError as e:
        print("inner caught", e)
        yield 99
    finally:
        print("inner fin")
    return "res"


def outer():
    v = yield from inner()
    print("v", v)
    w = yield from [7, 8]
    print("w", w)
    return v + "!"


g = outer()
print(next(g), g.send("hey"), g.throw(ValueError("oops")))
print(list(g))
g = inner()
next(g)
g.send(1)
g.close()
try:
    next(g)
except StopIteration:
    print("stopped")


def bad():
    try:
        yield 1
    except GeneratorExit:
        yield 2


b = bad()
next(b)
try:
    b.close()
except RuntimeError as e:
    print(e)


def avg():
    t = 0.0
    n = 0
    a = None
    while True:
        x = yield a
        t += x
        n += 1
        a = t / n


co = avg()
next(co)
for x in (10, 20, 30):
    print(co.send(x))
co.close()
g = acc()
try:
    g.send(3)
except TypeError as e:
    print(e)
g = acc()
next(g)
try:
    g.throw(KeyError("z"))
except KeyError as e:
    print("KE", e)


def chain():
    return (yield from sub(3))


def sub(n):
    for i in range(n):
        yield i
    return n


def driver():
    r = yield from chain()
    yield ("result", r)


print(list(driver()))


def consumer():
    print("ready")
    try:
        while True:
            item = yield
            print("item", item)
    except GeneratorExit:
        print("closing")


c = consumer()
next(c)
c.send("a")
c.send("b")
c.close()
print(type(c).__name__)
