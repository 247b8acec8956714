"""Members of modules and classes that a local holds."""

import decimal


class K:
    @staticmethod
    def f(x: int) -> int:
        return x + 1


def g() -> str:
    D = decimal.Decimal
    h = K.f
    return f"{D(2) / D(4)} {h(3)}"


print(g())
