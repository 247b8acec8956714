"""Graphs as dicts: BFS, DFS, Dijkstra, topological order, union-find."""

import heapq
from collections import deque

graph: dict[str, dict[str, int]] = {
    "A": {"B": 4, "C": 1},
    "B": {"D": 1},
    "C": {"B": 2, "D": 5},
    "D": {"E": 3},
    "E": {},
}


def bfs(start: str) -> list[str]:
    order: list[str] = []
    queue = deque([start])
    seen = {start}
    while queue:
        node = queue.popleft()
        order.append(node)
        for neighbour in graph[node]:
            if neighbour not in seen:
                seen.add(neighbour)
                queue.append(neighbour)
    return order


def dfs(node, visited=None):
    if visited is None:
        visited = []
    visited.append(node)
    for neighbour in graph[node]:
        if neighbour not in visited:
            dfs(neighbour, visited)
    return visited


def dijkstra(start: str) -> dict[str, int]:
    dist = {start: 0}
    heap = [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if d > dist[node]:
            continue
        for neighbour, weight in graph[node].items():
            new = d + weight
            if neighbour not in dist or new < dist[neighbour]:
                dist[neighbour] = new
                heapq.heappush(heap, (new, neighbour))
    return dist


def topological(edges: list[tuple[int, int]], n: int) -> list[int]:
    incoming = [0] * n
    out: list[list[int]] = [[] for _ in range(n)]
    for a, b in edges:
        out[a].append(b)
        incoming[b] += 1
    ready = [i for i in range(n) if incoming[i] == 0]
    result = []
    while ready:
        node = ready.pop(0)
        result.append(node)
        for b in out[node]:
            incoming[b] -= 1
            if not incoming[b]:
                ready.append(b)
    if len(result) != n:
        raise ValueError("cycle")
    return result


class UnionFind:
    def __init__(self, n):
        self.parent = list(range(n))
        self.components = n

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def union(self, a, b):
        ra, rb = self.find(a), self.find(b)
        if ra == rb:
            return False
        self.parent[ra] = rb
        self.components -= 1
        return True


print(bfs("A"), dfs("A"), dijkstra("A"))
print(topological([(0, 1), (1, 2), (0, 3), (3, 2)], 4))
try:
    topological([(0, 1), (1, 0)], 2)
except ValueError as e:
    print(e)
uf = UnionFind(5)
print(uf.union(0, 1), uf.union(1, 0), uf.union(3, 4), uf.components, uf.find(0) == uf.find(1))
