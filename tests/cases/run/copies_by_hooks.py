"""Classes with __copy__, and copies of what holds none of them."""

import copy


class Tracked:
    def __init__(self, value):
        self.value = value
        self.log = []

    def __copy__(self):
        made = Tracked(self.value)
        made.log = self.log + ["copied"]
        return made


class Named(Tracked):
    def __init__(self, value, name="none"):
        super().__init__(value)
        self.name = name

    def __copy__(self):
        made = Named(self.value, self.name + "!")
        made.log = ["named"]
        return made


class One:
    _made = None

    def __new__(cls):
        if cls._made is None:
            cls._made = super().__new__(cls)
        return cls._made


class Plain:
    def __init__(self, grid):
        self.grid = grid
        self.next = None


first = Tracked([1])
second = copy.copy(first)
print(second.value is first.value, second.log, first.log)
third = copy.copy(Named(5, "five"))
print(third.name, third.value, third.log, type(third).__name__)
print(One() is One())
grid = [[1, 2], [3]]
deep = copy.deepcopy(grid)
deep[0].append(4)
print(grid, deep, copy.copy(grid)[0] is grid[0])
holders = [first]
print(copy.copy(holders)[0] is first, copy.copy({"a": first})["a"] is first)
plain = Plain([[1]])
plain.next = plain
again = copy.deepcopy(plain)
again.grid[0].append(2)
print(plain.grid, again.grid, again.next is again)
