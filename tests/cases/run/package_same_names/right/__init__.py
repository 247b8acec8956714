from .base import Kind, Movie, Writer
from .compose import compose


def make():
    return Kind(5), Writer("b").text(), Movie(title="film", year=compose(2))
