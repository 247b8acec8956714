from dataclasses import dataclass, field
@dataclass
class N:
    v: int
    next: "N | None" = None
    kids: list = field(default_factory=list)
n = N(1)
n.next = n
print(n)
n.kids.append(n)
print(repr(n))
m = N(2, n)
print(m)
a=N(1); b=N(2,a); a.next=b
print(a)
