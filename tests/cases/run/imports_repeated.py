"""Modules and names that are imported more than once."""

import collections
import json
import os
import os.path
from functools import reduce


class First:
    def count(self):
        return collections.Counter("aab")


import collections
import json
from functools import reduce


class Second:
    def count(self):
        import random
        import random

        random.seed(3)
        return collections.deque([1, 2]), random.random()


print(First().count(), Second().count())
print(json.dumps([1]), os.path.join("a", "b"), reduce(max, [1, 3, 2]))
