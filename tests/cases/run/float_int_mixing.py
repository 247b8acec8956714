"""A name that holds an int or a float keeps which one it holds."""


def average(values):
    return sum(values) / len(values)


def scale(x: float, factor: float = 2) -> float:
    return x * factor


def clamp(x, low=0, high=1):
    return max(low, min(high, x))


def accumulate(values: list[float]) -> float:
    total = 0
    for v in values:
        total += v
    return total


x: float = 3
print(x, x / 2, x * 2)
print(scale(3), scale(1.5), scale(2, 0.5))
print(clamp(2), clamp(0.5), clamp(-3), clamp(-3.5, -1.5))
print(accumulate([]), accumulate([1, 2]), accumulate([1.5, 2]), accumulate([1, 2.0]))
print(average([1, 2, 3]), average([1.5, 2.5]))
print(max(1, 1.0), max(1.0, 1), min(2, 2.0), min(2.0, 2))
print(sum([1, 2]), sum([1.0, 2]), sum([], 0.0))
mixed = [1, 2.5, True, 3]
print(mixed, sum(mixed), max(mixed), sorted(mixed, reverse=True))
print({1: "int"}[1.0], 1.0 in [1, 2], [1, 2].index(2.0), (1, 2).count(1.0))
print(2**3, 2**3.0, 2**-3, 4**0.5)
print(abs(-3), abs(-3.0), round(3.7), round(3.7, 0), int(3.0), float(3))
result = 0
for i in range(3):
    result = result + i / 2 if i % 2 else result + i
print(result)
