"""statistics: exact means of ints and floats, medians, modes, spreads, quantiles, errors."""

import statistics
from statistics import mean, median, mode, stdev

print(mean([1, 2, 3, 4]), mean([1, 2, 3]), mean([0.1, 0.2, 0.3]), statistics.fmean([1, 2, 4]))
print(median([3, 1, 2]), median([4, 1, 3, 2]), statistics.median_low([1, 2, 3, 4]))
print(statistics.median_high([1, 2, 3, 4]), mode(["a", "b", "b"]), statistics.multimode("aabbc"))
print(stdev([2, 4, 4, 4, 5, 5, 7, 9]), statistics.pstdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75]))
print(statistics.variance([2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5]))
print(statistics.pvariance([0.0, 0.25, 0.25, 1.25, 1.5, 1.75, 2.75, 3.25]))
print(statistics.quantiles([1, 2, 3, 4, 5, 6]), statistics.quantiles([1, 5, 9], n=3))
print(statistics.harmonic_mean([40, 60]), statistics.geometric_mean([54, 24, 36]))
print(
    statistics.correlation([1, 2, 3, 4], [1, 3, 2, 5]), statistics.covariance([1, 2, 3], [4, 5, 9])
)
try:
    mean([])
except statistics.StatisticsError as e:
    print("StatisticsError", e)
try:
    stdev([1])
except ValueError as e:
    print(type(e).__name__, e)
