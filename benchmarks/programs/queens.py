"""Eight queens and more, by recursion over sets."""


def place(row: int, n: int, columns: set[int], up: set[int], down: set[int]) -> int:
    if row == n:
        return 1
    found = 0
    for column in range(n):
        if column in columns or row + column in up or row - column in down:
            continue
        columns.add(column)
        up.add(row + column)
        down.add(row - column)
        found += place(row + 1, n, columns, up, down)
        columns.remove(column)
        up.remove(row + column)
        down.remove(row - column)
    return found


def main() -> None:
    for n in range(4, 12):
        print(n, place(0, n, set(), set(), set()))


main()
