"""Lambdas that mention the name they are given to."""

from collections import defaultdict
from functools import reduce
from itertools import islice


def factorial(n):
    fact = lambda k: 1 if k < 2 else k * fact(k - 1)
    return fact(n)


def trie(words):
    _trie = lambda: defaultdict(_trie)
    root = _trie()
    for word in words:
        reduce(lambda node, letter: node[letter], word, root)["end"] = word
    return root


def counted(words):
    _trie = lambda: defaultdict(_trie)
    root = _trie()
    for word in words:
        node = root
        for letter in word:
            node = node[letter]
        node["count"] = node["count"] + 1 if "count" in node else 1
    return {letter: sorted(root[letter]) for letter in root}


def tree():
    return defaultdict(tree)


print(factorial(20), factorial.__name__)
root = trie(["to", "tea", "a"])
print(sorted(root), sorted(root["t"]), root["t"]["e"]["a"]["end"])
print(counted(["ab", "ac", "b", "b"]))
taxonomy = tree()
taxonomy["a"]["b"]["c"] = 3
print(list(taxonomy), list(taxonomy["a"]), taxonomy["a"]["b"]["c"])
fib = lambda n: n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(12), fib.__name__)
for stop in (2, -1, -2):
    for make in (lambda: islice([1, 2], stop), lambda: islice([1, 2], 0, stop)):
        try:
            print(list(make()))
        except ValueError as error:
            print(error)
