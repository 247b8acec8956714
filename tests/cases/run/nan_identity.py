nan = float("nan")
inf = float("inf")
print(nan == nan, nan != nan, nan < 1, nan in [nan], [nan] == [nan], [nan] == [float("nan")])
print({nan: 1}.get(nan), len({nan, nan}), len({float("nan"), float("nan")}))
import math

print(
    [math.nan] == [math.nan],
    math.nan in [math.nan],
    [nan].count(nan),
    [nan].index(nan),
    (nan, 1) == (nan, 1),
    nan is nan,
    math.nan is nan,
    [nan, 1] < [nan, 2],
)
x = inf - inf
print(x in [x], [x] == [x], x is x)
