def kw(**k):
    return k
def both(a, *, c=0, **k):
    return a, c, k
d = {"a": 1, "z": 2}
print(kw(**d, b=2), kw(b=2, **d), kw(x=0, **d, y=3))
print(both(1, **{"m": 1}, n=2, c=5), both(**{"a": 1, "q": 2}, w=3))
fs = [kw]
for f in fs:
    print(f(**d, b=2), f(x=0, **d, y=3))
def passing(**k):
    return kw(first=0, **k, last=9)
print(passing(m=1, n=2))
def say(name, value):
    print(name)
    return value
print(kw(**say("star", {"p": 1}), q=say("q", 2)))
print(dict(**d, b=3), dict(b=3, **d))
class C:
    def __init__(self, **k):
        self.k = k
print(C(**d, e=1).k)
try:
    print(kw(**d, a=5))
except TypeError as e:
    print(e)
