"""A statement of a class body that is refused leaves the rest of the class translated."""


class Shape:
    sides = 4
    table = compile("1", "<s>", "eval")  # refuse: PT206

    class Inner:
        def __getattribute__(self, name: str) -> int:  # refuse: PT206
            return 3

    def area(self, side: int) -> int:
        return side * side * self.sides


def run(shape: Shape) -> int:
    return shape.area(3)


print(run(Shape()), Shape.sides)
