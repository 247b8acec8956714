def outer(n):
    "doc of outer"

    def inner(a):
        "doc of inner"
        return a + n

    return inner


def plain():
    "plain doc"


def none():
    pass


def star(*a, **k):
    """star
    doc"""


class K:
    @staticmethod
    def s():
        "doc s"


fs = [outer, outer(1), plain, none, lambda x: x, star, K.s]
for f in fs:
    print(f.__name__, f.__qualname__, f.__doc__, f.__module__)
table = {"o": outer, "p": plain}
for k in sorted(table):
    print(k, table[k].__doc__, getattr(table[k], "__doc__"))
