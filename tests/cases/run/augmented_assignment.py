"""Augmented assignment on names, items and attributes; evaluated once."""

trace: list[str] = []


def index(i: int) -> int:
    trace.append(f"index{i}")
    return i


class Box:
    def __init__(self) -> None:
        self.n = 1
        self.items = [1]
        self.name = "b"


def box(b: Box) -> Box:
    trace.append("box")
    return b


xs = [1, 2, 3]
xs[index(1)] += 10
xs[index(-1)] *= 5
print(xs, trace)
b = Box()
box(b).n += 5
box(b).items += [2, 3]
box(b).name += "ox"
box(b).items[index(0)] -= 7
print(b.n, b.items, b.name, trace)
d = {"k": 1}
d["k"] += 1
d["k"] **= 5
d["k"] //= 3
print(d)
try:
    d["missing"] += 1
except KeyError as e:
    print("KeyError", e)
s = "a"
s += "b" * 2
s *= 2
print(s)
t = (1,)
u = t
t += (2, 3)
print(t, u)
alias = xs
xs += [4]
print(alias is xs, alias)
xs = xs + [5]
print(alias is xs, alias)
n = 7
n /= 2
print(n)
n -= 0.5
n **= 2
n %= 5
print(n)
f = 10
f //= 3
f <<= 2
f |= 1
f &= ~4
f ^= 0xFF
f >>= 1
print(f)
grid = [[0, 0], [0, 0]]
for i in range(2):
    for j in range(2):
        grid[i][j] += i * 2 + j
print(grid)
st = {1, 2}
st2 = st
st |= {3}
st -= {1}
print(sorted(st2), st is st2)
flag = True
flag &= False
flag |= 3 > 2
print(flag)
big = 2**62
big += big
big += big
print(big)
total = 0.0
total += 1
total += True
print(total)
x = y = 5
x += 1
print(x, y)
pair = ([1], 2)
try:
    pair[0] += [9]
except TypeError as e:
    print(e, pair)
