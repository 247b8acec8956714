class N:
    def __init__(self):
        self.a = self

    def __repr__(self):
        return f"N({self.a})"


try:
    print(N())
except RecursionError as e:
    print("RE")


def gen(n):
    yield n
    yield from gen(n + 1)


try:
    for x in gen(0):
        pass
except RecursionError as e:
    print("RE", x > 500)
fs = []


def ff(n):
    return fs[0](n + 1)


fs.append(ff)
try:
    ff(0)
except RecursionError as e:
    print("RE")


def deco(f):
    def w(*a):
        return f(*a)

    return w


@deco
def r(n):
    return r(n + 1)


try:
    r(0)
except RecursionError as e:
    print("RE")


def s(n):
    return sum(s(n + 1) for _ in range(1))


try:
    s(0)
except RecursionError:
    print("RE")


def m(n):
    return list(map(m, [n + 1]))


try:
    m(0)
except RecursionError:
    print("RE")


def k(n):
    return sorted([1, 2], key=lambda x: k(n + 1))


try:
    k(0)
except RecursionError:
    print("RE")


def z(n):
    return [z(n + 1) for _ in range(2)]


try:
    z(0)
except RecursionError:
    print("RE")


def t(n):
    try:
        t(n + 1)
    finally:
        pass


try:
    t(0)
except RecursionError:
    print("RE")
