from collections import OrderedDict, Counter
import json
def stuff(kind):
    if kind == 0:
        return OrderedDict(a=1, b=2)
    if kind == 1:
        return Counter("hello")
    return [1]
d = stuff(0)
d.move_to_end("a")
print(d)
c = stuff(1)
print(c.most_common(1), c.most_common())
mc = c.most_common
print(mc(2))
C2 = Counter("abca")
m2 = C2.most_common
print(m2(1))
kept = [C2.most_common, C2.elements]
print(kept[0](1))
print(d.popitem(last=False))
d["c"] = 3
d.move_to_end("c", last=False)
print(d, d.popitem(), c.most_common(n=1), hasattr(c, "most_common"), hasattr(d, "most_common"), hasattr(d, "move_to_end"))
f = d.move_to_end
f("c")
try:
    stuff(1).move_to_end("a")
except AttributeError as e:
    print(e)
try:
    stuff(2).move_to_end("a")
except AttributeError as e:
    print(e)
try:
    d.move_to_end("zz")
except KeyError as e:
    print(e)
print(getattr(c, "total")(), sorted(getattr(c, "elements")()))
