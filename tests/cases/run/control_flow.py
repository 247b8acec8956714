"""if, while, for, break, continue, else clauses, pass and nesting."""


def collatz(n: int) -> int:
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def first_prime_over(limit: int) -> int:
    n = limit
    while True:
        n += 1
        for d in range(2, n):
            if d * d > n:
                return n
            if n % d == 0:
                break
        else:
            return n


def grade(score: int) -> str:
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    elif score >= 70:
        return "C"
    else:
        pass
    return "F"


print([collatz(n) for n in range(1, 15)])
print([first_prime_over(n) for n in (1, 10, 100, 1000)])
print([grade(s) for s in (95, 85, 75, 10)])
for i in range(3):
    for j in range(3):
        if j == i:
            continue
        if i + j == 3:
            break
        print(i, j)
    else:
        print("row", i, "ran out")
    print("after", i, j)
n = 5
while n > 0:
    n -= 1
    if n == 3:
        continue
    if n == 1:
        break
    print("n", n)
else:
    print("not printed")
while n > 0:
    n -= 1
else:
    print("done", n)
for x in []:
    print("never")
else:
    print("empty loop")
for k in range(10, 0, -3):
    print(k, end=" ")
print(k)
for i in range(3):
    i = i * 10
    print(i)
total = 0
for i in range(1, 100):
    if i % 3 and i % 5:
        continue
    total += i
    if total > 200:
        break
print(total, i)
print(
    list(range(0)),
    list(range(5, 2)),
    list(range(-3, 3)),
    list(range(0, 10, 4)),
    range(3),
    range(1, 9, 2),
)
print(
    len(range(0, 10, 3)), 6 in range(0, 10, 3), range(10)[-1], range(10)[2:5], list(range(10))[::3]
)
if (x := 3) > 2:
    print("inline", x)
