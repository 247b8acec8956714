"""Names and docstrings of functions and classes; attributes on functions; callables."""


def documented(x: int) -> int:
    """Return x.

    More text.
    """
    return x


def bare():
    pass


class Thing:
    """A thing."""

    def method(self):
        """Does it."""
        return self.__class__.__name__

    @staticmethod
    def helper():
        return Thing.__name__


def counter():
    counter.calls += 1
    return counter.calls


counter.calls = 0
print(
    documented.__name__,
    bare.__name__,
    documented.__doc__,
    bare.__doc__,
    Thing.__doc__,
    Thing.method.__doc__,
)
print(
    Thing.__name__,
    Thing().method(),
    Thing.helper(),
    Thing.method.__name__,
    (lambda: 0).__name__,
    __name__,
)
print(counter(), counter(), counter.calls, Thing.__qualname__, Thing.method.__qualname__)
print(
    callable(documented), callable(Thing), callable(3), callable(Thing()), callable(Thing().method)
)
print(
    type(3).__name__,
    type("").__name__,
    type(None).__name__,
    type([]).__name__,
    type(bare).__name__,
    type(Thing()).__name__,
    type(print).__name__,
)
print(
    type(3) is int,
    type(True) is int,
    isinstance(True, int),
    type(Thing()) == Thing,
    type([]) == type([1]),
    int is int,
)
same = documented
print(same is documented, same(4), same.__name__, documented == same, bare != same)
registry = {documented: "d", bare: "b", Thing: "T"}
print(registry[documented], registry[Thing], len(registry), bare in registry)
print([f.__name__ for f in (len, print, sorted)], max.__name__, str.__name__, ValueError.__name__)
