"""Loops with enough work that slow code would be seen: sieve, sums, string building, nested lists."""


def sieve(n):
    flags = bytearray([1]) * (n + 1)
    flags[0] = flags[1] = 0
    i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = 0
        i += 1
    return sum(flags)


def collatz_longest(limit: int) -> tuple[int, int]:
    best, best_n = 0, 0
    cache = {1: 1}
    for n in range(1, limit):
        m, steps = n, 0
        while m not in cache:
            m = m // 2 if m % 2 == 0 else 3 * m + 1
            steps += 1
        cache[n] = cache[m] + steps
        if cache[n] > best:
            best, best_n = cache[n], n
    return best_n, best


def matmul(n: int) -> int:
    a = [[(i * j) % 7 for j in range(n)] for i in range(n)]
    b = [[(i + j) % 5 for j in range(n)] for i in range(n)]
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return sum(c[i][i] for i in range(n)) + c[0][n - 1]


def words(n):
    out = []
    state = 12345
    for _ in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append("".join(chr(97 + (state >> s) % 26) for s in (3, 8, 13)))
    return out


class Particle:
    def __init__(self, x, v):
        self.x = x
        self.v = v

    def step(self, dt):
        self.x += self.v * dt
        if self.x > 1.0 or self.x < 0.0:
            self.v = -self.v


print(sieve(50000), collatz_longest(3000), matmul(30))
ws = words(2000)
counts = {}
for w in ws:
    counts[w] = counts.get(w, 0) + 1
print(len(counts), sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:3], len("".join(ws)))
ps = [Particle(i / 10, 0.3 + i / 7) for i in range(5)]
for _ in range(500):
    for p in ps:
        p.step(0.01)
print([round(p.x, 6) for p in ps], sum(p.v > 0 for p in ps))
total = 0
for i in range(60000):
    total = (total + i * i) % 1000007
print(total)
queue = list(range(2000))
order = 0
while len(queue) > 1:
    order = (order + 6) % len(queue)
    queue.pop(order)
print(queue)
text = ""
for i in range(1500):
    text += chr(65 + i % 26)
print(len(text), text[::97], text.count("ABC"))
