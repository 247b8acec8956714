"""Abstract base classes, protocols, mixins and the template method."""

from abc import ABC, abstractmethod
from typing import Protocol


class Greeter(Protocol):
    def greet(self, name: str) -> str: ...


class Codec(ABC):
    @abstractmethod
    def encode(self, text: str) -> str:
        """Encode the text."""

    @abstractmethod
    def decode(self, text: str) -> str: ...

    def round_trip(self, text: str) -> bool:
        return self.decode(self.encode(text)) == text

    @property
    @abstractmethod
    def name(self) -> str: ...


class Shift(Codec):
    def __init__(self, by: int) -> None:
        self.by = by

    def encode(self, text: str) -> str:
        return "".join(chr(ord(c) + self.by) for c in text)

    def decode(self, text: str) -> str:
        return "".join(chr(ord(c) - self.by) for c in text)

    @property
    def name(self) -> str:
        return f"shift{self.by}"


class Reverse(Codec):
    name = "reverse"

    def encode(self, text: str) -> str:
        return text[::-1]

    decode = encode


class Lossy(Reverse):
    def decode(self, text: str) -> str:
        return text[1:]


class JsonMixin:
    def to_json(self) -> str:
        parts = [f'"{k}": {v!r}' for k, v in sorted(self.fields().items())]
        return "{" + ", ".join(parts) + "}"


class LoudMixin:
    def greet(self, name: str) -> str:
        return super().greet(name).upper() + "!"


class Polite:
    def greet(self, name: str) -> str:
        return f"Dear {name}"


class Casual:
    def greet(self, name: str) -> str:
        return f"hey {name}"


class LoudPolite(LoudMixin, Polite):
    pass


class Point(JsonMixin):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def fields(self):
        return {"x": self.x, "y": self.y}


def welcome(greeter: Greeter, names: list[str]) -> str:
    return "; ".join(greeter.greet(n) for n in names)


for codec in (Shift(1), Shift(3), Reverse(), Lossy()):
    print(codec.name, codec.encode("abc"), codec.round_trip("abcba"), isinstance(codec, Codec))
print(welcome(Polite(), ["Ann", "Bob"]), welcome(Casual(), ["Cy"]), welcome(LoudPolite(), ["Di"]))
print(Point(2, 1).to_json())
try:
    Codec()
except TypeError as e:
    print(e)
