import enum


class Kind(enum.Enum):
    ONE = 1


class Movie:
    def __init__(self, title):
        self.title = title


class Writer:
    def __init__(self, name):
        self.name = name

    def text(self):
        return f"left base {self.name}"
