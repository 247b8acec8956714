class A:
    def __init__(self):
        self.__x = 1

    def ax(self):
        return self.__x


class B(A):
    def __init__(self):
        super().__init__()
        self.__x = "two"

    def bx(self):
        return self.__x

    def __secret(self):
        return "s"

    def call(self):
        return self.__secret()


b = B()
print(b.ax(), b.bx(), b._A__x, b._B__x, b.call(), b._B__secret())
try:
    print(b.__x)
except AttributeError as e:
    print(e)


class C:
    __count = 0
    __slots_like = [1]

    def __init__(self):
        C.__count += 1

    @classmethod
    def n(cls):
        return cls.__count

    @staticmethod
    def __hid(v):
        return v + 1

    def go(self, __p):
        __local = __p
        return C.__hid(__local)


C()
C()
print(C.n(), C._C__count, C().go(4))


class Outer:
    def f(self, __x=1):
        return __x

    def g(self):
        return self.f(__x=5)

    def caught(self):
        try:
            raise ValueError("q")
        except ValueError as __e:
            return str(__e)

    def matched(self, v):
        match v:
            case [__a, *__b]:
                return __a, __b
        return None

    class __In:
        __z = 3

        def t(self):
            return self.__z

    def inner(self):
        def __nested():
            return 1

        return __nested(), __nested.__name__, self.__In.__name__, self.__In().t()


class __Hidden:
    def __q(self):
        return 1

    def r(self):
        return self.__q()


class _:
    __kept = 1


out = Outer()
try:
    out.g()
except TypeError as e:
    print(e)
print(out.f(_Outer__x=3), out.caught(), out.matched([1, 2, 3]), out.inner())
print(Outer._Outer__In.__qualname__, Outer.f.__qualname__)
print(__Hidden().r(), __Hidden()._Hidden__q(), _.__kept)
