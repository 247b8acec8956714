"""Module code runs top to bottom; functions see later definitions; redefinition."""

print("first")


def caller():
    return helper() + 1


try:
    caller()
except NameError as e:
    print(e)


def helper():
    return 41


print(caller())


def helper():
    return 0


print(caller())
x = 1
for x in range(3):
    y = x * 2
print(x, y)
if x == 2:

    def branch():
        return "then"

else:

    def branch():
        return "else"


print(branch())


class Config:
    limit = 10
    doubled = limit * 2
    names = [n.upper() for n in ("a", "b")]
    print("class body runs", limit, doubled)

    def get(self):
        return self.limit


print(Config().get(), Config.names)
table = {f.__name__: f for f in (caller, branch)}
print(sorted(table), table["branch"]())
total = 0
while total < 3:
    total += 1
    if total == 2:
        note = "set at two"
print(note, total)
try:
    value = undefined_thing
except NameError as e:
    value = None
    print(e)
print(value)
a = [1, 2, 3]
b = a[:]
del a[0], b[1]
print(a, b)
z: int
try:
    print(z)
except NameError as e:
    print(e)
import math

print(math.floor(2.5), __name__ == "__main__", __doc__.split(";")[0])
