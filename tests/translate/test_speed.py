"""Gross regressions of the compiler's speed; the figures themselves: docs/performance.md.

CPU seconds, and bounds that a loaded machine keeps.
"""

from __future__ import annotations

import time

from portalis.translate.artifacts import CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree

PART = """\
class Shape{n}:
    def __init__(self, width, height):
        self.width = width
        self.height = height

    def area(self):
        total = 0
        for row in range(self.height):
            while total < row * self.width:
                total += self.width
            if total > 100 and row % 2 == 0:
                total -= 1
        return total


def describe{n}(shapes, names=None):
    lines = []
    for shape, name in zip(shapes, names or ["a", "b"]):
        try:
            lines.append(f"{{name}}: {{shape.area()}}")
        except ValueError as error:
            lines.append(str(error))
    return ", ".join(lines)


print(describe{n}([Shape{n}(2, {n}), Shape{n}(3, 4)]))
"""


# Whatever attribute some class has may be asked for, in each of many functions.
ASKING = """\
class Plug{n}:
    kind{n} = "plug"

    def __init__(self, size):
        self.size{n} = size

    def run{n}(self, times):
        return self.size{n} * times

    def run(self, other):
        return other


def ask{n}(thing, name):
    return getattr(thing, name)(3)


PLUGS.append(Plug{n}({n}))
KINDS.append(Plug{n})
print(ask{n}(PLUGS[-1], "run{n}"), getattr(KINDS[-1], "kind" + str({n})))
"""


def seconds(parts: int, part: str = PART, start: str = "") -> float:
    """The best of three, for a program of so many parts."""
    text = start + "\n\n".join(part.format(n=n) for n in range(parts))
    tree = SourceTree((SourceFile("m.py", "m", text),), "m")
    found = []
    for _ in range(3):
        started = time.process_time()
        made = compile_tree(tree, CompileSettings())
        found.append(time.process_time() - started)
        assert made.diagnostics == ()
    return min(found)


def test_a_hundred_lines_take_a_moment() -> None:
    assert seconds(3) < 1.0


def test_work_is_proportional_to_the_program() -> None:
    """Ten times the program: ten times the time, and no more than twice that."""
    assert seconds(40) < 20 * seconds(4)


def test_work_for_names_asked_for_at_run_time_is_proportional_to_the_program() -> None:
    """Ten times the program: were each asked for anew, it would be a hundred times the time."""
    start = "PLUGS = []\nKINDS = []\n"
    assert seconds(80, ASKING, start) < 30 * seconds(8, ASKING, start)
