"""Attributes that only code on dynamic values gives to objects."""


class Node:
    def __init__(self, name: str) -> None:
        self.name = name


class Other:
    kind = "class's"


class Slotted:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name


def mark(thing: object, number) -> None:
    thing.index = number
    thing.low = number
    thing.kind = "own"


def is_marked(thing: object) -> bool:
    return hasattr(thing, "index")


things = [Node("a"), Other(), Slotted("b"), 7, "text"]
for position, thing in enumerate(things):
    print(is_marked(thing))
    try:
        mark(thing, position)
        print(thing.index, thing.low, thing.kind)
    except AttributeError as error:
        print(error)
print(Other.kind, Other().kind)
node = Node("c")
try:
    print(node.index)
except AttributeError as error:
    print(error)
node.index = None
print(node.index)
