"""Averages and spreads of ints and floats, computed exactly and rounded once.

Sums are kept as exact fractions (numerator, denominator), as CPython does, so that the
result is the correctly rounded one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")


class StatisticsError(ValueError):
    """Too little data, or data without the wanted property."""


def _exact_sum(values: list[float]) -> tuple[int, int, bool]:
    """The sum as a fraction, and whether every value is an int."""
    partials: dict[int, int] = {}
    whole = True
    for x in values:
        if isinstance(x, float):
            whole = False
        n, d = x.as_integer_ratio()
        partials[d] = partials.get(d, 0) + n
    numerator, denominator = _joined(partials)
    return numerator, denominator, whole


def _joined(partials: dict[int, int]) -> tuple[int, int]:
    numerator, denominator = 0, 1
    for d, n in partials.items():
        numerator = numerator * d + n * denominator
        denominator *= d
        common = math.gcd(numerator, denominator)
        numerator //= common
        denominator //= common
    return numerator, denominator


def _has_special(values: list[float]) -> bool:
    return any(isinstance(x, float) and not math.isfinite(x) for x in values)


def _converted(numerator: int, denominator: int, whole: bool) -> float:
    if whole and numerator % denominator == 0:
        return numerator // denominator
    return numerator / denominator


def mean(data: Iterable[float]) -> float:
    values = list(data)
    if not values:
        raise StatisticsError("mean requires at least one data point")
    if _has_special(values):
        return sum(x for x in values if not math.isfinite(x))
    numerator, denominator, whole = _exact_sum(values)
    return _converted(numerator, denominator * len(values), whole)


def fmean(data: Iterable[float]) -> float:
    values = [float(x) for x in data]
    if not values:
        raise StatisticsError("fmean requires at least one data point")
    return math.fsum(values) / len(values)


def geometric_mean(data: Iterable[float]) -> float:
    values = list(data)
    for x in values:
        if x <= 0.0:
            raise StatisticsError(
                "geometric mean requires a non-empty dataset containing positive numbers"
            )
    if not values:
        raise StatisticsError(
            "geometric mean requires a non-empty dataset containing positive numbers"
        )
    return math.exp(fmean([math.log(x) for x in values]))


def harmonic_mean(data: Iterable[float]) -> float:
    values = list(data)
    if not values:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if len(values) == 1:
        if values[0] < 0:
            raise StatisticsError("harmonic mean does not support negative values")
        return values[0]
    for x in values:
        if x < 0:
            raise StatisticsError("harmonic mean does not support negative values")
    if 0 in values:
        return 0
    partials: dict[int, int] = {}
    for x in values:
        n, d = (1 / x).as_integer_ratio()
        partials[d] = partials.get(d, 0) + n
    numerator, denominator = _joined(partials)
    return (len(values) * denominator) / numerator


def median(data: Iterable[float]) -> float:
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError("no median for empty data")
    if n % 2 == 1:
        return values[n // 2]
    i = n // 2
    return (values[i - 1] + values[i]) / 2


def median_low(data: Iterable[float]) -> float:
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return values[n // 2] if n % 2 == 1 else values[n // 2 - 1]


def median_high(data: Iterable[float]) -> float:
    values = sorted(data)
    n = len(values)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return values[n // 2]


def mode(data: Iterable[_T]) -> _T:
    pairs = Counter(list(data)).most_common(1)
    if not pairs:
        raise StatisticsError("no mode for empty data")
    return pairs[0][0]


def multimode(data: Iterable[_T]) -> list[_T]:
    counts = Counter(list(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def _square_sum(values: list[float]) -> tuple[int, int, bool]:
    """The sum of squared deviations from the mean, exactly."""
    sums: dict[int, int] = {}
    squares: dict[int, int] = {}
    whole = True
    for x in values:
        if isinstance(x, float):
            whole = False
        n, d = x.as_integer_ratio()
        sums[d] = sums.get(d, 0) + n
        squares[d * d] = squares.get(d * d, 0) + n * n
    sn, sd = _joined(sums)
    qn, qd = _joined(squares)
    count = len(values)
    numerator = count * qn * sd * sd - sn * sn * qd
    denominator = count * qd * sd * sd
    common = math.gcd(numerator, denominator)
    return numerator // common, denominator // common, whole


def _square_sum_about(values: list[float], center: float) -> tuple[int, int, bool]:
    whole = True
    partials: dict[int, int] = {}
    for x in values:
        if isinstance(x, float) or isinstance(center, float):
            whole = False
        n, d = ((x - center) * (x - center)).as_integer_ratio()
        partials[d] = partials.get(d, 0) + n
    numerator, denominator = _joined(partials)
    return numerator, denominator, whole


def variance(data: Iterable[float], xbar: float | None = None) -> float:
    values = list(data)
    if len(values) < 2:
        raise StatisticsError("variance requires at least two data points")
    if xbar is None:
        numerator, denominator, whole = _square_sum(values)
    else:
        numerator, denominator, whole = _square_sum_about(values, xbar)
    return _converted(numerator, denominator * (len(values) - 1), whole)


def pvariance(data: Iterable[float], mu: float | None = None) -> float:
    values = list(data)
    if not values:
        raise StatisticsError("pvariance requires at least one data point")
    if mu is None:
        numerator, denominator, whole = _square_sum(values)
    else:
        numerator, denominator, whole = _square_sum_about(values, mu)
    return _converted(numerator, denominator * len(values), whole)


def stdev(data: Iterable[float], xbar: float | None = None) -> float:
    values = list(data)
    if len(values) < 2:
        raise StatisticsError("stdev requires at least two data points")
    if xbar is None:
        numerator, denominator, _ = _square_sum(values)
    else:
        numerator, denominator, _ = _square_sum_about(values, xbar)
    return _root(numerator, denominator * (len(values) - 1))


def pstdev(data: Iterable[float], mu: float | None = None) -> float:
    values = list(data)
    if not values:
        raise StatisticsError("pstdev requires at least one data point")
    if mu is None:
        numerator, denominator, _ = _square_sum(values)
    else:
        numerator, denominator, _ = _square_sum_about(values, mu)
    return _root(numerator, denominator * len(values))


def _root(n: int, m: int) -> float:
    """The square root of n/m, correctly rounded: 109 bits of it with a sticky last bit."""
    q = (n.bit_length() - m.bit_length() - 109) // 2
    if q >= 0:
        numerator = _odd_root(n, m << 2 * q) << q
        denominator = 1
    else:
        numerator = _odd_root(n << -2 * q, m)
        denominator = 1 << -q
    return numerator / denominator


def _odd_root(n: int, m: int) -> int:
    """The integer square root of n/m, its last bit set if it is not exact."""
    a = math.isqrt(n // m)
    return a | (1 if a * a * m != n else 0)


def quantiles(data: Iterable[float], n: int = 4, method: str = "exclusive") -> list[float]:
    if n < 1:
        raise StatisticsError("n must be at least 1")
    values = sorted(data)
    size = len(values)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    out: list[float] = []
    if method == "inclusive":
        m = size - 1
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            out.append((values[j] * (n - delta) + values[j + 1] * delta) / n)
        return out
    if method == "exclusive":
        m = size + 1
        for i in range(1, n):
            j = i * m // n
            j = 1 if j < 1 else size - 1 if j > size - 1 else j
            delta = i * m - j * n
            out.append((values[j - 1] * (n - delta) + values[j] * delta) / n)
        return out
    raise ValueError(f"Unknown method: {method!r}")


def covariance(x: list[float], y: list[float]) -> float:
    n = len(x)
    if len(y) != n:
        raise StatisticsError(
            "covariance requires that both inputs have same number of data points"
        )
    if n < 2:
        raise StatisticsError("covariance requires at least two data points")
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    sxy = math.fsum([(xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)])
    return sxy / (n - 1)


def correlation(x: list[float], y: list[float]) -> float:
    n = len(x)
    if len(y) != n:
        raise StatisticsError(
            "correlation requires that both inputs have same number of data points"
        )
    if n < 2:
        raise StatisticsError("correlation requires at least two data points")
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    sxy = math.fsum([(xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)])
    sxx = math.fsum([(xi - xbar) ** 2.0 for xi in x])
    syy = math.fsum([(yi - ybar) ** 2.0 for yi in y])
    if sxx * syy == 0.0:
        raise StatisticsError("at least one of the inputs is constant")
    return sxy / math.sqrt(sxx * syy)
