"""Places and slices of a bytearray that is a dynamic value, set and deleted."""


class Three:
    def __index__(self):
        return 3


def kept(x):
    return x


def changed(b, key, value):
    try:
        b[key] = value
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)
    print(b)


def gone(b, key):
    try:
        del b[key]
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)
    print(b)


made = [bytearray(b"abcdefgh"), {}, [1]]
data = kept(made)[0]
for value in (b"xy", bytearray(b"z"), [1, 2], iter([7, 8]), (), "a", 3, True, 2.5, None, [1, 300], ["a"], Three()):
    changed(data, slice(1, 2), value)
changed(data, slice(None, None, 2), b"x")
changed(data, slice(None, None, 2), b"")
changed(data, slice(None, None, 0), b"q")
changed(data, slice(1, 3), data)
changed(data, slice(None, None, -1), range(len(data)))
changed(data, Three(), 65)
for value in (300, "a", Three()):
    changed(data, 0, value)
changed(data, 99, 1)
changed(data, "a", 1)
changed(data, 10**30, 1)
for key in (0, -1, 99, "a", Three(), 10**30, slice(1, 3), slice(None, None, -3), slice(None, None, 0)):
    gone(data, key)
small = bytearray(b"abcdef")
small[::2] = b""
print(small)
small[::-1] = []
print(small)


def sieve(n):
    flags = bytearray((0, 1)) * (n // 2)
    for p in range(3, n, 2):
        flags[p * p : n : p + p] = bytes(len(range(p * p, n, p + p)))
    return [2, *(p for p in range(3, n) if flags[p])]


print(sieve(30), sieve(10))
