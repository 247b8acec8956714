"""Members that the library had in older Pythons, and what programs for both do about it."""

import collections
import fractions
import itertools
import sys

try:
    from itertools import izip
except ImportError:
    izip = zip

try:
    from fractions import gcd
except ImportError as error:
    print(type(error).__name__)
    from math import gcd

try:
    from collections import Mapping
except ImportError:
    from collections.abc import Mapping

PY2 = sys.version_info[0] == 2


def largest():
    return sys.maxint if PY2 else sys.maxsize


def unused(a, b):
    return [x for x in itertools.izip(a, b)]


for use in (
    lambda: unused([1], [2]),
    lambda: sys.maxint,
    lambda: fractions.gcd(4, 6),
    lambda: isinstance({}, collections.Mapping),
):
    try:
        print(use())
    except AttributeError as error:
        print(error)
print(list(izip("ab", [1, 2])), gcd(12, 18), isinstance({}, Mapping), largest() > 0)
