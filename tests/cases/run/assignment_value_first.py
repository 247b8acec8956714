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


class Holder:
    def __init__(self):
        self.items = [0, 0]


holder = Holder()


class Square:
    def __str__(self):
        holder.items = [1, 1]
        return "square"

    def __len__(self):
        holder.items = [7, 7, 7]
        return 4

    def __repr__(self):
        holder.items = [3, 3]
        return "[square]"


class Circle:
    def __str__(self):
        holder.items = [2, 2]
        return "circle"

    def __len__(self):
        holder.items = [8, 8, 8]
        return 0


def lengths(shape):
    old = holder.items
    holder.items[0] = len(str(shape))
    print(old, holder.items)
    old = holder.items
    holder.items[1] = len(shape)
    print(old, holder.items)


for either in [Square(), Circle()]:
    lengths(either)
squares = [Square()]
old = holder.items
holder.items[1] = len(f"{squares}")
print(old, holder.items)
