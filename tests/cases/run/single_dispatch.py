"""functools.singledispatch and singledispatchmethod."""

from functools import singledispatch, singledispatchmethod


class Shape:
    def __init__(self, name):
        self.name = name


class Square(Shape):
    pass


class Cube(Square):
    pass


@singledispatch
def show(value, indent=0):
    """Shows a value."""
    return " " * indent + f"something {value!r}"


@show.register
def _(value: int, indent=0):
    return " " * indent + f"int {value + 1}"


@show.register
def _(value: bool, indent=0):
    return " " * indent + f"bool {value}"


@show.register(list)
@show.register(tuple)
def show_items(value, indent=0):
    lines = [show(item, indent + 1) for item in value]
    return "\n".join([" " * indent + "items", *lines])


@show.register
def _(value: Shape, indent=0):
    return f"shape {value.name}"


@show.register
def _(value: Square, indent=0):
    return f"square {value.name}"


@show.register
def _(value: None, indent=0):
    return "nothing"


@show.register
def _(value: str | bytes, indent=0):
    return f"text of {len(value)}"


class Visitor:
    def __init__(self):
        self.seen = []

    @singledispatchmethod
    def visit(self, node):
        self.seen.append("?")
        return "unknown"

    @visit.register
    def _(self, node: int):
        self.seen.append("int")
        return f"number {node}"

    @visit.register(str)
    def _visit_text(self, node):
        self.seen.append("str")
        return f"text {node}"


print(show(3), show(True), show("abc"), show(b"ab"), show(None), show(2.5))
print(show([1, (False, "x")]))
print(show(Shape("a")), show(Square("b")), show(Cube("c")), show({1: 2}, 2))
print(show_items([1]))
visitor = Visitor()
print(visitor.visit(1), visitor.visit("a"), visitor.visit(1.5), visitor.seen)
