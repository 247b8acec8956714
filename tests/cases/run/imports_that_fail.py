import sys
try:
    from os import nosuch
except ImportError as e:
    print(e.name, str(e).split(" (")[0])
try:
    from math import nosuch2
except ImportError as e:
    print(e.name, str(e).split(" (")[0])
try:
    import nosuchmod
except ImportError as e:
    print(e.name, str(e), type(e).__name__)
try:
    from os import getcwd, startfile
except ImportError:
    startfile = None
print(startfile)
try:
    from collections import OrderedDict, Nothing
except (ImportError, AttributeError) as error:
    print(type(error).__name__, error.name)
try:
    from itertools import batched
except ImportError:
    def batched(items, n):
        return [items[i:i + n] for i in range(0, len(items), n)]
print(batched([1, 2, 3], 2))
try:
    from collections import abc
    from os import path
except ImportError:
    print("never")
print(path.join("a", "b"))
