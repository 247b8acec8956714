"""What an __eq__ gives that gives no bool, and what is found in a tuple."""


class Odd:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        if not isinstance(other, (Odd, int)):
            return NotImplemented
        n = other if isinstance(other, int) else other.n
        return [] if n == self.n else "different"

    def __hash__(self):
        return 1


def find(x, a, b):
    return x in (a, b), x not in (b, a), x in [a, b], x == a, x != b


def pick(x):
    return x in (4, 5), x in ("a", "b")


o = Odd(3)
print(find(o, 3, 4), find(3, Odd(3), "x"), find("s", "s", 1), find(o, o, 1))
print(pick(4), pick("a"), pick(o), pick(None))
n = float("nan")
print(n in (n,), n in [n], n in {n}, (n,) == (n,), [n] == [n])


class Never:
    def __eq__(self, other):
        return False

    __hash__ = None


v = Never()
print(v in (v,), v in (Never(), 1), v in [v], (v, 1) == (v, 1), v == v)


def has(x, a, b):
    return x in (a, b)


print(
    has(v, v, v), has(n, n, 1.0), has(1, 1.0, 2), has(True, 1, 2), has(None, None, 1), has(n, 1, 2)
)
print(has([1], [1], [2]), has((1, n), (1, n), 0), has(1.5, 1, 2), has("a", "b", "a"))


class Plain:
    def __eq__(self, other):
        return [1]


def eq(x, a):
    return x == a


o = Odd(3)
print(o == 3, o == 4, o == "a", o == Odd(3))
print(eq(o, 3), eq(o, 4), eq(o, "a"), eq(3, o), eq(Plain(), 2), eq(2, Plain()))
