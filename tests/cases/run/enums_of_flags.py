"""Flag and IntFlag: members that combine."""

from enum import Flag, IntFlag, auto

class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W

class Mode(IntFlag):
    A = 1
    B = 2
    C = 4

p = Perm.R | Perm.W
print(p, repr(p), p.value)
print(Perm.R in p, Perm.X in p, bool(Perm.R & Perm.X))
print(p == Perm.RW, Perm.RW)
print(~Perm.R)
print(list(Perm))
for q in p:
    print(q.name)
m = Mode.A | Mode.C
print(m, repr(m), m & Mode.A, int(m), m + 1)
print(Mode(3), repr(Mode(3)))
print(Mode.A | 8)
print(p ^ Perm.R)
p |= Perm.X
print(p)
print(Perm(0), Perm(3))
print(len(Perm))
print(not Perm(0))
d = {Perm.R: 1, Perm.R | Perm.W: 2}
print(d[Perm.RW])


class Style(Flag):
    """What a text looks like."""

    NONE = 0
    BOLD = 1 << 0
    ITALIC = 1 << 1
    UNDER = 1 << 3
    ALL = BOLD | ITALIC | UNDER

    @property
    def is_plain(self):
        return self is Style.NONE

    def describe(self):
        return ", ".join(s.name.lower() for s in self) or "plain"


print(list(Style), Style.ALL, [s for s in Style.ALL], len(Style.ALL), Style(0), Style["BOLD"])
print(Style.NONE.is_plain, (Style.BOLD | Style.UNDER).describe(), Style.NONE.describe())
print(repr(Style.BOLD | Style.UNDER), (Style.BOLD | Style.UNDER) is (Style.UNDER | Style.BOLD))
print(~Style.BOLD, Style.BOLD ^ Style.ALL, Style(-2), Style.ALL & ~Style.ITALIC)
for bad in (4, 16, -17, 20):
    try:
        print(Style(bad))
    except ValueError as error:
        print(error)
try:
    print(Style["NOT"])
except KeyError as error:
    print("no", error)
try:
    print(Style.BOLD | 2)
except TypeError as error:
    print(error)
try:
    print(2 in Style.BOLD)
except TypeError as error:
    print(error)
print(Style.ITALIC in Style.ALL, Style.BOLD.name, (Style.BOLD | Style.ITALIC).name)
print(Style.__members__.keys(), isinstance(Style.BOLD, Style), Style.BOLD != Style.ITALIC)
print(Mode(0), repr(Mode(0)), Mode.A | Mode.B | 16, repr(Mode(24)), ~Mode.A, repr(~Mode.A))
print(Mode.A == 1, Mode.B > Mode.A, 2 | Mode.A, Mode.A + 3, f"{Mode.B}", f"{Perm.R}", {Mode.A: 1}[1])
print(sum([Mode.A, Mode.B]), sorted([Mode.C, Mode.A]), [m.name for m in Mode(7)])


def allowed(user, needed):
    return user & needed == needed


print(allowed(Perm.R | Perm.W, Perm.W), allowed(Perm.R, Perm.W), Perm.R & Perm.W or "none")
total = Perm(0)
for perm in Perm:
    total |= perm
print(total, total == Perm.R | Perm.W | Perm.X)
