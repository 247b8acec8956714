class G:
    def __init__(self, grid):
        self.grid = grid
        self.height = len(grid)
        self.width = len(grid[0])

    def count(self, row, col):
        return sum(self.grid[r % self.height][c % self.width] for r, c in self.around(row, col))

    def around(self, row, col):
        return (
            (row + dr, col + dc)
            for dr in (-1, 0, 1)
            for dc in (-1, 0, 1)
            if not (dr == 0 and dc == 0)
        )

    def coords(self):
        return ((((r, c), cell) for c, cell in enumerate(row)) for r, row in enumerate(self.grid))

    def rows(self):
        return (
            ((cell, self.count(row, col)) for (row, col), cell in line) for line in self.coords()
        )


g = G([[0, 1, 0], [0, 1, 0], [0, 1, 1]])
for row in g.rows():
    print(list(row))
