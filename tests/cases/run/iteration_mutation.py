"""Containers changed while they are read: lists by index, dicts refused, copies, views."""

xs = [1, 2, 3, 4, 5, 6]
for x in xs:
    if x % 2 == 0:
        xs.remove(x)
print(xs)
xs = [1, 2, 3]
for x in xs:
    if len(xs) < 8:
        xs.append(x * 10)
print(xs)
xs = [5, 4, 3, 2]
for i in range(len(xs)):
    if i < len(xs):
        xs.pop()
print(xs)
ys = [1, 2, 3]
for y in ys:
    ys = ["rebound"]
    print(y, ys)
for i, v in enumerate(xs):
    xs[i] = v * 2
print(xs)
d = {"a": 1, "b": 2, "c": 3}
for label, change in (("add", lambda: d.update(z=0)), ("delete", lambda: d.pop("a"))):
    try:
        for k in d:
            change()
    except RuntimeError as e:
        print(label, e, d)
for k in d:
    d[k] = d[k] * 10
print(d)
for k in list(d):
    if d[k] > 20:
        del d[k]
print(d)
s = {1, 2, 3}
try:
    for v in s:
        s.add(v + 100)
except RuntimeError as e:
    print(e)
it = iter([1, 2, 3, 4])
for a in it:
    b = next(it, None)
    print(a, b)
zs = [3, 1, 2]
for z in sorted(zs):
    zs.insert(0, z)
print(zs)
for z in zs[:]:
    if z == 3:
        zs.remove(z)
print(zs)
for z in reversed(zs):
    zs.append(z)
    if len(zs) > 9:
        break
print(zs)
r = range(3)
for i in r:
    r = range(10)
print(i, len(r))
grid = [[1, 2], [3, 4]]
for row in grid:
    row.append(sum(row))
    row = ["lost"]
print(grid)
pairs = zip(zs, iter(zs))
zs.clear()
print(list(pairs))
text = "abc"
for ch in text:
    text += ch.upper()
print(text)
n = 3
while n:
    for k in range(n):
        n -= 1
    print("n", n, k)
