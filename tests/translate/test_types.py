"""What the fixpoint concludes: the Rust types of fields and parameters."""

from __future__ import annotations

import pytest

from portalis.translate.artifacts import CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree

POINT = """
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return (self.x * self.x + self.y * self.y) ** 0.5

    def __repr__(self):
        return "Point(%r, %r)" % (self.x, [self.y])
"""

NEVER_CALLED = """
def never(p, items: list):
    p.x = "text"
    items.append(p)
    return p.norm(items), Point(None, "text"), mean(items)
"""

MAIN = """
def mean(items):
    return sum(items) / len(items)

print(Point(1.5, 2.0).norm(), mean([0.5, 1.5]), Point(0.5, 1.5))
"""


def rust_of(source: str, kind: str = "bin") -> str:
    entry = "program" if kind == "bin" else None
    tree = SourceTree((SourceFile("program.py", "program", source),), entry)
    compiled = compile_tree(tree, CompileSettings(kind="bin" if entry else "lib"))
    assert not compiled.diagnostics
    return compiled.crate.files["src/program.rs"]


@pytest.mark.parametrize("extra", ["", NEVER_CALLED])
def test_what_never_runs_decides_no_type_of_a_program(extra: str) -> None:
    rust = rust_of(POINT + extra + MAIN)
    assert "x: f64,\n" in rust
    assert "pub fn norm(&self) -> Result<f64>" in rust
    assert "pub fn mean(items: &OwnList<f64>) -> Result<f64>" in rust


def test_of_a_library_every_function_decides() -> None:
    assert "x: Value,\n" in rust_of(POINT + NEVER_CALLED + MAIN, "lib")
