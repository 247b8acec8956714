"""copy.copy and copy.deepcopy: what is shared stays shared, what is nested is copied."""

import copy
from copy import deepcopy

grid = [[1, 2], [3, 4]]
shallow, deep = copy.copy(grid), deepcopy(grid)
grid[0][0] = 99
print(grid, shallow, deep, shallow[0] is grid[0], deep[0] is grid[0])
row = [0]
twice = deepcopy([row, row])
twice[0].append(1)
print(twice, row)
d = {"a": [1], "b": [2]}
e = deepcopy(d)
e["a"].append(5)
print(d, e, copy.copy(d)["a"] is d["a"], copy.copy((1, "x")), deepcopy("text"), deepcopy(3))
s = {1, 2, 3}
t = copy.copy(s)
t.add(4)
print(sorted(s), sorted(t), deepcopy([(1, [2]), (3, [4])]))


class Node:
    def __init__(self, value: int) -> None:
        self.value = value
        self.children: list["Node"] = []

    def total(self) -> int:
        return self.value + sum(c.total() for c in self.children)


root = Node(1)
root.children.append(Node(2))
clone = deepcopy(root)
thin = copy.copy(root)
root.children[0].value = 50
print(root.total(), clone.total(), thin.total(), thin.children is root.children)
root.children.append(root)
ring = deepcopy(root)
print(ring.children[1] is ring, ring is root, ring.children[0].value)
