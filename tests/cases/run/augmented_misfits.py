"""What augmented assignments raise says `+=`."""

class A:
    def __init__(self):
        self.n = None
        self.k = 1
a = A()
try:
    a.n += 1
except TypeError as e:
    print(e)
if a.k > 5:
    a.n = 3
try:
    a.k += "a"
except TypeError as e:
    print(e)
d = {"a": None}
if a.k > 3:
    d["a"] = 2
try:
    d["a"] += 1
except TypeError as e:
    print(e)
def f(x=None):
    x -= 1
    return x
f(3)
try:
    f()
except TypeError as e:
    print(e)
s = "a"
try:
    s += 1
except TypeError as e:
    print(e)
k = 1.5
try:
    k *= None
except TypeError as e:
    print(e)
class B: pass
b = B()
try:
    b += 1
except TypeError as e:
    print(e)
try:
    k **= "x"
except TypeError as e:
    print(e)
