"""heapq.merge: many inputs, keys, downwards."""

import heapq
from heapq import merge

print(list(merge([1, 4], [2, 3])), list(merge([3, 1], [4, 2], reverse=True)))
print(list(merge(["aa", "b"], ["ccc", "dd"], key=len)), list(merge(["b", "aa"], ["c"], key=len)))
lists = [[1, 5, 9], [2, 6], [], [3, 3, 7]]
print(list(merge(*lists)), list(merge(*[r[::-1] for r in lists], reverse=True)))
print(list(merge(*lists, key=lambda n: n)), list(merge(*[[(1, "x"), (2, "y")], [(1, "a")]], key=lambda p: p[0])))
print(list(merge(*(range(i, 10, 4) for i in range(3)))), list(merge([2, 1])))
print(list(merge([(1, "b")], [(1, "a")], [(0, "z")])), next(merge("ad", "bc")))
print(list(merge([5, 3], [4], key=None, reverse=True)), list(heapq.merge([1], [2], [0], key=abs)))
print([s for s in merge(["b", "a"], ["c"], key=lambda s: -ord(s), reverse=False)])
walks = [iter([1, 2]), iter([0, 3])]
print(list(merge(*walks)))
