"""Tuples of any length and nesting as keys, sorted and compared."""

items = [(i * 7 % 5 > 2, i * 3 % 4 == 1, i % 3, i * 13 % 17, str(i % 4)) for i in range(40)]
items.sort()
print(items)
items.sort(reverse=True)
print(items[:5], min(items), max(items))
print(sorted(items, key=lambda t: (t[2], (t[0], t[4]), t[3]))[:6])
d = {}
for t in items:
    d[t] = d.get(t, 0) + 1
print(len(d), list(d)[:2], (True, False, 1, 4.0, "1") in d)
nan = float("nan")
print(sorted([(1, nan, 2, 3), (1, 0.5, 2, 3), (1, nan, 1, 1), (0, 1.0, 1, 1)]))
print({(1, 2.0, (3, "a"), True): 1}[1.0, 2, (3, "a"), 1])
xs = [[3], [1, 2], [1]]
print(sorted((len(x), tuple(x), i, i) for i, x in enumerate(xs)))
