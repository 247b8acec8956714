import collections
from collections.abc import Mapping


def is_mapping(x):
    return isinstance(x, Mapping)  # refuse: PT103


print(is_mapping({}), is_mapping(collections.ChainMap({1: 2})))
