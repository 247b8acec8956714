"""Errors inside of loops, comprehensions, generators, sort keys and string building."""


def risky(n: int) -> float:
    if n % 4 == 3:
        raise ValueError(f"bad {n}")
    return 12 / (n % 5)


def collect(limit: int) -> tuple[list[float], list[str]]:
    good: list[float] = []
    bad: list[str] = []
    for n in range(limit):
        try:
            good.append(risky(n))
        except ZeroDivisionError:
            bad.append("zero")
            continue
        except ValueError as e:
            bad.append(str(e))
            if len(bad) > 3:
                break
        else:
            good[-1] += 0.5
    return good, bad


print(collect(3), collect(20))
try:
    print([risky(n) for n in (1, 2, 3)])
except ValueError as e:
    print("comprehension", e)
try:
    print(sum(risky(n) for n in (1, 5)))
except ZeroDivisionError as e:
    print("generator", e)
try:
    print({n: risky(n) for n in (1, 7)})
except ValueError as e:
    print("dict", e)
xs = [1, 2, 3]
try:
    xs.sort(key=risky)
except ValueError as e:
    print("sort", e, xs)
try:
    print("a", f"{risky(3)}", "never")
except ValueError as e:
    print("f-string", e)
total = 0
try:
    for n in range(10):
        total += n
        if total > 10:
            raise StopIteration("enough")
except StopIteration as e:
    print(e, e.value, total)
results = []
for action in (
    lambda: 1 / 1,
    lambda: 1 / 0,
    lambda: [][1],
    lambda: {}["x"],
    lambda: int("y"),
    lambda: "a" + 1,
):
    try:
        results.append(action())
    except (ArithmeticError, LookupError) as e:
        results.append(type(e).__name__)
    except Exception as e:
        results.append(f"{type(e).__name__}!")
print(results)
data = {"a": "1", "b": "x", "c": "3"}
parsed = {}
for key, text in data.items():
    try:
        parsed[key] = int(text)
    except ValueError:
        parsed[key] = None
print(parsed)
attempts = 0
while True:
    try:
        attempts += 1
        if attempts < 3:
            raise ConnectionError(f"try {attempts}")
        break
    except ConnectionError as e:
        print(e)
print(attempts)
