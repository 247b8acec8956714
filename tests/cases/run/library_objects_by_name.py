"""Methods of library objects that are dynamic values, called and kept by name."""

import hashlib
import random
import re

things = [random.Random(3), re.match("(a)(b)?", "ab"), hashlib.sha256(b"a"), 5]


def asked(index, name):
    return getattr(things[index], name)


print(things[0].randrange(10), things[0].random(), things[0].randint(1, 6), things[0].choice("abc"))
print(things[0].randrange(3, 9), things[0].randrange(1, 20, 5), things[0].uniform(1.5, 2.5))
print(things[0].getrandbits(40), things[0].choice([1, 2, 3]))
print(things[1].group(0), things[1].group(1, 2), things[1].groups(), things[1].span(2))
print(things[2].hexdigest(), things[2].digest_size, things[2].name, things[2].digest()[:3])
more = things[2].copy()
more.update(b"b")
print(more.hexdigest() == hashlib.sha256(b"ab").hexdigest(), more.block_size)

pick = random.Random(5).randrange
print(pick(10), pick(3, 9), [pick(100) for _ in range(3)])
hexed = hashlib.sha1(b"a").hexdigest
print(hexed(), hexed.__name__)
shuffled = random.Random(3).shuffle
numbers = [1, 2, 3, 4, 5]
shuffled(numbers)
print(numbers)
for index, name in enumerate(("random", "group", "hexdigest", "bit_length")):
    print(name, callable(asked(index, name)), hasattr(things[index], name), hasattr(things[index], "x"))
print(asked(1, "group")(1), asked(2, "hexdigest")()[:8])
for index in (0, 3):
    try:
        print(things[index].missing)
    except AttributeError as error:
        print(error)
try:
    print(things[0].randrange(0))
except ValueError as error:
    print(error)
