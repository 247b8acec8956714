import json
print((-8) ** (1/3), pow(-1, 0.5), (-2.5) ** -0.5, (-8.0) ** 2, -8 ** (1/3), (-8) ** (4/2))
def f(x, y): return x ** y
data = json.loads("[-8, 0.5, 4, -2.0, 1.5]")
for a in data:
    for b in data:
        print(a, b, f(a, b))
values = [-8, "x", 0.25]
print(values[0] ** values[2], pow(values[0], values[2]))
x = values[0]
x **= 0.5
print(x)
print(abs((-1) ** 0.5), type((-1) ** 0.5).__name__)
