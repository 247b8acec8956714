"""A name that nothing binds."""


def total(values: list[int]) -> int:
    return sum(values) + undefined_bonus  # refuse: PT104


print(total([1, 2]))
