"""Figures about numbers and words."""

import math


def mean(values: list[float]) -> float:
    """The arithmetic mean.

    >>> mean([1.0, 2.0, 4.0])
    2.3333333333333335
    >>> mean([])
    Traceback (most recent call last):
    ValueError: no values
    """
    if not values:
        raise ValueError("no values")
    return sum(values) / len(values)


def deviation(values: list[float]) -> float:
    """The population's standard deviation.

    >>> deviation([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
    2.0
    """
    middle = mean(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))


def median(values: list[float]) -> float:
    """The middle value, or the mean of the middle two.

    >>> median([3.0, 1.0, 2.0]), median([4.0, 1.0, 2.0, 3.0])
    (2.0, 2.5)
    """
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def histogram(words: list[str]) -> dict[str, int]:
    """How often each word occurs, most frequent first, then by name.

    >>> histogram(["b", "a", "b"])
    {'b': 2, 'a': 1}
    """
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
