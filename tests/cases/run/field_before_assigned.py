"""Fields that are read before anything assigned them."""


class A:
    def __init__(self, flag):
        if flag:
            self.x = 1
        self.y = 2

    def show(self):
        return self.x


a = A(True)
print(a.x)
b = A(False)
try:
    print(b.x)
except AttributeError as e:
    print(e)
try:
    b.show()
except AttributeError as e:
    print(e)
b.x = 5
print(b.x)


class B:
    def __init__(self):
        self.total = self.compute()
        self.base = 10

    def compute(self):
        return self.base + 1


try:
    B()
except AttributeError as e:
    print(e)


class C:
    def __init__(self, n):
        self.items = [self.size] * n
        self.size = n


try:
    C(3)
except AttributeError as e:
    print("C", e)


class D:
    def set(self, v):
        self.v = v

    def get(self):
        return self.v


d = D()
try:
    d.get()
except AttributeError as e:
    print("D", e)
d.set(3)
print(d.get())
del d.v
try:
    d.get()
except AttributeError as e:
    print("D", e)


class Parent:
    def __init__(self, seen):
        seen.append(self)
        self.name = "parent"
        self.setup()
        self.late = 3

    def setup(self):
        print("setup", self.name)


class Kid(Parent):
    def __init__(self, seen):
        super().__init__(seen)
        self.kid = 1

    def setup(self):
        try:
            print(self.kid)
        except AttributeError as error:
            print(error)
        try:
            print(self.late)
        except AttributeError as error:
            print(error)


class Shown:
    def __init__(self):
        try:
            print(f"{self}")
        except AttributeError as error:
            print(error)
        show = lambda: self.x
        try:
            show()
        except AttributeError as error:
            print(error)
        self.x = 1
        print(self, show())

    def __repr__(self):
        return f"Shown({self.x})"


seen = []
print(Kid(seen).kid, seen[0].late, seen[0].name)
Shown()
B()
