"""Elements of containers in fields: what is read when, and what is released when."""

from array import array


class Box:
    def __init__(self, items: list[int]) -> None:
        self.items = items
        self.rows = [[1, 2], [3, 4]]
        self.data = array("d", [0.5, 1.5])
        self.at = 0

    def swap(self) -> int:
        self.items = [100, 200]
        return 1

    def read_swapped(self) -> int:
        return self.items[self.swap()]

    def write_swapped(self) -> None:
        self.items[self.swap()] = 7

    def value_swapped(self) -> None:
        self.items[0] = self.swap()

    def step(self) -> int:
        self.at += 1
        return self.items[self.at - 1] + self.items[-self.at]

    def total(self) -> float:
        out = 0.0
        for i in range(len(self.data)):
            out += self.data[i] * self.rows[i][1 - i]
        self.rows[1][0] += len(self.rows) + len(self.items)
        return out


box = Box([1, 2, 3])
print(box.step(), box.step(), box.at, box.total(), box.rows)
print(box.read_swapped(), box.items)
box = Box([1, 2, 3])
old = box.items
box.write_swapped()
print(old, box.items)
box = Box([1, 2, 3])
old = box.items
box.value_swapped()
print(old, box.items)
for index in (5, -4):
    try:
        print(box.items[index])
    except IndexError as error:
        print(error)
    try:
        box.items[index] = 1
    except IndexError as error:
        print(error)
    try:
        print(box.data[index])
    except IndexError as error:
        print(error)
    try:
        print(box.rows[0][index])
    except IndexError as error:
        print(error)


class Holder:
    def __init__(self) -> None:
        self.parts = [guarded(self, "a"), guarded(self, "b")]
        self.log: list[str] = []

    def put(self, index: int, name: str) -> None:
        made = guarded(self, name)
        next(made)
        self.parts[index] = made


def guarded(holder: Holder, name: str):
    try:
        yield name
        yield name
    finally:
        holder.log.append(name)
        holder.parts = [guarded(holder, name + "!")]


holder = Holder()
holder.put(0, "c")
holder.put(0, "d")
print(holder.log, len(holder.parts))
try:
    holder.put(5, "e")
except IndexError as error:
    print(error)
print(holder.log, len(holder.parts), list(holder.parts[0]))


class Late:
    def show(self) -> int:
        return self.items[0]


late = Late()
try:
    late.show()
except AttributeError as error:
    print(error)
late.items = [9]
print(late.show(), len(late.items))
