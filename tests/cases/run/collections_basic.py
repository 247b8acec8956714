"""deque, defaultdict, Counter and OrderedDict."""

from collections import Counter, OrderedDict, defaultdict, deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, d.pop(), d.popleft(), len(d), d[0], d[-1], list(d), 2 in d)
d.rotate(1)
d.extend([7, 8])
d.extendleft([9])
print(d, sum(d), deque("abc"), deque(maxlen=2), deque(range(5), maxlen=3))
groups: defaultdict[str, list[int]] = defaultdict(list)
for word in ["apple", "avocado", "bean", "beet", "corn"]:
    groups[word[0]].append(len(word))
print(dict(groups), groups["z"], len(groups), "q" in groups)
counts: dict[str, int] = defaultdict(int)
for ch in "hello":
    counts[ch] += 1
print(dict(counts), counts["nope"])
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["x"] += 5
print({k: dict(v) for k, v in nested.items()})
c = Counter("mississippi")
print(c, c["s"], c["zz"], c.most_common(2), sorted(c.elements()), sum(c.values()), c.total())
c.update("spam")
c["m"] -= 10
print(
    c,
    c + Counter("x"),
    Counter(a=3, b=1) - Counter(a=1, b=2),
    Counter("aab") & Counter("ab"),
    Counter("a") | Counter("bb"),
)
print(Counter([1, 1, 2]).most_common(), Counter({"a": 2}) == Counter("aa"))
o = OrderedDict([("b", 1), ("a", 2)])
o.move_to_end("b")
o["c"] = 3
print(o, list(o), o.popitem(last=False), list(o.items()))


def window_max(values: list[int], k: int) -> list[int]:
    q: deque[int] = deque()
    out = []
    for i, v in enumerate(values):
        while q and values[q[-1]] <= v:
            q.pop()
        q.append(i)
        if q[0] <= i - k:
            q.popleft()
        if i >= k - 1:
            out.append(values[q[0]])
    return out


print(window_max([1, 3, -1, -3, 5, 3, 6, 7], 3))
try:
    deque().popleft()
except IndexError as e:
    print(e)
