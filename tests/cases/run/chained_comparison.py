"""Chained comparisons: each operand once, left to right, short circuit."""

seen: list[int] = []


def v(n: int) -> int:
    seen.append(n)
    return n


print(v(1) < v(2) < v(3), seen)
seen.clear()
print(v(3) < v(2) < v(1), seen)
seen.clear()
print(v(1) < v(5) > v(2) != v(9) >= v(9), seen)
x = 5
print(0 < x < 10, 0 < x > 3, 5 == x == 5.0, 1 <= x <= 4, not 1 < x < 3, x == 5 != 6 <= 7)
print("a" < "b" < "c", "a" <= "a" < "b", [1] < [1, 2] < [2], (1, "a") < (1, "b") <= (2,))
print(1 < 2 in [2, 3], "a" in "abc" == "abc", 3 > 2 == 2, (3 > 2) == True, 1 == 1.0 == True)


def in_range(n, low=0, high=100):
    return low <= n < high


def classify(points: list[tuple[int, int]]) -> dict[str, int]:
    out = {"inside": 0, "edge": 0, "outside": 0}
    for px, py in points:
        if 0 < px < 10 and 0 < py < 10:
            out["inside"] += 1
        elif 0 <= px <= 10 >= py >= 0:
            out["edge"] += 1
        else:
            out["outside"] += 1
    return out


print(
    [in_range(n) for n in (-1, 0, 99, 100)], classify([(5, 5), (0, 3), (10, 10), (11, 2), (4, -1)])
)
a = b = [1, 2]
c = [1, 2]
print(a is b is not c, a == b == c, a is c, None is None, a != c)
nan = float("nan")
print(1 < nan < 2, nan == nan == nan, not (nan < 1), nan != nan, [nan] == [nan], nan in [nan])
print(min(nan, 1), min(1, nan), max(1.0, nan), sorted([3, 1, 2]) == [1, 2, 3] != [])
