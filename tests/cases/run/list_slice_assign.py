"""Assignment to and deletion of slices, and changes while iterating."""

xs = list(range(10))
xs[2:5] = [20, 30]
print(xs)
xs[1:1] = [7, 7, 7]
print(xs)
xs[:2] = []
print(xs)
xs[::2] = [0] * len(xs[::2])
print(xs)
del xs[1:3]
print(xs)
del xs[::3]
print(xs)
xs[-2:] = "ab"
print(xs)
ys = [1, 2, 3]
ys[len(ys) :] = [4, 5]
ys[:0] = [0]
print(ys)
ys[1:3] = ys
print(ys)
ys[::-1] = list(range(len(ys)))
print(ys)
ys *= 2
print(ys)
del ys[:]
print(ys)
try:
    zs = [1, 2, 3, 4]
    zs[::2] = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    del [1, 2][5]
except IndexError as e:
    print(e)

numbers = [1, 2, 3, 4, 5, 6]
for n in numbers:
    if n % 2 == 0:
        numbers.remove(n)
print(numbers)
growing = [1]
for n in growing:
    if n < 5:
        growing.append(n + 1)
print(growing)
for i, n in enumerate(growing[:]):
    growing[i] = n * n
print(growing)
stack = [3]
seen = []
while stack:
    top = stack.pop()
    seen.append(top)
    stack.extend(range(top))
print(seen)
it = iter([1, 2, 3, 4])
for a in it:
    print(a, next(it))
