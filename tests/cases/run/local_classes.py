"""Classes in functions whose methods use the function's variables."""


def make(step, names=()):
    limit = 10
    seen = []

    def shown(x):
        return f"<{x}>"

    class Counter:
        def __init__(self, start=0):
            self.count = start

        def advance(self):
            self.count = min(self.count + step, limit)
            seen.append(self.count)
            return shown(self.count)

        def split(self):
            return [Counter(self.count + i) for i in range(2)]

        def __add__(self, other):
            if isinstance(other, Counter):
                return Counter(self.count + other.count)
            return Counter(self.count + other)

        def shadowed(self, limit, more=step):
            seen.append(more)
            return [step for step in range(limit)] + [(lambda seen: seen)(7)]

    counter = Counter()
    return counter, Counter(start=1), seen, names


a, b, seen, _ = make(3)
c, d, other, _ = make(50)
print(a.advance(), a.advance(), b.advance(), c.advance(), d.advance())
print(seen, other, [x.count for x in a.split()], (a + b).count, (a + 1).count)
print([x.advance() for x in a.split()], a.shadowed(2))


class Solution:
    def query(self, words, wanted):
        INF = float("inf")

        class Trie:
            def __init__(self):
                self.__nodes = []
                self.__best = []
                self.__new()

            def __new(self):
                self.__nodes.append([-1] * 26)
                self.__best.append((INF, INF))
                return len(self.__nodes) - 1

            def add(self, i, word):
                node = 0
                self.__best[node] = min(self.__best[node], (len(word), i))
                for letter in reversed(word):
                    x = ord(letter) - ord("a")
                    if self.__nodes[node][x] == -1:
                        self.__nodes[node][x] = self.__new()
                    node = self.__nodes[node][x]
                    self.__best[node] = min(self.__best[node], (len(word), i))

            def find(self, word):
                node = 0
                for letter in reversed(word):
                    x = ord(letter) - ord("a")
                    if self.__nodes[node][x] == -1:
                        break
                    node = self.__nodes[node][x]
                return self.__best[node][1]

        trie = Trie()
        for i, word in enumerate(words):
            trie.add(i, word)
        return [trie.find(word) for word in wanted]


print(Solution().query(["abcd", "bcd", "xbcd"], ["cd", "bcd", "xyz"]))


def pairs(table):
    class Pair:
        def size(self):
            return len(table)

    return Pair().size()


print(pairs({1: 2}), pairs([1, 2, 3]))
