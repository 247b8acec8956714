class Cnt:
    n = 0

    def __init__(self, v=1):
        self.v = v

    @classmethod
    def make(cls):
        return cls(5)

    @classmethod
    def nm(cls):
        return cls.__name__

    @classmethod
    def via(cls):
        return cls.nm()

    @classmethod
    def isme(cls, o):
        return isinstance(o, cls)

    @classmethod
    def same(cls, o):
        return type(o) is cls, o.__class__ == cls

    def who(self):
        return type(self).__name__, self.__class__.__name__, self.nm()

    def __repr__(self):
        return f"{type(self).__name__}({self.v})"


class Cnt2(Cnt):
    n = 5


f = Cnt2.nm
print(f(), Cnt2.nm(), Cnt2().nm(), Cnt().nm(), Cnt2.via(), Cnt.via(), Cnt2.make(), Cnt.make())
print(
    Cnt2.isme(Cnt()),
    Cnt.isme(Cnt2()),
    Cnt2.same(Cnt2()),
    Cnt.same(Cnt2()),
    Cnt2().who(),
    [Cnt(1), Cnt2(2)],
)
g = Cnt2().make
print(g(), Cnt.n, Cnt2.n)
