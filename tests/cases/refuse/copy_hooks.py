"""What a class says about its copies, which copying does not ask."""

import copy


class Kept:
    def __init__(self):
        self.a = 1
        self.b = [2]

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state["a"] + 10


class Doubled:
    def __init__(self, x):
        self.x = x

    def __reduce__(self):
        return Doubled, (self.x * 2,)


print(copy.copy(Kept()).a)  # refuse: PT203
print(copy.deepcopy([Kept()])[0].a)  # refuse: PT203
print(copy.copy(Doubled(4)).x)  # refuse: PT203
print(copy.deepcopy([[1], [2]]))
