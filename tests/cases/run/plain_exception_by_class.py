class FrozenHashError(TypeError):
    pass


class Box:
    def __init__(self, v):
        self.v = v
        self._hash = None

    def __hash__(self):
        try:
            ret = self._hash
        except AttributeError:
            ret = None
        if ret is None:
            try:
                ret = self._hash = hash(frozenset([self.v]))
            except Exception as e:
                ret = self._hash = FrozenHashError(e)
        if ret.__class__ is FrozenHashError:
            raise ret
        return ret


try:
    print(hash(Box(3)) == hash(frozenset([3])))
    print(hash(Box([])))
except TypeError as e:
    print(type(e).__name__, e)
