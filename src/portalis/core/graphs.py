"""Graphs small enough not to load a library for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Node = TypeVar("Node")


def strong_components(
    nodes: Iterable[Node], successors: Callable[[Node], Iterable[Node]]
) -> list[Sequence[Node]]:
    """Strongly connected components, callees before callers.

    Source: R. Tarjan, "Depth-first search and linear graph algorithms", 1972; iterative.
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on_stack: set[Node] = set()
    out: list[Sequence[Node]] = []
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(list(successors(root))))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for child in rest:
                if child not in index:
                    index[child] = low[child] = len(index)
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(list(successors(child)))))
                    break
                if child in on_stack:
                    low[node] = min(low[node], index[child])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    component: list[Node] = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member is node:
                            break
                    out.append(component)
    return out


def reachable(start: Node, successors: Callable[[Node], Iterable[Node]]) -> frozenset[Node]:
    """`start` and all that it leads to."""
    found = {start}
    waiting = [start]
    while waiting:
        fresh = set(successors(waiting.pop())) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)
