"""warnings: kept, raised, ignored."""

import warnings
from warnings import catch_warnings, warn


class OddWarning(UserWarning):
    pass


def old(value):
    warnings.warn("old() is deprecated", DeprecationWarning, stacklevel=2)
    return value + 1


def odd(value):
    if value % 2:
        warn(f"{value} is odd", OddWarning)
    return value


print(old(3))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old(1)
    odd(3)
    odd(4)
    warn("plain")
    warn(OddWarning("made"))
    for each in caught:
        print(each.category.__name__, str(each.message), isinstance(each.message, UserWarning))
print(len(caught), issubclass(caught[-1].category, UserWarning))
with catch_warnings():
    warnings.simplefilter("error")
    try:
        odd(5)
    except OddWarning as error:
        print("raised", error)
    warnings.filterwarnings("ignore", category=OddWarning)
    print(odd(7))
    warnings.filterwarnings("ignore", message="old.*")
    print(old(7))
    try:
        warn("other")
    except UserWarning as error:
        print("raised", error)
with catch_warnings(record=True) as caught:
    warnings.simplefilter("once")
    for _ in range(3):
        odd(9)
    print(len(caught))
warnings.filterwarnings("ignore")
print(odd(11))
try:
    warnings.simplefilter("sometimes")
except AssertionError as error:
    print(error)
