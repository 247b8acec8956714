"""Several closures over the same cells; cells of loops, of parameters and of comprehensions."""


def make(n):
    total = 0
    history = []

    def add(k):
        nonlocal total, n
        total += k
        n -= 1
        history.append((k, total))
        return n > 0

    def undo():
        nonlocal total
        if history:
            k, _ = history.pop()
            total -= k
        return total

    def state():
        return n, total, list(history)

    return add, undo, state


add, undo, state = make(3)
print(add(5), add(7), add(-2), state())
print(undo(), undo(), undo(), undo(), state())


def deep():
    level = 0

    def one():
        nonlocal level
        level += 1

        def two():
            nonlocal level
            level += 10

            def three():
                nonlocal level
                level += 100
                return level

            return three

        return two

    return one, lambda: level


one, level = deep()
two = one()
three = two()
print(three(), three(), level(), one()()(), level())


def accumulator():
    values = []

    def push(v):
        values.append(v)
        return sum(values) / len(values)

    return push


p, q = accumulator(), accumulator()
print(p(1), p(2), q(10), p(6))


def parameters(a, b=2, *rest, c=3, **more):
    def show():
        return a, b, rest, c, sorted(more)

    a += 1
    c *= 2
    return show


print(parameters(1)(), parameters(1, 5, 6, 7, c=1, z=0)())


def fibonacci():
    a, b = 0, 1

    def step():
        nonlocal a, b
        a, b = b, a + b
        return a

    return step


f = fibonacci()
print([f() for _ in range(15)])
callbacks = {}
for name in ("x", "y"):

    def handler(event, name=name):
        return f"{name}:{event}"

    callbacks[name] = handler
print(callbacks["x"]("go"), callbacks["y"]("stop"))


def once(func):
    done = False
    value = None

    def wrapper():
        nonlocal done, value
        if not done:
            value = func()
            done = True
        return value

    return wrapper


calls = []
load = once(lambda: calls.append("loaded") or len(calls))
print(load(), load(), calls)
