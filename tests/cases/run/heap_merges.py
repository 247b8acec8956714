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


# Items are compared in CPython's order, and only when there is something to compare with.
try:
    print(list(heapq.merge([1], ["a"])))
except TypeError as error:
    print(error)
shown = []


def noted(number):
    shown.append(number)
    return -number


print(list(heapq.merge([9, 5, 1], [8, 8, 2], [7], key=noted)), shown)
shown.clear()
print(list(heapq.merge([1, 5, 9], [2, 8, 8], key=noted, reverse=True)), shown)
shown.clear()
print(list(heapq.merge([3, 2, 1], key=noted)), shown)
broken = heapq.merge([1, 2], [3, "x"])
try:
    for item in broken:
        print(item)
except TypeError as error:
    print(error)
print(list(broken))
