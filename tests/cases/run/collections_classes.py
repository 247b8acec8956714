from collections import ChainMap, UserDict

m = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(m["a"], m["b"], list(m), m, len(m), "b" in m, m.get("zz", 0))
n = m.new_child({"c": 5})
print(n["c"], n.maps, n.parents)
n["d"] = 9
print(n.maps[0], sorted(n.items()))
try:
    m["zz"]
except KeyError as e:
    print(repr(e))


class Lower(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k.lower(), v)


x = Lower()
x["ABC"] = 1
print(x, x["abc"], "abc" in x, len(x), x.data)
for k, v in x.items():
    print(k, v)
x.update({"Q": 5}, ZED=7)
print(
    x.get("q"),
    x.get("none"),
    x.setdefault("w", []),
    x.pop("abc"),
    x.pop("abc", "gone"),
    list(x),
    x == {"q": 5, "zed": 7, "w": []},
)
try:
    x["missing"]
except KeyError as e:
    print(repr(e))
print(
    len(x.keys()),
    "q" in x.keys(),
    5 in x.values(),
    list(x.values()),
    bool(m),
    bool(ChainMap({}, {})),
)
try:
    n.pop("a")
except KeyError as e:
    print(e)
try:
    del m["b"]
except KeyError as e:
    print(e)
print(n.pop("c"), n, m == {"a": 1, "b": 3})
m.maps.append({"z": 0})
print(m["z"], list(m.items()), m.popitem(), m)

held = UserDict({"a": 1, "b": 2})
print(held.keys() == {"a", "b"}, held.items() == {("a", 1), ("b", 2)}, held.keys() == held.keys())
print(held.keys() == {"a"}, sorted(held.keys() & {"b", "c"}), held == {"a": 1, "b": 2})
