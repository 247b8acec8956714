"""collections.defaultdict: factories of every kind, what is stored, aliasing, repr."""

from collections import defaultdict

groups = defaultdict(list)
for word in ["apple", "avocado", "beet", "banana", "cherry"]:
    groups[word[0]].append(word)
print(groups, dict(groups), groups["zzz"], len(groups))
counts = defaultdict(int)
for c in "hello world":
    counts[c] += 1
print(sorted(counts.items()), counts.get("q"), "q" in counts, counts["q"], "q" in counts)
neighbours = defaultdict(set)
for x, y in [(1, 2), (2, 3), (1, 3)]:
    neighbours[x].add(y)
    neighbours[y].add(x)
print({k: sorted(v) for k, v in neighbours.items()})
fives = defaultdict(lambda: 5, {"a": 1})
fives["b"] += 1
print(dict(fives), fives["c"], sorted(fives))
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 3
nested["x"]["z"] -= 1
nested["w"]["y"] = 9
print({k: dict(v) for k, v in nested.items()})
floats = defaultdict(float)
floats["t"] += 1.5
print(floats, floats["u"])
strings = defaultdict(str)
strings[3] += "ab"
strings[3] += "c"
print(strings, repr(strings[4]), strings)
none = defaultdict(None)
none["k"] = 1
try:
    print(none["missing"])
except KeyError as e:
    print("KeyError", e, none)


class Node:
    def __init__(self):
        self.children = defaultdict(Node)
        self.word = False


root = Node()
for word in ("to", "tea", "ten"):
    node = root
    for ch in word:
        node = node.children[ch]
    node.word = True


def show(node: Node, prefix: str = "") -> None:
    if node.word:
        print(prefix)
    for ch in sorted(node.children):
        show(node.children[ch], prefix + ch)


show(root)
graph: defaultdict[str, list[str]] = defaultdict(list)
graph["a"].append("b")
alias = graph["a"]
alias.append("c")
print(graph["a"], graph.pop("a"), graph.setdefault("n", ["m"]), list(graph.keys()))
copied = graph.copy()
copied["new"].append("x")
print("new" in graph, copied, graph == {"n": ["m"]})
key_pairs = defaultdict(list, [("p", [1]), ("q", [2])])
key_pairs["p"].append(3)
print(key_pairs, type(key_pairs).__name__, isinstance(key_pairs, dict))
made = 0


def counting() -> int:
    global made
    made += 1
    return made * 10


tens = defaultdict(counting)
print(tens["a"], tens["b"], tens["a"], made)
matrix = defaultdict(lambda: [0] * 3)
matrix[1][2] = 7
print(dict(matrix), matrix[0])
