"""Sieve of Eratosthenes over a list of booleans."""


def primes_below(limit: int) -> list[int]:
    sieve = [True] * limit
    sieve[0] = sieve[1] = False
    i = 2
    while i * i < limit:
        if sieve[i]:
            for j in range(i * i, limit, i):
                sieve[j] = False
        i += 1
    return [n for n, is_prime in enumerate(sieve) if is_prime]


def main() -> None:
    found = primes_below(4_000_000)
    print(len(found), found[-1], sum(found) % 1_000_007)


main()
