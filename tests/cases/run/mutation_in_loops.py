a = [1, 2, 3, 4, 5, 6]
for x in a:
    if x % 2 == 0:
        a.remove(x)
print(a)
a = [1, 2, 3]
for x in a:
    if len(a) < 8:
        a.append(x * 2)
print(a)
a = [1, 2, 3, 4]
for i, x in enumerate(a):
    a.pop()
    print(i, x, a)
a = [1, 2, 3]
for x in a:
    a = [9]
    print(x)
a = [3, 1, 2]
for x in reversed(a):
    a.append(x)
print(a)
d = {1: 2, 3: 4}
try:
    for k in d:
        d[k + 10] = 1
except RuntimeError as e:
    print(e, d)
try:
    for k in d:
        del d[k]
except RuntimeError as e:
    print(e, d)
d = {1: 1, 2: 2, 3: 3}
for k in d:
    d[k] = k * 10
print(d)
try:
    for k, v in d.items():
        d.pop(k)
        d[k + 100] = v
except RuntimeError as e:
    print(e, d)
s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as e:
    print(e)
for k in list(d):
    del d[k]
print(d)
a = [1, 2, 3]
it = iter(a)
next(it)
a.insert(0, 0)
print(list(it))
a.append(9)
print(list(it), next(it, "done"))
a = [1, 2, 3, 4, 5]
a2 = [x for x in a if a.pop()]
print(a2, a)
a = list(range(10))
for x in a[:]:
    if x % 3:
        a.remove(x)
print(a)
a = [1, 2, 3, 4]
for x in a:
    del a[0]
    print(x, a)
z = [1, 2, 3]
for p, q in zip(z, z):
    if p < 3:
        z.append(p)
    if len(z) > 6:
        break
    print(p, q)
print(z)
m = map(lambda v: v + 1, z)
z.append(100)
print(list(m))
a = [5, 3, 1]
a.extend(x for x in a[:2])
print(a)
a += a
print(a)
a[len(a) :] = a
print(len(a))
a[1:3] = a
print(a)
a = [1, 2, 3]
a[::-1] = a
print(a)
a = [1, 2, 3, 4, 5, 6]
try:
    a[::2] = [1, 2]
except ValueError as e:
    print(e)
a[::-2] = "xyz"
print(a)
a[5:2:-1] = [7, 8, 9]
print(a)
del a[::-2]
print(a)
a[10:20] = [1]
print(a)
a[2:0] = ["ins"]
print(a)
