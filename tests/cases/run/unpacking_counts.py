# Unpacking of what has its items, of what is walked, and of dynamic values.
def three(items):
    a, b, c = items
    return c, b, a


print(three([1, 2, 3]), three((4, "x", None)), three("abc"), three({1: 2, 3: 4, 5: 6}))
for bad in ([1, 2], [1, 2, 3, 4], "ab", (1,), range(2)):
    try:
        print(three(bad))
    except ValueError as error:
        print(error)
try:
    three(3)
except TypeError as error:
    print(error)


def whole(numbers: list[int]) -> int:
    first, second = numbers
    return first * 10 + second


def most(numbers: tuple[int, ...]) -> int:
    a, b, c, d, e, f, g, h, i, j, k, m = numbers
    return a * b + c * d + e * f + g * h + i * j + k * m


print(whole([4, 2]), most(tuple(range(12))))
for numbers in ([1], [1, 2, 3], []):
    try:
        print(whole(numbers))
    except ValueError as error:
        print(error)
(one,) = [7]
[two, [three_, four]] = [1, "xy"]
print(one, two, three_, four)
a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13 = range(13)
print(a1, a7, a13)
pair = [1, 2]
pair[0], pair[1] = reversed(pair)
print(pair)


class Holder:
    def __init__(self):
        self.items = [[1, 2], [3, 4]]

    def take(self):
        (self.a, self.b), (self.c, self.d) = self.items
        return self.a + self.d


print(Holder().take())
rows = [["a", "1"], ["b", "2"]]
for name, count in rows:
    print(name, int(count))
