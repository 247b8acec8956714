"""Methods whose names Rust's handles and traits have too."""


class Box:
    def __init__(self, n):
        self.n = n
        self.next = None

    def clone(self):
        return Box(self.n + 100)

    def into(self):
        return self.n * 2

    def max(self, other):
        return self if self.n >= other.n else other

    def cmp(self, other):
        return (self.n > other.n) - (self.n < other.n)

    def eq(self, other):
        return self.n == other.n + 1

    def get(self):
        return self.n

    def set(self, n):
        self.n = n

    def new(self, n):
        return Box(n)

    def borrow(self, other):
        other.set(self.get())
        return other

    def class_of(self):
        return "box"

    def py_repr(self):
        return f"<{self.n}>"

    def type(self):
        return "typed"

    def step(self, by=1):
        self.n += by
        return self

    def tail(self):
        last = self
        while last.next is not None:
            last = last.next
        return last


def own():
    box = Box(7)
    return box.step().step(3).into() + box.clone().get()


a = Box(1)
b = Box(2)
a.next = b
print(a.clone().get(), a.into(), a.max(b).get(), a.cmp(b), b.eq(a), a.class_of(), a.py_repr())
print(a.new(5).get(), a.tail().step(10).get(), b.n, a.next.step().get(), b.type(), own())
b.borrow(a).step()
print(a.get(), b.get(), [x.clone().py_repr() for x in (a, b)])
