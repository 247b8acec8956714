"""The value of an assignment is evaluated before its target."""


class B:
    def __init__(self):
        self.items = [1, 2]
        self.d = {"a": 1}

    def swap(self):
        self.items = [100, 200]
        self.d = {}
        return 1

b = B()
old = b.items, b.d
b.items[0] = b.swap()
print(old, b.items)
b = B()
old = b.items, b.d
b.d["x"] = b.swap()
print(old, b.d)
xs = [1, 2]
def f():
    global xs
    xs = [5, 6]
    return 9
ys = xs
xs[0] = f()
print(xs, ys)
b = B()
def g():
    global b
    b = B()
    return [4]
c = b
b.items = g()
print(b.items, c.items)
b.items[0] = (b.swap(), 3)[1]
print(b.items)
b = B()
b.items[0], z = b.swap(), 4
print(b.items)
b = B()
b.items[0] += b.swap()
print(b.items)
