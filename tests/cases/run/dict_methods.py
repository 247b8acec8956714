"""Methods, order and operators of dict."""

d: dict[str, int] = {"one": 1, "two": 2}
d["three"] = 3
d["one"] = 11
print(d, len(d), "one" in d, "zz" not in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()))
print(
    d.get("two"), d.get("four"), d.get("four", 4), d.setdefault("five", 5), d.setdefault("one", 0)
)
del d["two"]
d["two"] = 22
print(d, d.pop("three"), d.pop("nope", -1), d.popitem(), d)
d.update({"a": 1, "one": 111})
d.update(b=2, c=3)
d.update([("p", 7), ("q", 8)])
print(d)
e = d.copy()
e.clear()
print(e, d | {"z": 26}, {**d, "b": 0}, dict(x=1, y=2), dict([("k", "v")]), dict(zip("ab", [1, 2])))
print(dict.fromkeys("abc"), dict.fromkeys([1, 2], 0))
d |= {"m": 13}
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2})
for key in d:
    print(key, end=" ")
print()
for key, value in sorted(d.items(), key=lambda kv: (-kv[1], kv[0])):
    print(f"{key}={value}", end=" ")
print()
print(max(d, key=d.get), min(d.values()), sum(d.values()), sorted(d)[:2], list(reversed(d))[0])
counts: dict[str, int] = {}
for ch in "mississippi":
    counts[ch] = counts.get(ch, 0) + 1
print(counts)
groups: dict[int, list[str]] = {}
for word in "the quick brown fox jumps over the lazy dog".split():
    groups.setdefault(len(word), []).append(word)
print(groups)
grid = {(0, 0): "start", (1, 2): "end"}
grid[(0, 1)] = "mid"
print(grid[1, 2], grid, (5, 5) in grid)
mixed = {1: "int", "1": "str", (1,): "tuple", None: "none", 2.5: "float"}
print(mixed, mixed[None], mixed[1], mixed[True])
inverse = {v: k for k, v in {"a": 1, "b": 2, "c": 1}.items()}
print(inverse, {k: v for k, v in inverse.items() if k > 1})
for missing in ("nope", "two words"):
    try:
        print(d[missing])
    except KeyError as err:
        print("KeyError:", err, repr(err), err.args)
try:
    del d["gone"]
except KeyError as err:
    print(err)
try:
    {}.popitem()
except KeyError as err:
    print(err)
try:
    for key in d:
        d[key + "!"] = 0
except RuntimeError as err:
    print(err)
