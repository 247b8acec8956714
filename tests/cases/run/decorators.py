"""Function decorators: wrappers, arguments, stacking, registries, caching."""

import functools


def traced(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        print("call", func.__name__, args, kwargs)
        result = func(*args, **kwargs)
        print("return", result)
        return result

    return wrapper


def repeat(times):
    def decorate(func):
        def wrapper(x):
            for _ in range(times):
                x = func(x)
            return x

        return wrapper

    return decorate


registry = {}


def register(name):
    def decorate(func):
        registry[name] = func
        return func

    return decorate


def memoize(func):
    cache = {}

    def wrapper(n):
        if n not in cache:
            cache[n] = func(n)
        return cache[n]

    return wrapper


def count_calls(func):
    def wrapper(*args):
        wrapper.calls += 1
        return func(*args)

    wrapper.calls = 0
    return wrapper


@traced
def add(a, b=10):
    """Add two numbers."""
    return a + b


@repeat(3)
def double(x: int) -> int:
    return x * 2


@register("up")
def shout(s: str) -> str:
    return s.upper()


@register("rev")
def backwards(s: str) -> str:
    return s[::-1]


@memoize
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.lru_cache(maxsize=None)
def paths(r: int, c: int) -> int:
    return 1 if r == 0 or c == 0 else paths(r - 1, c) + paths(r, c - 1)


@count_calls
@traced
def hello():
    return "hi"


print(add(1), add(2, b=3), add.__name__, add.__doc__)
print(double(5), fib(60), paths(16, 16))
print({name: f("abc") for name, f in registry.items()})
hello()
hello()
print(hello.calls)


class Handlers:
    def __init__(self):
        self.table = {}

    def on(self, event):
        def decorate(f):
            self.table.setdefault(event, []).append(f)
            return f

        return decorate

    def fire(self, event, *args):
        return [f(*args) for f in self.table.get(event, [])]


app = Handlers()


@app.on("sum")
def total(a, b):
    return a + b


@app.on("sum")
def product(a, b):
    return a * b


print(app.fire("sum", 3, 4), app.fire("none"))
