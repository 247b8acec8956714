"""Augmented assignment changes a bytearray itself, whoever else holds it."""


class Buffer:
    def __init__(self):
        self.data = bytearray()
        self.rows = [bytearray(b"0")] * 2

    def write(self, more):
        self.data += more
        return self


def fill(target, times):
    target += b"ab"
    target *= times
    target += bytearray(b"!")
    return target


a = bytearray(b"x")
b = a
a += b"yz"
print(a, b, a is b)
print(fill(a, 2), b, fill(b, 0) is a)
buffer = Buffer()
held = buffer.data
buffer.write(b"one").write(bytearray(b"two"))
buffer.rows[0] += b"1"
print(held, buffer.data is held, buffer.rows)
try:
    a += [1]
    print(a)
    a += "text"
except TypeError as error:
    print(error)
