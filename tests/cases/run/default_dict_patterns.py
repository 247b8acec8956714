"""Patterns of dict use: counting, grouping, inverting, merging, nested updates, sorting, deleting."""

text = "one fish two fish red fish blue fish"
words = text.split()
counts = {}
for w in words:
    if w in counts:
        counts[w] += 1
    else:
        counts[w] = 1
print(counts, sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:2])
positions: dict[str, list[int]] = {}
for i, w in enumerate(words):
    if w not in positions:
        positions[w] = []
    positions[w].append(i)
print(positions, {w: p[0] for w, p in positions.items() if len(p) == 1})
by_length = {}
for w in counts:
    by_length.setdefault(len(w), set()).add(w)
print({k: sorted(v) for k, v in sorted(by_length.items())})
for w in list(counts):
    if counts[w] == 1:
        del counts[w]
print(counts)
a, b = {"x": 1, "y": {"p": 1}}, {"y": {"q": 2}, "z": 3}


def merge(left, right):
    out = dict(left)
    for k, v in right.items():
        if k in out and isinstance(out[k], dict) and isinstance(v, dict):
            out[k] = merge(out[k], v)
        else:
            out[k] = v
    return out


print(merge(a, b), a, b, {**a, **b}, a | b)
memo: dict[tuple[int, int], int] = {}


def grid_paths(r: int, c: int) -> int:
    if (r, c) in memo:
        return memo[(r, c)]
    result = 1 if r == 0 or c == 0 else grid_paths(r - 1, c) + grid_paths(r, c - 1)
    memo[r, c] = result
    return result


print(grid_paths(10, 10), len(memo), memo[2, 3])
state = {"n": 0, "log": []}


def step(s, name):
    s["n"] += 1
    s["log"].append(name)
    return s


print(step(state, "a") is state, step(state, "b"), state["n"])
keys = state.keys()
items = state.items()
state["new"] = True
print(list(keys), len(items), ("n", 2) in items, "new" in keys, list(state.values())[-1])
print(
    {"b": 1, "a": 2}.keys() & {"a", "c"},
    sorted({"b": 1}.keys() | {"a"}),
    {1: 2}.items() == {1: 2}.items(),
)
d = {i: i * i for i in range(6)}
evens = {k: d.pop(k) for k in list(d) if k % 2 == 0}
print(
    d,
    evens,
    min(d, key=d.get),
    max(evens.items(), key=lambda kv: kv[1]),
    next(iter(d)),
    list(d.items())[-1],
)
print(
    dict(sorted(d.items(), reverse=True)),
    dict(map(lambda kv: (kv[1], kv[0]), d.items())),
    d == dict(reversed(list(d.items()))),
)
nested = {"a": {"b": {"c": 1}}}
print(nested["a"]["b"]["c"], nested.get("a", {}).get("x", {}).get("c", "deep default"))
lookup = {True: "yes", 2: "two", "k": None, (1, 2): [3]}
print(lookup, lookup[1], lookup[2.0], lookup.get("k"), lookup[(1, 2)])
