"""Multiplication tables, calendars, aligned columns and ASCII art with nested loops."""

for i in range(1, 6):
    for j in range(1, 6):
        print(f"{i * j:3d}", end=" " if j < 5 else "\n")
days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
print(" ".join(days))
start, length = 3, 31
print("   " * start, end="")
for day in range(1, length + 1):
    print(f"{day:2}", end="\n" if (day + start) % 7 == 0 or day == length else " ")
n = 5
for row in range(-n + 1, n):
    stars = n - abs(row)
    print(" " * (n - stars) + "*" * (2 * stars - 1))
triangle = [[1]]
for _ in range(6):
    last = triangle[-1]
    triangle.append([1] + [a + b for a, b in zip(last, last[1:])] + [1])
width = len(" ".join(map(str, triangle[-1])))
for line in triangle:
    print(" ".join(map(str, line)).center(width).rstrip())
board = [[" "] * 3 for _ in range(3)]
for k, (r, c) in enumerate([(0, 0), (1, 1), (0, 2), (2, 2), (0, 1)]):
    board[r][c] = "XO"[k % 2]


def winner(b: list[list[str]]) -> str | None:
    lines = (
        b
        + [list(col) for col in zip(*b)]
        + [[b[i][i] for i in range(3)], [b[i][2 - i] for i in range(3)]]
    )
    for line in lines:
        if line[0] != " " and line.count(line[0]) == 3:
            return line[0]
    return None


print("\n-+-+-\n".join("|".join(row) for row in board), winner(board), winner([[" "] * 3] * 3))
items = [("Widget", 4, 3.5), ("Gadget with a long name", 10, 12.25), ("Ünit", 1, 1000)]
print(f"{'Item':<24}{'Qty':>5}{'Price':>10}{'Total':>12}")
print("=" * 51)
for name, qty, price in items:
    print(f"{name:<24}{qty:>5}{price:>10.2f}{qty * price:>12,.2f}")
print(f"{'Sum':<29}{'':>10}{sum(q * p for _, q, p in items):>12,.2f}")
for value in (5, 50, 500):
    print(f"|{'#' * (value // 25):<20}| {value:>5} {value / 500:>7.1%}")
print("".join(f"{c}{c.upper()}" for c in "abc"), *(f"{i:02x}" for i in range(8, 18)), sep=".")
