import functools
from functools import cached_property
class T:
    def __init__(self, v): self.v = v
class CP:
    def __init__(self): self.runs = 0
    @functools.cached_property
    def v(self):
        self.runs += 1
        print("once")
        return [self.runs]
    @cached_property
    def w(self):
        "doc"
        return self.v + [0]
cp = CP(); print(cp.v, cp.v, cp.v is cp.v, cp.w)
cp.v.append(5)
print(cp.v, T(cp.v).v, cp.runs)
del cp.v
print(cp.v, cp.runs)
cp.v = [9]
print(cp.v, cp.runs, cp.w)
del cp.v
try:
    del cp.v
except AttributeError as e: print("gone", e)
print(cp.v)
class Sub(CP):
    def reset(self):
        self.v = [1]
s = Sub(); s.reset(); print(s.v, s.runs)
