from dataclasses import dataclass
from typing import TypedDict


@dataclass
class Kind:
    x: int


class Movie(TypedDict):
    title: str
    year: int


class Writer:
    def __init__(self, name):
        self.name = name

    def text(self):
        return f"right base {self.name}"
