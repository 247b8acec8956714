"""None, Optional values and narrowing."""

from typing import Optional


class Node:
    def __init__(self, value: int, next: Optional["Node"] = None) -> None:
        self.value = value
        self.next = next


def find(values: list[int], target: int) -> Optional[int]:
    for i, v in enumerate(values):
        if v == target:
            return i
    return None


def length(node: Optional[Node]) -> int:
    n = 0
    while node is not None:
        n += 1
        node = node.next
    return n


def pick(name: str | None = None, default: str = "anon") -> str:
    if name is None:
        return default
    return name.upper()


def nested(table: dict[str, Optional[int]], key: str) -> int:
    value = table.get(key)
    if value is None or value < 0:
        return -1
    return value + 1


print(find([1, 2, 3], 2), find([], 1), find([5], 5))
pos = find([4, 0], 4)
print(
    pos if pos else "falsy",
    pos is None,
    pos is not None,
    pos == 0,
    "found" if pos is not None else "none",
)
print(pick(), pick("ann"), pick(None, "z"), pick(""))
chain = Node(1, Node(2, Node(3)))
print(length(chain), length(None), chain.next.value if chain.next else 0)
head: Optional[Node] = None
for v in (3, 2, 1):
    head = Node(v, head)
values: list[int] = []
current = head
while current:
    values.append(current.value)
    current = current.next
print(values)
print(nested({"a": 1, "b": None, "c": -4}, "a"), nested({"b": None}, "b"), nested({}, "q"))
items: list[Optional[str]] = ["x", None, "y"]
print(items, [s for s in items if s], [s or "?" for s in items], items.count(None), None in items)
best: Optional[float] = None
for score in (1.5, 0.5, 2.5):
    if best is None or score > best:
        best = score
print(
    best,
    None,
    [None],
    (None,),
    {"k": None},
    str(None),
    f"{None}",
    None == 0,
    None is None,
    not None,
)
result = None
print(result)
result = 5
print(result + 1)
d = {"x": 1}
print(d.get("x"), d.get("y"), d.get("y") is None)
try:
    head.next.next.next.value
except AttributeError as e:
    print(e)
