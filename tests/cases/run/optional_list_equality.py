"""A list that may be None equals a list, or does not."""


def parse(text: str) -> list[int] | None:
    if not text:
        return None
    return [int(word) for word in text.split()]


def differs(old: list[int] | None, new: list[int]) -> bool:
    return old != new


class Pen:
    def __init__(self) -> None:
        self.state: list[float] | None = None

    def update(self, state: list[float]) -> bool:
        if self.state == state:
            return False
        self.state = state
        return True


for text in ("", "1 2", "1 3"):
    print(parse(text) == [1, 2], [1, 2] != parse(text), parse(text) == parse("1 2"))
    print(differs(parse(text), [1, 3]), parse(text) == [])

pen = Pen()
print(pen.update([1.0, 2.0]), pen.update([1.0, 2.0]), pen.update([]), pen.update([]))
try:
    print(parse("1") < parse(""))
except TypeError as error:
    print(error)
