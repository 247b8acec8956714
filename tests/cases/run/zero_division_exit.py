"""Division by zero reached in nested calls."""


def ratio(a: float, b: float) -> float:
    return a / b


def table(rows):
    return [ratio(a, b) for a, b in rows]


print(table([(1, 2), (3, 4)]))
print(table([(1.5, 2), (3, 0)]))
