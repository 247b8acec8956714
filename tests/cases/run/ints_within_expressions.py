"""Ints that are small, and larger than 64 bits for a moment within an expression."""

HIGH = 2**63 - 1
LOW = -(2**63)


def mixed(a: int, b: int) -> None:
    print(a * b // 2, a * b // 8 + a, (a * b + 1) // 7, a * b // -3, a * b // -1)
    print(a * b % 10, a * b % 16, a * b % -10, (a * b - a) % 1000003, (a * b + b) % 1)
    print(a * b - a * b, a * b + a * b == 2 * a * b, a * b < b * b, a * b >= a * a - 1)
    print(float(a * b), 1.5 + a * b, a * b / 3, (a * b + 1) / (a + 1), -(a * b))
    print(a + b + a + b, a - b - b, (a + b) * 2 - b, (a + b) // 2, (a - b) % 2, a + b > a)
    print(a * b & 255, a * b | 1, a * b ^ a, (a * b) >> 3, (a * b) << 2)
    print(a * b * a, a * b * a * b, a * b * a * b * a, abs(a * b), max(a * b, 5))
    print([a * b, a + 1], {a * b: b}, f"{a * b:,}", str(a * b + 1), (a * b, b), hash(a * b))
    print("yes" if a * b > 0 else "no", bool(a * b), not a * b, int(a * b), a * b == float(a * b))


def zero(a: int, b: int) -> None:
    for divide in (lambda: a * b // (b - b), lambda: a * b % (b - b), lambda: a * b / (b - b)):
        try:
            print(divide())
        except ZeroDivisionError as error:
            print(error)
    try:
        print(a * b // (b - b))
    except ZeroDivisionError as error:
        print(error)
    try:
        print(a * b % (b - b))
    except ZeroDivisionError as error:
        print(error)


def weights(n: int) -> float:
    total = 0.0
    for i in range(n):
        for j in range(n):
            total += 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)
    return total


def power(base: int, exponent: int, modulus: int) -> int:
    result = 1
    base %= modulus
    for bit in range(exponent.bit_length()):
        if exponent >> bit & 1:
            result = result * base % modulus
        base = base * base % modulus
    return result


def index(items: list[str], a: int, b: int) -> str:
    return items[a * b - HIGH * HIGH + 1]


for a, b in ((HIGH, HIGH), (LOW, LOW), (HIGH, LOW), (LOW, 1), (LOW, -1), (3, 5), (0, 7)):
    mixed(a, b)
    zero(a, b)
mixed(HIGH, HIGH)
mixed(LOW, LOW)
mixed(HIGH, LOW)
mixed(LOW, -1)
mixed(0, 1)
zero(HIGH, LOW)
print(weights(30))
print(power(3, 10**15 + 7, 2**61 - 1), power(7, 123456, 998244353), power(2, 100, HIGH))
print(index(["a", "b"], HIGH, HIGH))
