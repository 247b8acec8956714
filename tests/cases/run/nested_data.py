"""Lists of dicts of lists: records, grouping, updating in place, totals."""

inventory = {
    "fruits": {"apple": {"qty": 10, "price": 0.5}, "pear": {"qty": 3, "price": 0.75}},
    "tools": {"hammer": {"qty": 2, "price": 15.0}},
}


def total_value(stock: dict[str, dict[str, dict[str, float]]]) -> float:
    return sum(
        entry["qty"] * entry["price"] for group in stock.values() for entry in group.values()
    )


def restock(stock, group, name, qty):
    entry = stock.setdefault(group, {}).setdefault(name, {"qty": 0, "price": 1.0})
    entry["qty"] += qty
    return entry


print(total_value(inventory))
e = restock(inventory, "fruits", "apple", 5)
print(e, inventory["fruits"]["apple"] is e)
restock(inventory, "toys", "ball", 2)
print(inventory)
for group, entries in inventory.items():
    for name, entry in entries.items():
        print(f"{group:>6}/{name:<7} {entry['qty']:>4} x {entry['price']:6.2f}")
students: list[tuple[str, list[int]]] = [("Ann", [90, 80]), ("Bob", [70, 95, 85]), ("Cid", [])]
averages = {name: (sum(marks) / len(marks) if marks else 0.0) for name, marks in students}
print(averages, max(averages, key=lambda n: averages[n]))
adjacency: dict[int, list[int]] = {}
for a, b in [(1, 2), (2, 3), (1, 3), (4, 1)]:
    adjacency.setdefault(a, []).append(b)
    adjacency.setdefault(b, []).append(a)
print(adjacency, {k: len(v) for k, v in adjacency.items()})
index: dict[str, dict[int, list[int]]] = {}
docs = ["to be or not to be", "be good", "or else"]
for doc, text in enumerate(docs):
    for pos, word in enumerate(text.split()):
        index.setdefault(word, {}).setdefault(doc, []).append(pos)
print(index)
print(index["be"][0][1], sorted(index["or"]), [w for w in index if len(index[w]) > 1])
cube = [[[x + y * 2 + z * 4 for x in range(2)] for y in range(2)] for z in range(2)]
cube[1][0][1] = -1
print(cube, sum(v for plane in cube for row in plane for v in row))
pairs: dict[tuple[str, int], list[str]] = {("a", 1): ["x"]}
pairs["a", 1].append("y")
pairs[("b", 2)] = []
print(pairs, [k[0] for k in pairs], sorted(pairs, reverse=True))
queue = [(1, [1]), (2, [])]
queue[1][1].extend(queue[0][1])
print(queue, [] in [path for _, path in queue])
