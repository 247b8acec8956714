"""The array module: typecodes, conversions, what does not fit, bytes, slices, comparisons."""

import array as module
import copy
from array import array

FLOATS = "d"


def attempt(action):
    try:
        print(repr(action()))
    except (OverflowError, TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)


def numbers():
    for n in (
        -1,
        -129,
        127,
        128,
        255,
        256,
        -32769,
        32768,
        65535,
        65536,
        2**31,
        -(2**31) - 1,
        2**32,
        2**63 - 1,
        2**63,
        -(2**63) - 1,
        2**64 - 1,
        2**64,
        2**70,
        -(2**70),
    ):
        print(n)
        attempt(lambda: array("b", [n]))
        attempt(lambda: array("B", [n]))
        attempt(lambda: array("h", [n]))
        attempt(lambda: array("H", [n]))
        attempt(lambda: array("i", [n]))
        attempt(lambda: array("I", [n]))
        attempt(lambda: array("l", [n]))
        attempt(lambda: array("L", [n]))
        attempt(lambda: array("q", [n]))
        attempt(lambda: array("Q", [n]))
        attempt(lambda: array("f", [n]))
        attempt(lambda: array(FLOATS, [n]))


def strangers():
    for x in (1.5, "x", None, True, [1]):
        attempt(lambda: array("i", [x]))
        attempt(lambda: array("Q", [x]))
        attempt(lambda: array("d", [x]))
        attempt(lambda: array("u", [x]))
    a = array("h", [1, 2])
    for x in (3, 2.5, "y", None, False, 1 << 40):
        attempt(lambda: a.append(x))
        attempt(lambda: a.insert(0, x))
    attempt(lambda: a.extend("zz"))
    attempt(lambda: a.extend([4, 5]))
    attempt(lambda: a.extend([6, 7.5]))
    print(a)


def constructors():
    attempt(lambda: array("i"))
    attempt(lambda: array("i", range(4)))
    attempt(lambda: array("i", (9, 8)))
    attempt(lambda: array("i", {3: 1}))
    attempt(lambda: array("i", (k * k for k in range(4))))
    attempt(lambda: array("i", "ab"))
    attempt(lambda: array("d", "12"))
    attempt(lambda: array("u", "h\u00e9\n'"))
    attempt(lambda: array("u", ["a", "bc"]))
    attempt(lambda: array("i", array("u", "a")))
    attempt(lambda: array("i", b"abc"))
    attempt(lambda: array("i", b"abcdabcd"))
    attempt(lambda: array("H", bytearray(b"abcd")))
    attempt(lambda: array("d", array("i", [1, 2])))
    attempt(lambda: array("i", array("d")))
    attempt(lambda: array("i", array("d", [1.5])))
    attempt(lambda: array("d", [1, 2.5, True]))
    attempt(lambda: array("d", [10**400]))
    attempt(lambda: array("f", [0.1, 1e300, float("nan"), -0.0]))
    attempt(lambda: array("ii"))
    attempt(lambda: array("x"))
    print(module.typecodes, module.array("b", [1]), array("u"), array("L", [2**63]).tolist())


def items():
    a = array("i", [1, 2, 3])
    attempt(lambda: a[3])
    attempt(lambda: a[-3])
    attempt(lambda: a[True])
    attempt(lambda: a.__getitem__(-4))
    attempt(lambda: a.pop(7))
    attempt(lambda: array("i").pop())
    attempt(lambda: a.remove(9))
    attempt(lambda: a.index(9))
    attempt(lambda: a.index(3, 1))
    attempt(lambda: a.index(3, 0, 2))
    attempt(lambda: (a.count(2), a.count(2.0), a.count("2"), 3.0 in a, "x" in a))
    try:
        a[5] = 1
    except IndexError as error:
        print(error)
    try:
        a[0] = 1 << 33
    except OverflowError as error:
        print(error)
    try:
        del a[9]
    except IndexError as error:
        print(error)
    a.insert(-100, 7)
    a.insert(100, 8)
    del a[1]
    print(a, a.pop(), a.pop(0), a, a.reverse(), a, len(a), bool(a), bool(array("d")))
    a[0] += 40
    a[-1] *= 2
    print(a, sum(a), max(a), sorted(a), list(reversed(a)), [*a], a.tolist() + [1])
    for n, x in enumerate(a):
        print(n, x, end="; ")
    print(f"{a!r:>24}|", str(a), "%s" % a)


