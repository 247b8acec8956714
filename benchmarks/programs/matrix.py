"""Multiplying matrices that are lists of lists."""


def multiply(a: list[list[float]], b: list[list[float]]) -> list[list[float]]:
    columns = len(b[0])
    result = []
    for row in a:
        line = [0.0] * columns
        for k, factor in enumerate(row):
            other = b[k]
            for j in range(columns):
                line[j] += factor * other[j]
        result.append(line)
    return result


def main() -> None:
    n = 220
    a = [[(i * j) % 7 + 0.5 for j in range(n)] for i in range(n)]
    b = [[(i + j) % 5 - 1.25 for j in range(n)] for i in range(n)]
    product = multiply(a, b)
    print(product[0][0], product[n // 2][n // 3], sum(sum(row) for row in product))


main()
