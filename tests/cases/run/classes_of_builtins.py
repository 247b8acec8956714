"""Classes that derive from list and dict."""


class Stack(list):
    """A list with a top."""

    def push(self, item):
        self.append(item)

    def peek(self):
        return self[-1]

    @property
    def is_empty(self):
        return len(self) == 0


class Grid(list):
    def __init__(self, width, height, fill=0):
        super().__init__([fill] * width for _ in range(height))
        self.width = width

    def row(self, y):
        return self[y]

    def __str__(self):
        return "\n".join(" ".join(str(c) for c in row) for row in self)


class Loud(list):
    def append(self, item):
        print("append", item)
        super().append(item)


class Counts(dict):
    def __missing__(self, key):
        return 0

    def add(self, key):
        self[key] += 1


class Env(dict):
    "An environment: a dict with an outer one."

    def __init__(self, names=(), values=(), outer=None):
        self.update(zip(names, values))
        self.outer = outer

    def find(self, name):
        if name in self:
            return self
        if self.outer is None:
            raise LookupError(name)
        return self.outer.find(name)


class Lower(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

    def get(self, key, default=None):
        return dict.get(self, key.lower(), default)


class Settings(dict):
    pass


stack = Stack()
print(stack, stack.is_empty, bool(stack))
stack.push(1)
stack.push(2)
print(stack, stack.peek(), len(stack), stack == [1, 2], [1, 2] == stack, stack != [3], 2 in stack)
stack.extend([5, 6])
stack += [7]
print(stack.pop(), sum(stack), [x * 2 for x in stack], stack[1:3], stack[::-1], max(stack))
print(isinstance(stack, list), isinstance(stack, (str, list)), isinstance([], Stack), type(stack).__name__)
stack[0] = 10
del stack[1]
stack.sort(reverse=True)
print(stack, sorted(stack), list(reversed(stack)), stack.index(6), stack + [1], list(stack), tuple(stack))
for i, item in enumerate(stack):
    print(i, item)
other = Stack([1, 2])
print(other, other == Stack([1, 2]), other < Stack([1, 3]), Stack("ab"))
first, second = other
print(first, second, *other)
grid = Grid(3, 2)
grid[1][2] = 5
print(grid, grid.row(1), grid.width, repr(grid))
loud = Loud()
loud.append(3)
loud.extend([4])
print(loud)
try:
    Stack().pop()
except IndexError as error:
    print(error)

counts = Counts()
for letter in "hello":
    counts.add(letter)
print(counts, len(counts), counts["zz"], "zz" in counts, sorted(counts.items()), dict(counts))
print(max(counts, key=counts.get), counts == {"h": 1, "e": 1, "l": 2, "o": 1}, isinstance(counts, dict))
for key, value in counts.items():
    print(key, value)
inner = Env(["x"], [1], Env(["y"], [2]))
print(inner.find("y")["y"], inner.find("x") is inner, inner, inner.outer)
try:
    inner.find("z")
except LookupError as error:
    print(error)
lower = Lower()
lower["ABC"] = 1
print(lower, lower.get("aBc"), lower.get("no", 5))
settings = Settings(a=1, b=2)
settings.update({"c": 3})
print(settings, list(settings), list(settings.values()), settings.pop("a"), settings.setdefault("d", 4))
print(Settings({"x": 1}), Settings() == {}, {**settings}, str(settings))
try:
    settings["nope"]
except KeyError as error:
    print("KeyError", error)


def total(*numbers, **named):
    return sum(numbers) + sum(named.values())


class Pairs(list):
    def firsts(self):
        return [a for a, _ in self]


class Words(list):
    def __init__(self, text):
        list.__init__(self, text.split())
        self.text = text

    def __contains__(self, word):
        return list.__contains__(self, word.lower())


numbers = Stack([3, 1, 2])
print([0] + numbers, numbers * 2, total(*numbers), set(numbers), any(numbers), numbers.copy() is numbers)
numbers[0:1] = [9, 8]
print(numbers, f"{numbers}", list(map(len, [numbers, Stack()])), list(zip(numbers, "abc")))
print(max(numbers, key=lambda n: -n), numbers.count(8), [numbers, Stack([0])], {"k": numbers})
numbers.insert(1, 5)
numbers.remove(8)
numbers.reverse()
print(numbers, numbers <= Stack([9]), Stack([[1], [2]]) == [[1], [2]])
pairs = Pairs([(1, "a"), (2, "b")])
for number, letter in pairs:
    print(number, letter)
print(pairs.firsts(), dict(pairs), Pairs(enumerate("xy")))
words = Words("the quick fox")
print(words, "QUICK" in words, "slow" in words, "-".join(words), words.text, len(words.text))
named = Settings(a=1)
named["b"] = 2
del named["a"]
print(total(**named), named, sorted(named), "b" in named.keys(), min(named.values()), len(named))
print([k for k in named], {k: v for k, v in named.items()}, named | {"z": 1}, {"y": 0} | named)
try:
    {}[Stack()]
except TypeError as error:
    print(error)
try:
    Stack([1])[5]
except IndexError as error:
    print(error)
