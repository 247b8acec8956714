"""A seeded queue simulation and game of life: numbers, grids and state."""


class Lcg:
    def __init__(self, seed: int) -> None:
        self.state = seed

    def next(self) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self.state >> 33

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self.next() / 2**31

    def choice(self, items):
        return items[self.next() % len(items)]


class Elevator:
    def __init__(self, floors: int) -> None:
        self.floors = floors
        self.at = 0
        self.queue: list[int] = []
        self.travelled = 0

    def call(self, floor: int) -> None:
        if not 0 <= floor < self.floors:
            raise ValueError(f"no floor {floor}")
        if floor not in self.queue:
            self.queue.append(floor)

    def step(self) -> bool:
        if not self.queue:
            return False
        target = self.queue[0]
        if self.at == target:
            self.queue.pop(0)
        else:
            self.at += 1 if target > self.at else -1
            self.travelled += 1
        return True


def life(alive: set[tuple[int, int]]) -> set[tuple[int, int]]:
    counts: dict[tuple[int, int], int] = {}
    for x, y in alive:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = (x + dx, y + dy)
                    counts[cell] = counts.get(cell, 0) + 1
    return {c for c, n in counts.items() if n == 3 or (n == 2 and c in alive)}


rng = Lcg(2024)
print(
    [rng.next() for _ in range(4)],
    [round(rng.uniform(-1, 1), 6) for _ in range(3)],
    [rng.choice("abc") for _ in range(6)],
)
lift = Elevator(10)
for _ in range(6):
    lift.call(rng.next() % 10)
steps = 0
while lift.step():
    steps += 1
print(steps, lift.travelled, lift.at)
try:
    lift.call(10)
except ValueError as e:
    print(e)
glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for generation in range(4):
    print(generation, sorted(glider))
    glider = life(glider)
grid = [["#" if (x, y) in glider else "." for x in range(5)] for y in range(5)]
print("\n".join("".join(row) for row in grid))
balance, years = 1000.0, 0
while balance < 2000:
    balance *= 1.07
    years += 1
print(years, f"{balance:.2f}")
