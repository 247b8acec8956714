"""yield from, return values, generators in classes, flattening, pipelines."""


def inner():
    yield 1
    yield 2
    return "result"


def outer():
    value = yield from inner()
    print("got", value)
    yield from [10, 20]
    yield from "ab"


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


def permutations(xs: list[int]):
    if not xs:
        yield []
    for i, x in enumerate(xs):
        for rest in permutations(xs[:i] + xs[i + 1 :]):
            yield [x] + rest


class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child

    def paths(self, prefix=()):
        path = prefix + (self.value,)
        if not self.children:
            yield path
        for child in self.children:
            yield from child.paths(path)


def read(lines):
    for line in lines:
        yield line.strip()


def parse(lines):
    for line in lines:
        if line:
            key, _, value = line.partition(":")
            yield key, value.strip()


def guarded():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


print(list(outer()))
print(list(flatten([1, [2, [3, [4]], []], 5])))
print(list(permutations([1, 2, 3])))
tree = Tree("a", Tree("b", Tree("d")), Tree("c"))
print(list(tree), list(tree.paths()), "d" in tree, len(list(tree)))
print(dict(parse(read([" x: 1\n", "\n", "y : 2"]))))
print(list(guarded()))
g = guarded()
print(next(g))
g.close()
print("after close", list(g))


def averager():
    total = 0.0
    count = 0
    average = None
    while True:
        value = yield average
        if value is None:
            return
        total += value
        count += 1
        average = total / count


avg = averager()
next(avg)
print(avg.send(10), avg.send(20), avg.send(60))


def failing():
    yield 1
    raise ValueError("inside")


try:
    for v in failing():
        print(v)
except ValueError as e:
    print(e)
