"""A suspended generator is closed where its last reference goes in CPython."""


def count(start):
    try:
        yield start
        yield start + 1
    finally:
        print("closed", start)


def consume(g):
    print("consume", next(g))


def two():
    a = count(1)
    next(a)
    b = count(2)
    next(b)
    print("end of two")


def rebound():
    walk = count(6)
    print(next(walk))
    walk = count(44)
    print(next(walk))


def moved():
    g = count(3)
    consume(g)
    print("after consume")


def keep(items):
    print("keep", len(items))


def listed():
    gs = [count(4), count(5)]
    for g in gs:
        next(g)
    keep(gs)
    print("after keep")


class Holder:
    def __init__(self, g):
        self.g = g


def held():
    h = Holder(count(6))
    next(h.g)
    h = None
    print("after none")
    k = Holder(count(7))
    next(k.g)
    consume(k.g)
    print("end of held")


def dropped():
    g = count(8)
    next(g)
    del g
    print("after del")
    next(count(9))
    print("after temp")


def loop():
    for i in range(3):
        g = count(10 + i)
        next(g)
        print("in loop", i)
    print("after loop")


def early():
    for x in count(20):
        print("x", x)
        break
    print("after break")
    for x in count(21):
        return x


def raising():
    g = count(30)
    next(g)
    raise ValueError("r")


def catching():
    try:
        raising()
    except ValueError as e:
        print("caught", e)
    print("after catch")


def targets():
    for g in [count(1), count(2)]:
        next(g)
    print("after targets")


def maybe(flag):
    if flag:
        a = count(3)
        next(a)
    b = count(4)
    next(b)
    if flag:
        print(next(a))
    print("end maybe")


def outer(n):
    a = count(n)
    next(a)
    b = count(n + 1)
    yield next(b)
    yield next(a)
    print("outer ends")


def half():
    o = outer(10)
    print(next(o))
    print("half")


def whole():
    o = outer(20)
    print(list(o))
    print("whole")


def returned():
    a = count(30)
    next(a)
    b = count(31)
    next(b)
    return b


def swap():
    a, b = count(40), count(41)
    next(a), next(b)
    a, b = b, a
    print("swapped")


def nested_with():
    g = count(60)
    try:
        next(g)
        raise KeyError("k")
    except KeyError as e:
        print("handled", e)
    g = 5
    print("rebound", g)
    while g:
        h = count(g)
        next(h)
        g -= 4
        if g < 0:
            break
    print("end nested")


two()
rebound()
moved()
listed()
held()
dropped()
loop()
print(early())
catching()
g = count(40)
next(g)
g = None
print("module")
g = count(41)
next(g)
g = None
targets()
maybe(True)
maybe(False)
half()
whole()
r = returned()
print("returned")
r = None
swap()
nested_with()
held = count(70)


def use():
    return next(held)


print(use())
print("end")


def names_of_ours(items):
    result, error, value = [count(n) for n in items]
    print(next(result), next(error), next(value))
    return int("x" * len(items))


try:
    names_of_ours([80, 81, 82])
except ValueError as error:
    print(error)
