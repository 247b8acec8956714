"""Matrices as lists of lists: product, transpose, determinant, inverse, power."""

Matrix = list[list[float]]


def multiply(a: Matrix, b: Matrix) -> Matrix:
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]


def identity(n: int) -> Matrix:
    return [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]


def determinant(m: Matrix) -> float:
    if len(m) == 1:
        return m[0][0]
    total = 0.0
    for c, value in enumerate(m[0]):
        minor = [row[:c] + row[c + 1 :] for row in m[1:]]
        total += (-1) ** c * value * determinant(minor)
    return total


def inverse(m: Matrix) -> Matrix:
    n = len(m)
    work = [row[:] + unit for row, unit in zip(m, identity(n))]
    for col in range(n):
        pivot = max(range(col, n), key=lambda r: abs(work[r][col]))
        if work[pivot][col] == 0:
            raise ValueError("singular matrix")
        work[col], work[pivot] = work[pivot], work[col]
        factor = work[col][col]
        work[col] = [v / factor for v in work[col]]
        for r in range(n):
            if r != col:
                f = work[r][col]
                work[r] = [a - f * b for a, b in zip(work[r], work[col])]
    return [row[n:] for row in work]


def power(m: list[list[int]], k: int) -> list[list[int]]:
    result = [[int(i == j) for j in range(len(m))] for i in range(len(m))]
    while k:
        if k & 1:
            result = [
                [sum(result[i][t] * m[t][j] for t in range(len(m))) for j in range(len(m))]
                for i in range(len(m))
            ]
        m = [
            [sum(m[i][t] * m[t][j] for t in range(len(m))) for j in range(len(m))]
            for i in range(len(m))
        ]
        k >>= 1
    return result


def spiral(m):
    out = []
    m = [row[:] for row in m]
    while m:
        out += m.pop(0)
        m = [list(col) for col in zip(*m)][::-1]
    return out


a = [[1.0, 2.0], [3.0, 4.0]]
print(multiply(a, a), multiply(a, identity(2)) == a, determinant(a))
print(inverse(a), [[round(v, 6) for v in row] for row in multiply(a, inverse(a))])
print(determinant([[2.0, 0.0, 1.0], [1.0, 3.0, 2.0], [1.0, 1.0, 4.0]]))
try:
    inverse([[1.0, 2.0], [2.0, 4.0]])
except ValueError as e:
    print(e)
print(power([[1, 1], [1, 0]], 90)[0][1], power([[2]], 100))
print(spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), spiral([[1, 2], [3, 4], [5, 6]]))
print(
    [list(r) for r in zip(*[[1, 2, 3], [4, 5, 6]])], [row[::-1] for row in zip(*[[1, 2], [3, 4]])]
)
