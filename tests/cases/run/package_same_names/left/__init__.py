from . import base
from .base import Kind, Movie


class Writer(base.Writer):
    def text(self):
        return f"left {super().text()}"


def make():
    return Kind.ONE, Writer("a").text(), Movie("m").title
