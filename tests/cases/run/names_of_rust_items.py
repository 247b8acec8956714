def f(Some, Ok, Err, List, Dict, Int, Str, Value, Exc, Args, Set, Tuple, Iter, Num, Slot, Bytes):
    Deque = Some + Ok
    Rc = Err
    i64 = 1
    Vec = Box = Option = String = 2
    return (
        Deque
        + Rc
        + List
        + Dict
        + Int
        + Str
        + Value
        + Exc
        + Args
        + Set
        + Tuple
        + Iter
        + Num
        + Slot
        + Bytes
        + i64
        + Vec
        + Box
        + Option
        + String
    )


print(f(*range(16)))


class Node:
    def __init__(self, v):
        self.v = v


def g(Node, Foo):
    Foo = Node + Foo
    return Foo


print(g(1, 2))


class Foo:
    pass


Node_ = Node(3)
print(Node_.v)
Func = 3
Self = 4
str_ = 5
crate = 6
lit = 7
dynamic = 8
fstr = 9
print(Func, Self, str_, crate, lit, dynamic, fstr, f"{lit}{Func}")


def lit2(lit, print_, fstr, None_):
    return f"{lit} {print_}" + "x" + str(fstr) + str(None_)


print(lit2(1, 2, 3, 4))
result = 1
Result = 2
Class = 3
Object = 5
iter_ = iter([1])
print(result, Result, Class, Object, next(iter_))


def f(s):
    x_1 = 10
    x = s
    y = x + "!"
    x = len(x)
    print(x_1, x, y)
    x_1 += x
    for x in [1.5, 2.5]:
        print(x_1, x)
    x = [x_1]
    return x, x_1


print(f("abc"))
N = [1]
n = [2]


def g():
    N.append(3)
    n.append(4)
    return N, n


print(g())


class A:
    Max = [1]
    max = [2]

    def both(self):
        return A.Max + A.max


print(A().both())


class B:
    pass


b = [5]
B_ = 1


def h():
    b.append(1)
    return b, B().__class__.__name__


print(h())


class a_:
    MAX = 1


def t__1(v):
    t = v
    t, v = v, t
    t__1 = 5
    a, b = [t, v], t__1
    return a, b, t__1


print(t__1(3))


def items__1(items):
    item__1 = 0
    for a, b in items:
        item__1 += a * b
    return item__1


print(items__1([(1, 2), (3, 4)]))


class Match:
    def __init__(self, a, *rest, key=3):
        self.a = a
        self.rest = rest
        self.key = key


class Member(Match):
    kind = "member"


class Signature:
    names = ("a", "b")

    def __init__(self, *args, **kw):
        self.args = args
        self.kw = kw


class Pattern(Signature):
    pass


kinds = [Match, Member, Signature, Pattern]
print(
    [k.__name__ for k in kinds],
    [k(1).__class__.__name__ for k in kinds],
    Match(3).a,
    Member.kind,
    Pattern(1, b=2).kw,
)
import re

print(re.sub("a(b)", lambda m: m.group(1), "abab"), re.compile("b").search("abc").span())
