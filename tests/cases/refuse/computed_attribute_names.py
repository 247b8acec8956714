"""Attributes set and read by names computed at run time."""


class Record:
    def __init__(self, pairs: list[tuple[str, int]]) -> None:
        for name, value in pairs:
            setattr(self, name, value)  # refuse: PT206


r = Record([("x", 1), ("y", 2)])
print(r)
