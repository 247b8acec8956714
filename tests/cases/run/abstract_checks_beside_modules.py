"""What is asked of abstract classes where a module beside is imported for something else."""

import array as arrays
import types
from collections import abc


def of(x):
    if isinstance(x, abc.Mapping):
        return "mapping"
    if isinstance(x, abc.Sequence):
        return "sequence"
    return "-"


def shown(f: types.FunctionType):
    return f.__name__


print(of({}), of([]), of(3), of("a"), of(()), of(b""), of(range(3)), of({1}), shown(of))
