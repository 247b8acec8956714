"""Recursion: hanoi, ackermann, gray codes, flattening, memo by dict, mutual."""

import sys

sys.setrecursionlimit(3000)
moves: list[str] = []


def hanoi(n: int, a: str = "A", b: str = "B", c: str = "C") -> int:
    if n == 0:
        return 0
    count = hanoi(n - 1, a, c, b)
    moves.append(a + c)
    return count + 1 + hanoi(n - 1, b, a, c)


def ackermann(m: int, n: int) -> int:
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def gray(n):
    if n == 0:
        return [""]
    prev = gray(n - 1)
    return ["0" + c for c in prev] + ["1" + c for c in reversed(prev)]


def partitions(n: int, largest: int, memo: dict[tuple[int, int], int]) -> int:
    if n == 0:
        return 1
    if n < 0 or largest == 0:
        return 0
    key = (n, largest)
    if key not in memo:
        memo[key] = partitions(n - largest, largest, memo) + partitions(n, largest - 1, memo)
    return memo[key]


def depth(n: int) -> int:
    return 0 if n == 0 else 1 + depth(n - 1)


def power(x: float, n: int) -> float:
    if n < 0:
        return 1 / power(x, -n)
    if n == 0:
        return 1
    half = power(x, n // 2)
    return half * half * (x if n % 2 else 1)


def binary_search(xs, target, low=0, high=None):
    if high is None:
        high = len(xs)
    if low >= high:
        return -1
    mid = (low + high) // 2
    if xs[mid] == target:
        return mid
    return (
        binary_search(xs, target, mid + 1, high)
        if xs[mid] < target
        else binary_search(xs, target, low, mid)
    )


print(hanoi(4), moves)
print(ackermann(2, 3), ackermann(3, 3), gray(3))
print([partitions(n, n, {}) for n in range(12)], partitions(60, 60, {}))
print(depth(2000), power(2.0, 10), power(2, -2), power(3, 5), power(7, 0))
print([binary_search([1, 3, 5, 7, 9], t) for t in (1, 9, 4, 5)])


def endless(n):
    return endless(n + 1) + 1


try:
    endless(0)
except RecursionError as e:
    print("RecursionError", "maximum recursion depth exceeded" in str(e))
print("still alive")
