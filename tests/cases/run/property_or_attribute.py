"""A name that is a property in one class and an attribute in a class above or below."""


class A:
    a1 = "A.a1"
    a2 = "A.a2"

    def m1(self):
        return "A.m1"

    def m2(self):
        return "A.m2"

    @property
    def p1(self):
        return "A.p1"

    def own(self):
        return (self.a1, self.p1, self.a2, self.m1())


class B(A):
    @property
    def a1(self):
        return "B.a1 property"

    def a2(self):
        return "B.a2 method"

    p1 = "B.p1 attribute"


class C(B):
    a1 = "C.a1"

    @property
    def p1(self):
        return "C.p1"


def show(x):
    print(x.a1, x.p1)
    print(type(x).__name__, x.m2())


for x in (A(), B(), C()):
    show(x)
a, b, c = A(), B(), C()
print(a.a1, b.a1, c.a1, a.p1, b.p1, c.p1, b.a2())
print(getattr(b, "a1"), getattr(b, "p1"), getattr(c, "a1"), getattr(c, "p1"), hasattr(b, "p1"))
things = [A(), B(), C(), 5]
for t in things[:3]:
    print(t.a1, t.p1)
