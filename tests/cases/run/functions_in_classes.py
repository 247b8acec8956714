"""Functions kept in class attributes and in fields."""


class A:
    hook = None
    f = lambda self, k: ("lam", k)
    conv = int
    names = ["a"]

    def run(self):
        return self.hook(3) if self.hook else "none"


def free(self, x):
    return ("free", x)


print(A().f(2), A().conv("7"))
a = A()
print(a.run())
A.hook = free
print(a.run(), A().hook(9))
a.hook = lambda x: ("own", x)
print(a.run())
try:
    print(getattr(A, "names"))
except AttributeError as e:
    print(e)


class Ann:
    x: int
    y: int = 3


try:
    print(Ann().x)
except AttributeError as e:
    print(e)
print(Ann.y)
