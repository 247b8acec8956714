"""Operators of deques, known and dynamic."""

from collections import deque


def times(x, n):
    return x * n


print(times(deque([1, 2]), 2), times([1], 2), times("a", 3), 2 * deque("ab"))
values = [deque([1], maxlen=3), 3, "a", deque([1, 2, 3], maxlen=4)]
for value in values:
    print(value * 2, 2 * value)
first, second = values[0], values[3]
print(first + second, first < second, first >= second, first == deque([1]))
first += [7, 8, 9]
print(first, values[0] is first)
for other in (3, [1]):
    try:
        print(first + other)
    except TypeError as error:
        print(error)
    try:
        print(first < other)
    except TypeError as error:
        print(error)
