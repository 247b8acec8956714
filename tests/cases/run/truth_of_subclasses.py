class A:
    def __init__(self, n: int) -> None:
        self.n = n


class B(A):
    def __len__(self) -> int:
        return self.n


class C(A):
    def __bool__(self) -> bool:
        return self.n > 1


def f(x: A) -> str:
    return "yes" if x else "no"


def g(x: A | None) -> str:
    if x:
        return "yes"
    return "no"


for x in [A(0), B(0), B(1), C(1), C(2)]:
    print(f(x), g(x), not x)
print(g(None))
