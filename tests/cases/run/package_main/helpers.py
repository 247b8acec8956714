"""Module state, functions and a class used by others."""

VERSION = "1.2"
calls = 0


def slugify(text: str) -> str:
    global calls
    calls += 1
    return "-".join(text.lower().split())


def bump() -> int:
    global calls
    calls += 10
    return calls


class Counter:
    def __init__(self) -> None:
        self.n = 0

    def tick(self) -> int:
        self.n += 1
        return self.n


print("helpers loaded", __name__)
