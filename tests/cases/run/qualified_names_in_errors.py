def deco(f):
    def wrapper(a):
        return f(a)

    return wrapper


@deco
def g(a):
    return a


class K:
    def m(self, a):
        return a

    @staticmethod
    def s(a):
        return a

    @classmethod
    def c(cls, a):
        return a

    def __init__(self, q):
        pass

    class In:
        def z(self, a):
            pass


def outer():
    def inner(a):
        return a

    return inner


for call in (
    lambda: g(),
    lambda: g(1, 2),
    lambda: outer()(),
    lambda: K(1).m(),
    lambda: K.s(),
    lambda: K.c(),
    lambda: K(),
    lambda: K.In().z(),
    lambda: g(b=1),
    lambda: (lambda a: a)(),
):
    try:
        call()
    except TypeError as e:
        print(e)
print(g.__name__, g.__qualname__, outer().__qualname__, K.m.__qualname__, K.In.z.__qualname__)
