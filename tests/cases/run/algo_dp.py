"""Dynamic programming: knapsack, edit distance, LCS, LIS, coin change."""

from typing import List


def knapsack(weights: List[int], values: List[int], capacity: int) -> int:
    dp = [[0] * (capacity + 1) for _ in range(len(weights) + 1)]
    for i in range(1, len(weights) + 1):
        for w in range(capacity + 1):
            dp[i][w] = dp[i - 1][w]
            if weights[i - 1] <= w:
                dp[i][w] = max(dp[i][w], dp[i - 1][w - weights[i - 1]] + values[i - 1])
    return dp[-1][-1]


def edit_distance(a: str, b: str) -> int:
    prev = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        cur = [i]
        for j, cb in enumerate(b, 1):
            cur.append(min(prev[j] + 1, cur[j - 1] + 1, prev[j - 1] + (ca != cb)))
        prev = cur
    return prev[-1]


def lcs(a, b):
    m, n = len(a), len(b)
    table = [[0] * (n + 1) for _ in range(m + 1)]
    for i in range(m - 1, -1, -1):
        for j in range(n - 1, -1, -1):
            table[i][j] = (
                1 + table[i + 1][j + 1] if a[i] == b[j] else max(table[i + 1][j], table[i][j + 1])
            )
    i = j = 0
    out = ""
    while i < m and j < n:
        if a[i] == b[j]:
            out += a[i]
            i += 1
            j += 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return out


def lis(xs: List[int]) -> List[int]:
    best = [1] * len(xs)
    parent = [-1] * len(xs)
    for i in range(len(xs)):
        for j in range(i):
            if xs[j] < xs[i] and best[j] + 1 > best[i]:
                best[i], parent[i] = best[j] + 1, j
    k = best.index(max(best))
    out = []
    while k != -1:
        out.append(xs[k])
        k = parent[k]
    return out[::-1]


def coins(amount: int, denominations: List[int]) -> int:
    inf = float("inf")
    dp = [0] + [inf] * amount
    for c in denominations:
        for a in range(c, amount + 1):
            dp[a] = min(dp[a], dp[a - c] + 1)
    return -1 if dp[amount] == inf else dp[amount]


print(knapsack([1, 3, 4, 5], [1, 4, 5, 7], 7), knapsack([10], [5], 9))
print(edit_distance("kitten", "sitting"), edit_distance("", "abc"), edit_distance("naïve", "naive"))
print(lcs("AGGTAB", "GXTXAYB"), repr(lcs("abc", "xyz")), lis([10, 9, 2, 5, 3, 7, 101, 18]))
print(coins(11, [1, 2, 5]), coins(3, [2]), coins(0, [1]), coins(27, [4, 9]))
