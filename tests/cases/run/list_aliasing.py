"""Names share one list; copies do not; rows made by * are one row."""

a = [1, 2, 3]
b = a
b.append(4)
print(a, b, a is b)
c = a[:]
c.append(5)
print(a, c, a == c[:-1], a is c)


def add_item(items: list[int], value: int) -> list[int]:
    items.append(value)
    return items


def rebind(items: list[int]) -> None:
    items = items + [99]
    items.append(100)


d = add_item(a, 10)
print(d is a, b)
rebind(a)
print(a)
a += [11]
print(b, d)
a = a + [12]
print(a, b)

grid = [[0] * 3] * 2
grid[0][1] = 5
print(grid)
grid2 = [[0] * 3 for _ in range(2)]
grid2[0][1] = 5
print(grid2)
row = [1, 2]
matrix = [row, row, list(row)]
row.append(3)
print(matrix, matrix[0] is matrix[1], matrix[0] is matrix[2])
matrix[2].append(7)
first = matrix[0]
first[0] = -1
print(matrix, row)
shared = {"x": row}
shared["x"].append(8)
pair = (row, 1)
pair[0].append(9)
print(row, shared, pair)
x, y = row, row
x[0], y[1] = y[1], x[0]
print(row)
loop = [[], []]
for cell in loop:
    cell.append(len(loop))
print(loop)
snapshot = [list(r) for r in loop]
loop[0].append(1)
print(loop, snapshot)
z = w = []
z.append(1)
print(w, z is w)
i = 0
xs = [10, 20, 30]
i, xs[i] = 2, 99
print(i, xs)
