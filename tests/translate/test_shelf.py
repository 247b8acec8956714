"""Library modules that one compilation leaves to the next."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.artifacts import CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree
from portalis.translate.frontend import library, shelf

PLAIN = """\
import io
import logging
import pathlib
import pprint

log = logging.getLogger("x")
out = io.StringIO()
pprint.pprint({"a": [1, 2]}, stream=out)
print(out.getvalue(), pathlib.PurePosixPath("a/b").name)
print(*out.getvalue().split(), sep=str(out.tell()))
log.warning("no")
"""
# It has what makes expansions rewrite modules of the library: a manager that may swallow, an
# enumeration, streams that are put elsewhere.
OTHER = """\
import contextlib
import enum
import io
import logging
import pathlib
import pprint
import sys


class Kind(enum.Enum):
    A = 1


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, *what):
        return True


with Quiet():
    print(pathlib.Path("x").read_text())
kept = sys.stdout
print([k.name for k in Kind], pprint.pformat([Kind.A]), file=kept)
logging.getLogger("y").warning("no")
"""
MODULES = ("io", "logging", "pathlib", "pprint", "textwrap", "reprlib", "_sys", "_open")


def made(text: str) -> dict[str, str]:
    tree = SourceTree((SourceFile("main.py", "main", text),), "main")
    return dict(compile_tree(tree, CompileSettings(name="p", kind="bin")).crate.files)


def emptied() -> None:
    for module in MODULES:
        shelf.take(module)


def test_a_program_is_the_same_whatever_was_compiled_before() -> None:
    expected: dict[str, dict[str, str]] = {}
    for text in (PLAIN, OTHER):
        emptied()
        expected[text] = made(text)
    for text in (PLAIN, OTHER, PLAIN):
        assert made(text) == expected[text]


def test_what_is_brought_back_is_as_it_was_parsed() -> None:
    emptied()
    made(OTHER)
    made(PLAIN)
    for module in MODULES:
        kept = shelf.take(module)
        if kept is not None:
            tree, nodes = kept
            parsed = ast.parse(library.source(module).text)
            assert ast.dump(tree, include_attributes=True) == ast.dump(
                parsed, include_attributes=True
            )
            names = trees.Index(tree).every(ast.Name)
            assert len(names) == len(nodes.every(ast.Name))
            assert all(a is b for a, b in zip(names, nodes.every(ast.Name), strict=True))


def test_a_tree_belongs_to_one_compilation() -> None:
    made(PLAIN)
    kept = shelf.take("io")
    assert kept is not None
    assert shelf.take("io") is None
    shelf.bring_back({"io": kept})
    made(PLAIN)
    again = shelf.take("io")
    assert again is not None
    assert again[0] is kept[0]
