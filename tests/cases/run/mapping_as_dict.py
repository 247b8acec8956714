"""Objects with keys and items where a dict is taken."""


class M:
    def __init__(self):
        self.d = {"a": 1, "b": 2}

    def keys(self):
        return list(self.d)

    def __getitem__(self, k):
        return self.d[k]


m = M()
d = dict(m)
print(d)
e = {"z": 0, "a": 9}
e.update(m)
print(e)
e.update(M())
print({**m, "q": 1})


def f(**kw):
    return sorted(kw.items())


print(f(**m))
