"""Cents: formatting, discounts and splitting without losing one."""


def euros(cents: int) -> str:
    """Cents as text with two decimals and thousands separated.

    >>> euros(123456789)
    '1,234,567.89'
    >>> euros(-5)
    '-0.05'
    """
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def percent_of(cents: int, percent: int) -> int:
    """A share of an amount, rounded half up to a whole cent.

    >>> percent_of(1999, 15)
    300
    >>> percent_of(-50, 1)
    0
    """
    return (cents * percent + 50) // 100


def split(cents: int, parts: int) -> list[int]:
    """Divide an amount so that the parts differ by at most one cent.

    >>> split(100, 3)
    [34, 33, 33]
    >>> sum(split(12345, 7))
    12345
    >>> split(1, 0)
    Traceback (most recent call last):
    ValueError: cannot split into 0 parts
    """
    if parts < 1:
        raise ValueError(f"cannot split into {parts} parts")
    base, extra = divmod(cents, parts)
    return [base + 1 if i < extra else base for i in range(parts)]


def compound(cents: int, percent: int, years: int) -> int:
    """Savings with interest, exact over any number of years.

    >>> compound(100, 5, 2)
    110
    """
    return cents * (100 + percent) ** years // 100**years
