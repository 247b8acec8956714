"""Sets that are only counted, and what makes a set more than that."""


def ints(xs: list[int]) -> int:
    return len(set(xs))


print(ints([]), ints([1, 1, 2]), ints([-64, 63, -65, 64, -64, 64, 2**70, 2**70, -(2**70)]))
print(len({x % 7 for x in range(100)}), len(set(x * x for x in range(-5, 6))))
print(len({i + j for i in range(20) for j in range(30) if i != j}))
print(len(set(range(5))), len(set(x for x in [True, False, True])), len({x for x in "hello"}))
print(len({x / 2 for x in range(4)}), len({(x % 2, x % 3) for x in range(20)}))


def noisy(x: int) -> int:
    if x == 3:
        raise ValueError(f"no {x}")
    return x


try:
    print(len({noisy(x) for x in range(9)}))
except ValueError as error:
    print(error)

held = {x % 4 for x in range(9)}
print(len(held), sorted(held))
print(len(set([1, 2]) | {3}), len({x for x in range(3)} - {1}))
board = [2, 0, 3, 1]
size = len(board)
print(
    size == len(set(board[i] + i for i in range(size))) == len({board[i] - i for i in range(size)})
)
seen = len({len({y % 3 for y in range(x)}) for x in range(6)})
print(seen)


class Loud:
    def __init__(self, x: int) -> None:
        self.x = x

    def __eq__(self, other: object) -> bool:
        print("eq")
        return isinstance(other, Loud) and self.x == other.x

    def __hash__(self) -> int:
        return 1


print(len({Loud(x % 2) for x in range(3)}))


class Half:
    """Equal to what has the same half, and says when it is asked."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n // 2

    def __eq__(self, other):
        print("eq", self.n, other.n)
        return self.n // 2 == other.n // 2


def common():
    a = {Half(2), Half(4), Half(7)}
    b = frozenset([Half(5), Half(6), Half(10)])
    print(len(a & b), len(b & a), len(a & a))
    words = {"a", "b", "c"}
    print(len(words & {"b", "c", "d"}), len(words & set()))
    print(
        len({1, 2, 300} & {300, 2}), len({1, 2} & {2, 3}), len(frozenset(range(90)) & {5, 89, 90})
    )


common()
