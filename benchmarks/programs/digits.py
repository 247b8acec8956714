"""Digits of pi with big integers (Gibbons' unbounded spigot)."""


def pi_digits(count: int) -> str:
    q, r, t, k, n, m = 1, 0, 1, 1, 3, 3
    digits: list[str] = []
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(str(n))
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, m = (
                q * k,
                (2 * q + r) * m,
                t * m,
                k + 1,
                (q * (7 * k + 2) + r * m) // (t * m),
                m + 2,
            )
    return "".join(digits)


def main() -> None:
    digits = pi_digits(3_000)
    print(digits[:50], digits[-10:], sum(int(d) for d in digits))


main()
