"""functools.lru_cache and cache on methods and with typed=True."""

from functools import cache, lru_cache


class Stairs:
    def __init__(self, steps):
        self.steps = steps

    @lru_cache(maxsize=None)
    def ways(self, n):
        """Ways up."""
        if n < 0:
            return 0
        return 1 if n == 0 else sum(self.ways(n - s) for s in self.steps)

    @cache
    def once(self):
        print("computed for", self.steps)
        return len(self.steps)

    @lru_cache(2)
    def short(self, n, by):
        print("short", n, by)
        return n * by


class Below(Stairs):
    @cache
    def once(self):
        return super().once() + 100


class Keyed:
    def __init__(self, key):
        self.key = key

    def __eq__(self, other):
        return self.key == other.key

    def __hash__(self):
        return hash(self.key)

    @cache
    def shout(self):
        print("shouting", self.key)
        return self.key.upper()


@lru_cache(maxsize=8, typed=True)
def kind(value):
    print("kind of", value)
    return type(value).__name__


@lru_cache(maxsize=None, typed=True)
def join(a, b):
    print("join", a, b)
    return a + b


stairs, other = Stairs((1, 2)), Stairs((1, 3))
print(stairs.ways(60), other.ways(30), stairs.once(), stairs.once(), other.once())
print(stairs.short(1, 2), stairs.short(1, 2), stairs.short(2, 2), stairs.short(3, 1), stairs.short(1, 2))
below = Below((4,))
print(below.once(), below.once(), below.ways(8))
print(Keyed("a").shout(), Keyed("a").shout(), Keyed("b").shout())
print(kind(1), kind(1.0), kind(True), kind(1), kind(1.0), kind("1"))
print(join(1, 1), join(1.0, 1), join(1, 1.0), join(1, 1))
