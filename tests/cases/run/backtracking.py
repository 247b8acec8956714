"""N queens, subsets, permutations, sudoku rows, word search."""


def queens(n: int) -> list[list[int]]:
    solutions: list[list[int]] = []

    def place(row: int, columns: list[int]) -> None:
        if row == n:
            solutions.append(columns[:])
            return
        for c in range(n):
            if all(c != q and abs(c - q) != row - r for r, q in enumerate(columns)):
                columns.append(c)
                place(row + 1, columns)
                columns.pop()

    place(0, [])
    return solutions


def subsets(items):
    if not items:
        return [[]]
    rest = subsets(items[1:])
    return rest + [[items[0]] + s for s in rest]


def combination_sum(candidates: list[int], target: int) -> list[list[int]]:
    result = []

    def go(start, remaining, path):
        if remaining == 0:
            result.append(list(path))
        for i in range(start, len(candidates)):
            if candidates[i] > remaining:
                break
            path.append(candidates[i])
            go(i, remaining - candidates[i], path)
            path.pop()

    candidates.sort()
    go(0, target, [])
    return result


def permute(
    xs: list[int], k: int = 0, out: list[tuple[int, ...]] | None = None
) -> list[tuple[int, ...]]:
    if out is None:
        out = []
    if k == len(xs):
        out.append(tuple(xs))
    for i in range(k, len(xs)):
        xs[k], xs[i] = xs[i], xs[k]
        permute(xs, k + 1, out)
        xs[k], xs[i] = xs[i], xs[k]
    return out


def exists(board: list[list[str]], word: str) -> bool:
    rows, cols = len(board), len(board[0])

    def search(r: int, c: int, i: int) -> bool:
        if i == len(word):
            return True
        if not (0 <= r < rows and 0 <= c < cols) or board[r][c] != word[i]:
            return False
        board[r][c] = "#"
        found = any(search(r + dr, c + dc, i + 1) for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)))
        board[r][c] = word[i]
        return found

    return any(search(r, c, 0) for r in range(rows) for c in range(cols))


for n in range(1, 7):
    found = queens(n)
    print(n, len(found), found[0] if found else None)
for q in queens(6)[1]:
    print("." * q + "Q" + "." * (5 - q))
print(subsets([1, 2, 3]), len(subsets(list(range(8)))))
print(combination_sum([7, 3, 2], 7), combination_sum([2], 1))
print(permute([1, 2, 3]), len(permute([1, 2, 3, 4])))
board = [list("ABCE"), list("SFCS"), list("ADEE")]
print(exists(board, "ABCCED"), exists(board, "SEE"), exists(board, "ABCB"), board[0])
