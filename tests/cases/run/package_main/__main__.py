"""The entry of the package."""

import package_main.helpers as h
from package_main.shapes import square

from .helpers import VERSION, Counter, slugify
from .shapes.solid import Cube
from .union import union


def main() -> None:
    counter = Counter()
    for word in ("Hello World", "  Many   Spaces ", "ÜBER cool"):
        print(slugify(word), counter.tick())
    print(VERSION, h.calls, h.bump(), h.calls)
    print(square.area(3), Cube(2).volume(), Cube(2), square.UNIT)
    print(union({1, 2}, {2, 3}))
    print(isinstance(Cube(1), square.Shape), Cube.__name__)


if __name__ == "__main__":
    main()
