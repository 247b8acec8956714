"""object() as a mark that is like nothing else."""

import builtins
from builtins import sorted as in_order

_MISSING = object()
_DONE = object()


def get(table, key, default=_MISSING):
    try:
        return table[key]
    except KeyError:
        if default is _MISSING:
            raise
        return default


class Queue:
    _stop = object()

    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def drain(self):
        self.items.append(self._stop)
        out = []
        for item in self.items:
            if item is self._stop:
                break
            out.append(item)
        return out


print(get({"a": 1}, "a"), get({"a": 1}, "b", None), get({}, 1, 2))
try:
    get({}, "x")
except KeyError as error:
    print("KeyError", error)
q = Queue()
q.push(1)
q.push("two")
q.push(None)
print(q.drain())
print(_MISSING is _DONE, _MISSING is _MISSING, _MISSING == _DONE, _MISSING != _DONE, _MISSING == 3)
print(repr(_MISSING).startswith("<object object at 0x"), type(_DONE).__name__, bool(_MISSING))
marks = {_MISSING: "missing", _DONE: "done"}
print(marks[_DONE], _MISSING in marks, object() in marks, len({object(), object()}))
print([x for x in iter(lambda it=iter([1, 2, _DONE, 3]): next(it), _DONE)])
lock = object()
try:
    lock.name = 3
except AttributeError as error:
    print(error)
try:
    print(_MISSING < _DONE)
except TypeError as error:
    print(error)
print(builtins.len("abc"), in_order([3, 1]), list(map(builtins.str, [1])))
try:
    import surely_not_a_module.inner as inner
except (ImportError, AttributeError) as error:
    print(type(error).__name__, error, error.name)
    inner = None
print(inner)
try:
    raise ImportError("no luck", name="lucky", path="/here")
except ImportError as error:
    print(error, error.args, error.name, error.path)
try:
    raise ValueError("x", name="y")
except TypeError as error:
    print(error)
