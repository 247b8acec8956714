# Who asks for an abstract class means the built-in containers and the classes that derive
# from it, those of collections included.
from collections import ChainMap, UserDict
from collections.abc import (
    Collection,
    Iterable,
    Mapping,
    MutableMapping,
    MutableSequence,
    MutableSet,
    Sequence,
    Set,
)


class S(Sequence):
    def __init__(self, xs):
        self.xs = xs

    def __getitem__(self, i):
        return self.xs[i]

    def __len__(self):
        return len(self.xs)


class M(MutableSet):
    def __init__(self, xs=()):
        self.xs = list(xs)

    def __contains__(self, x):
        return x in self.xs

    def __iter__(self):
        return iter(self.xs)

    def __len__(self):
        return len(self.xs)

    def add(self, x):
        self.xs.append(x)

    def discard(self, x):
        if x in self.xs:
            self.xs.remove(x)


print(isinstance([1], (Sequence, Mapping)), isinstance(S([1]), Sequence), isinstance({}, Sequence))
print(
    isinstance({1}, Set), isinstance(frozenset(), Set), isinstance([1], Set), isinstance(M(), Set)
)
print(isinstance({}.keys(), Set), isinstance({}.items(), Set), isinstance({}.values(), Set))
for x in (
    [1],
    {1},
    {},
    "a",
    1,
    S([2]),
    M([3]),
    {}.keys(),
    range(3),
    (1,),
    frozenset([2]),
    2.5,
    None,
):
    print(
        isinstance(x, Sequence),
        isinstance(x, Set),
        isinstance(x, MutableSet),
        isinstance(x, (MutableSequence, Mapping)),
        isinstance(x, Collection),
        isinstance(x, Iterable),
    )
    print(isinstance(x, (Sequence, Set)), isinstance(x, (Set, int)))

print(isinstance({}, Mapping), isinstance([], Mapping), isinstance({}, MutableMapping))
print(isinstance(UserDict(), Mapping), isinstance(ChainMap(), MutableMapping))
for x in ({}, UserDict(), [1], ChainMap()):
    print(isinstance(x, Mapping), isinstance(x, (list, Mapping)))
