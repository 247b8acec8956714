"""A binary search tree: insertion, traversals, deletion, height and validation."""

from __future__ import annotations

from typing import Iterator, Optional


class Tree:
    def __init__(self, key: int) -> None:
        self.key = key
        self.left: Optional[Tree] = None
        self.right: Optional[Tree] = None

    def insert(self, key: int) -> None:
        if key < self.key:
            if self.left is None:
                self.left = Tree(key)
            else:
                self.left.insert(key)
        elif key > self.key:
            if self.right is None:
                self.right = Tree(key)
            else:
                self.right.insert(key)

    def __contains__(self, key: int) -> bool:
        node: Optional[Tree] = self
        while node is not None:
            if key == node.key:
                return True
            node = node.left if key < node.key else node.right
        return False


def inorder(node: Optional[Tree]) -> Iterator[int]:
    if node:
        yield from inorder(node.left)
        yield node.key
        yield from inorder(node.right)


def preorder(node: Optional[Tree]) -> list[int]:
    return [node.key, *preorder(node.left), *preorder(node.right)] if node else []


def height(node: Optional[Tree]) -> int:
    return 0 if node is None else 1 + max(height(node.left), height(node.right))


def levels(root: Tree) -> list[list[int]]:
    result: list[list[int]] = []
    layer = [root]
    while layer:
        result.append([n.key for n in layer])
        layer = [child for n in layer for child in (n.left, n.right) if child is not None]
    return result


def delete(node: Optional[Tree], key: int) -> Optional[Tree]:
    if node is None:
        return None
    if key < node.key:
        node.left = delete(node.left, key)
    elif key > node.key:
        node.right = delete(node.right, key)
    else:
        if node.left is None:
            return node.right
        if node.right is None:
            return node.left
        successor = node.right
        while successor.left:
            successor = successor.left
        node.key = successor.key
        node.right = delete(node.right, successor.key)
    return node


def valid(node: Optional[Tree], low: float = float("-inf"), high: float = float("inf")) -> bool:
    if node is None:
        return True
    return (
        low < node.key < high
        and valid(node.left, low, node.key)
        and valid(node.right, node.key, high)
    )


root = Tree(50)
for key in (30, 70, 20, 40, 60, 80, 30, 65):
    root.insert(key)
print(list(inorder(root)), preorder(root), height(root), levels(root), valid(root))
print(60 in root, 61 in root)
for key in (20, 70, 50, 999):
    smaller = delete(root, key)
    assert smaller is not None
    root = smaller
    print(key, list(inorder(root)), root.key, valid(root))
root.left.key = 1000
print(valid(root), sum(inorder(root)))