def slices():
    a = array("i", range(8))
    print(a[2:5], a[::-2], a[10:], a[:-6])
    a[1:3] = array("i", [70, 71, 72])
    a[::3] = array("i", [0, 0, 0])
    print(a)
    a[:] = a
    del a[::2]
    del a[3:]
    print(a)
    try:
        a[::2] = array("i", [1])
    except ValueError as error:
        print(error)
    try:
        a[:] = array("h", [1])
    except TypeError as error:
        print(error)
    try:
        a[:] = array("d", [1])
    except TypeError as error:
        print(error)
    try:
        a[0:1] = [1]
    except TypeError as error:
        print(error)
    try:
        print(a[::0])
    except ValueError as error:
        print(error)


def together():
    a, b, d = array("i", [1, 2]), array("i", [3]), array("d", [1.0, 2.0])
    print(a + b, a * 2, 2 * a, a * -1, a + a == array("i", [1, 2, 1, 2]))
    print(a == d, a != d, a < b, a <= d, a > d, a >= b, a == array("h", [1, 2]), a == [1, 2])
    print(array("d", [float("nan")]) == array("d", [float("nan")]), a is a, a == a)
    alias = a
    a += b
    a *= 2
    a.extend(array("i", [9]))
    print(alias, alias is a)
    attempt(lambda: a + d)
    attempt(lambda: a + [1])
    attempt(lambda: a + 1)
    attempt(lambda: 1 + a)
    attempt(lambda: a * 1.5)
    attempt(lambda: a < 1)
    attempt(lambda: hash(a))
    attempt(lambda: a.extend(d))
    attempt(lambda: a.extend(array("h", [1])))
    attempt(lambda: a.fromlist([1, "x"]))
    attempt(lambda: f"{a:>4}")
    try:
        a += [1]
    except TypeError as error:
        print(error)
    a.fromlist([5, 6])
    print(a, copy.copy(a) == a, copy.deepcopy(a) is a)


def raw():
    a = array("h", [1, -2, 300])
    print(a.tobytes(), bytes(a), bytearray(a), a.itemsize, a.typecode)
    a.byteswap()
    print(a)
    a.frombytes(b"\x01\x00")
    attempt(lambda: a.frombytes(b"abc"))
    print(
        a, array("d", [1.5]).tobytes(), array("f", [1.5]).tobytes(), array("u", "a\u00e9").tobytes()
    )
    more = bytearray(b"!")
    more.extend(array("h", [513]))
    more += array("b", [-1])
    print(more, array("Q", [2**64 - 2]).tobytes())
    print(more + array("b", [7]), b"x" + array("B", [8]))
    same = more
    same += bytearray(b"z")
    same *= 2
    print(more, more is same)
    text = array("u", "ab")
    text.fromunicode("cd")
    text.append("e")
    attempt(lambda: text.append("xy"))
    attempt(lambda: a.tounicode())
    attempt(lambda: a.fromunicode("x"))
    print(text.tounicode(), text, list(text), "".join(text))


def dynamic(thing):
    """Arrays of several kinds and lists: what is done is found out when it runs."""
    print(type(thing).__name__, len(thing), thing[0], list(thing), thing[1:])
    thing[0] = 5
    thing.append(4)
    thing.extend([2, 1])
    print(thing, thing.pop(), thing.index(4), thing.count(2), 2 in thing, thing == thing)
    print(thing + thing, thing * 2, [x for x in thing])
    try:
        thing[0] = "s"
        print(thing)
    except TypeError as error:
        print(error)
    thing[0] = 0


numbers()
strangers()
constructors()
items()
slices()
together()
raw()


def shown(thing):
    """Bytes of something that is only known when it runs."""
    out = bytearray(b"<")
    out.extend(thing)
    alias = out
    alias += thing
    alias *= 2
    return bytes(thing), bytearray(thing), out


print(shown(array("h", [258])), shown(b"ab"), shown(bytearray(b"c")))
dynamic(array("d", [1, 2]))
dynamic(array("b", [1, 2]))
dynamic([1, 2])
print(isinstance(array("d"), list), type(array("d")), type(array("d")).__name__)
