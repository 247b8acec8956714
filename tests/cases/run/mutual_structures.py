"""Structures that refer to each other: doubly linked list, graph of objects, LRU cache, trie."""


class Entry:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.prev = None
        self.next = None


class LRU:
    def __init__(self, capacity):
        self.capacity = capacity
        self.map = {}
        self.head = Entry(None, None)
        self.tail = Entry(None, None)
        self.head.next = self.tail
        self.tail.prev = self.head

    def _unlink(self, e):
        e.prev.next = e.next
        e.next.prev = e.prev

    def _front(self, e):
        e.next = self.head.next
        e.prev = self.head
        self.head.next.prev = e
        self.head.next = e

    def get(self, key):
        if key not in self.map:
            return -1
        e = self.map[key]
        self._unlink(e)
        self._front(e)
        return e.value

    def put(self, key, value):
        if key in self.map:
            self._unlink(self.map[key])
        elif len(self.map) >= self.capacity:
            oldest = self.tail.prev
            self._unlink(oldest)
            del self.map[oldest.key]
        e = Entry(key, value)
        self.map[key] = e
        self._front(e)

    def keys(self):
        e = self.head.next
        while e is not self.tail:
            yield e.key
            e = e.next


class Trie:
    def __init__(self):
        self.children: dict[str, "Trie"] = {}
        self.end = False

    def add(self, word: str) -> None:
        node = self
        for ch in word:
            node = node.children.setdefault(ch, Trie())
        node.end = True

    def find(self, prefix: str) -> list[str]:
        node = self
        for ch in prefix:
            if ch not in node.children:
                return []
            node = node.children[ch]
        found: list[str] = []
        node._collect(prefix, found)
        return found

    def _collect(self, word: str, found: list[str]) -> None:
        if self.end:
            found.append(word)
        for ch in sorted(self.children):
            self.children[ch]._collect(word + ch, found)


class City:
    def __init__(self, name):
        self.name = name
        self.roads = {}

    def connect(self, other, km):
        self.roads[other] = km
        other.roads[self] = km


cache = LRU(2)
cache.put("a", 1)
cache.put("b", 2)
print(cache.get("a"), list(cache.keys()))
cache.put("c", 3)
print(cache.get("b"), cache.get("c"), cache.get("a"), list(cache.keys()))
cache.put("c", 30)
print(cache.get("c"), len(cache.map), list(cache.keys()))
trie = Trie()
for w in ("car", "card", "care", "cat", "dog", "été"):
    trie.add(w)
print(trie.find("car"), trie.find("d"), trie.find("x"), trie.find("é"), len(trie.find("")))
a, b, c = City("A"), City("B"), City("C")
a.connect(b, 5)
b.connect(c, 7)
print({o.name: km for o, km in b.roads.items()}, sum(a.roads.values()), b in a.roads, c in a.roads)
frontier, seen = [(0, a)], {a: 0}
while frontier:
    d, city = frontier.pop(0)
    for other, km in city.roads.items():
        if other not in seen:
            seen[other] = d + km
            frontier.append((d + km, other))
print({city.name: d for city, d in seen.items()})
