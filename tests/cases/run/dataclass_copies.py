"""asdict of nested things, slots, keyword-only fields, InitVar, frozen and ordered ones."""

from dataclasses import (
    dataclass,
    field,
    asdict,
    astuple,
    replace,
    InitVar,
    fields,
    FrozenInstanceError,
    KW_ONLY,
)
from typing import ClassVar


@dataclass
class A:
    x: int
    y: list = field(default_factory=list)
    z: float = 1.5
    n: ClassVar[int] = 3

    def __post_init__(self):
        self.t = self.x * 2


a = A(1)
b = A(1)
a.y.append(3)
print(a, b, a == b, a == A(1, [3]), a.t, A.n)


@dataclass(frozen=True, order=True)
class V:
    a: int
    b: str = field(default="q", compare=False)


print(V(1) < V(2), sorted([V(3), V(1)]), hash(V(1)) == hash(V(1, "zz")), V(1) == V(1, "r"))
try:
    V(1).a = 3
except FrozenInstanceError as e:
    print(type(e).__name__, e)
print(replace(V(1, "k"), a=9), asdict(A(5, [1, {"k": V(2)}])), astuple(V(3)))


@dataclass
class W:
    base: int
    scale: InitVar[int] = 2
    total: int = field(init=False)
    secret: str = field(default="s", repr=False)

    def __post_init__(self, scale):
        self.total = self.base * scale


print(W(3), W(3, 5).total, W(2).secret)


@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2


print(K(a=1))
try:
    K(1)
except TypeError as e:
    print(e)


@dataclass(slots=True)
class S:
    q: int


s = S(4)
print(s)
try:
    s.r = 1
except AttributeError as e:
    print(e)


@dataclass
class Base:
    i: int


@dataclass
class Der(Base):
    j: int = 0
    _: KW_ONLY
    k: int = 9


print(Der(1), Der(1, 2, k=3), [f.name for f in fields(Der)])


@dataclass(eq=False)
class NE:
    v: int


n = NE(1)
print(n == NE(1), n == n)
try:
    A()
except TypeError as e:
    print(e)
