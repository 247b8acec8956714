"""The last pass leaves out what nothing can have changed: here it is elaborated all the same."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from portalis.translate import sources
from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.frontend.lattice import Ty, freeze
from portalis.translate.frontend.load import load
from portalis.translate.frontend.program import Function
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type
from portalis.translate.lower.elaborate import Elaborator
from tests.cases_harness import run_cases

_PLAIN = (str, int, float, bool, bytes, complex, type(None))


def text_of(node: object, seen: dict[int, int]) -> str:
    """The IR in words, its types as they are now; what is shared by number."""
    if isinstance(node, Ty):
        return str(freeze(node))
    if isinstance(node, _PLAIN):
        return repr(node)
    if isinstance(node, (list, tuple)):
        return f"[{', '.join(text_of(n, seen) for n in node)}]"
    if isinstance(node, dict):
        return f"{{{', '.join(f'{k}: {text_of(n, seen)}' for k, n in node.items())}}}"
    if isinstance(node, Type) or not is_dataclass(node):
        return str(node)
    if id(node) in seen:
        return f"#{seen[id(node)]}"
    seen[id(node)] = len(seen)
    parts = (f"{f.name}={text_of(getattr(node, f.name), seen)}" for f in fields(node))
    return f"{type(node).__name__}({', '.join(parts)})"


class Doubtful(Elaborator):
    """Elaborates in the last pass what it would leave out, and keeps what that was."""

    def __init__(self, tree: SourceTree) -> None:
        super().__init__(load(tree))
        self.left_out: dict[Function, ir.FunctionDef] = {}
        self.grown: list[str] = []

    def is_final(self, function: Function) -> bool:
        self.left_out.pop(function, None)
        if super().is_final(function):
            engine = self.engine
            before = {**engine.dirty}, {**engine.stale}, {**engine.reopened}
            kept = engine.results[function]
            self.elaborate(function)
            if before != (engine.dirty, engine.stale, engine.reopened):
                self.grown.append(function.qualname)
            self.left_out[function] = kept
        return True if function in self.left_out else super().is_final(function)

    def changed(self) -> list[str]:
        return [
            f.qualname
            for f, kept in self.left_out.items()
            if text_of(kept, {}) != text_of(self.engine.results[f], {})
        ]


def doubtful(tree: SourceTree) -> Doubtful:
    made = Doubtful(tree)
    made.run("case")
    return made


def of_text(text: str) -> Doubtful:
    return doubtful(SourceTree((SourceFile("m.py", "m", text),), "m"))


@pytest.mark.parametrize("path", run_cases(), ids=lambda path: path.stem)
def test_what_is_left_out_would_be_the_same(path: Path) -> None:
    made = doubtful(sources.load([str(path)]).tree)
    assert not made.grown
    assert not made.changed()


PROGRAM = """\
def double(x):
    return x + x


def show(xs):
    for x in xs:
        print(double(x))


show([1, 2])
"""


def test_most_is_left_out() -> None:
    left_out = {f.qualname for f in of_text(PROGRAM).left_out}
    assert {"double", "show"} <= left_out


def test_a_doubt_is_not() -> None:
    text = PROGRAM + "\n\nclass Stop(Exception):\n    pass\n\n\ndef stop():\n    raise Stop\n"
    text += "\n\nstop()\n"
    left_out = {f.qualname for f in of_text(text).left_out}
    assert "show" in left_out
    assert "stop" not in left_out
