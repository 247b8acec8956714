"""A list is assigned what a comprehension makes of its own slice."""


def shortened(n: int, items: list) -> list:
    while n > 0:
        n -= 1
        items = [0 for _ in items[:2]]
    return items


def turned(items: list[int]) -> list[int]:
    items = [x * 2 for x in items[::-1]]
    items = [x + 1 for x in items[-3:100]]
    return items


print(shortened(3, [1, "a", 2.5]))
print(turned([1, 2, 3, 4, 5]))
try:
    print([x for x in turned([1])[:: int("0")]])
except ValueError as error:
    print(error)
