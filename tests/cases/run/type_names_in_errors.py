"""Classes of the library whose messages show their module, and whose names do not."""

import collections
import datetime
import json

default = collections.defaultdict(int)
default["a"] = 1
ordered = collections.OrderedDict(a=1)
queue = collections.deque([1])
day = datetime.date(2020, 1, 1)
for thing in (default, ordered, queue, collections.Counter("a"), day, datetime.timedelta(1)):
    print(type(thing), type(thing).__name__, type(thing).__qualname__, type(thing).__module__)
    for use in (
        lambda: thing.nothing,
        lambda: thing(),
        lambda: [1][thing],
        lambda: int(thing),
        lambda: thing < "a",
        lambda: "a" + thing if thing is not day else None,
    ):
        try:
            print(use())
        except (TypeError, AttributeError) as error:
            print(error)
for use in (
    lambda: default.itervalues(),
    lambda: ordered.push(1),
    lambda: queue.push(1),
    lambda: day + 1,
    lambda: queue + [1],
    lambda: default < ordered,
    lambda: json.dumps(queue),
    lambda: json.dumps(day),
    lambda: json.dumps(default),
):
    try:
        print(use())
    except (TypeError, AttributeError) as error:
        print(error)
print(default, ordered, queue)
