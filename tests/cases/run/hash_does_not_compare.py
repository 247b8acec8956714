"""A class with `__eq__` and no hash: asking for its hash raises and compares nothing."""


class Told:
    def __init__(self, n: int) -> None:
        self.n = n

    def __eq__(self, other: object) -> bool:
        print("eq")
        return isinstance(other, Told) and self.n == other.n


class Odd:
    __hash__ = None

    def __iter__(self):
        return iter(range(2))

    def __eq__(self, other):
        print("odd eq")
        return "yes"


class Below(Told):
    def __hash__(self) -> int:
        return self.n


for make in (lambda: hash(Told(1)), lambda: {Told(1): 2}, lambda: hash(Odd()), lambda: {Odd()}):
    try:
        print(make())
    except TypeError as error:
        print(error)
first, *rest = Odd()
print(first, rest, hash(Below(3)), len({Below(1), Below(2)}), Told(1) == Told(1))
