"""Types that a traced run passes to a project's functions."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from portalis.translate.artifacts import CompileSettings, FunctionFact, SeenType
from portalis.translate.compiler import compile_tree
from portalis.translate.sources import Loaded, load
from portalis.translate.verify.sandbox import Limits, find_sandbox
from portalis.translate.verify.witness import Seen, WitnessError, watch

SANDBOX = find_sandbox()
pytestmark = pytest.mark.skipif(SANDBOX is None, reason="no sandbox works on this machine")

INT, STR, FLOAT = (SeenType(((name, ()),)) for name in ("int", "str", "float"))

AREA = """
class Rectangle:
    def __init__(self, width, height):
        self.width = width
        self.height = height

def area(shape):
    return shape.width * shape.height

def total(shapes, scale=1, *, label=None):
    return sum(area(s) for s in shapes) * scale

def pairs(table):
    return list(table.items())

def countdown(n):
    while n:
        yield n
        n = n - 1 or None

def mixed(x):
    return x

def never(a, b):
    return a + b
"""
TESTS = """
import pathlib
from geometry.area import *
assert total([Rectangle(2, 3)], 2.5, label="a") == 15
assert total([]) == 0
assert pairs({}) == []
assert pairs({"a": (1, 2.5)}) == [("a", (1, 2.5))]
assert list(countdown(2)) == [2, 1]
mixed(1), mixed("a"), mixed((1,)), mixed((1, "b"))
pathlib.Path("written").write_text("in a copy")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "geometry").mkdir()
    (tmp_path / "geometry" / "__init__.py").write_text("")
    (tmp_path / "geometry" / "area.py").write_text(AREA)
    (tmp_path / "check.py").write_text(TESTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sources() -> Loaded:
    return load(["geometry"], "lib", None)


def seen_by(*arguments: str, project: Path) -> Seen:
    assert SANDBOX is not None
    command = shlex.join([sys.executable, *arguments])
    return watch(command, project, sources().tree, SANDBOX, Limits(wall_s=60))[0]


def facts(seen: Seen) -> dict[str, FunctionFact]:
    compiled = compile_tree(sources().tree, CompileSettings(kind="lib", seen=seen))
    assert not compiled.diagnostics
    return {f.name.removeprefix("geometry.area."): f for f in compiled.functions}


def test_parameters_are_seen_with_what_their_containers_hold(project: Path) -> None:
    seen = seen_by("check.py", project=project)
    rectangle = SeenType((("geometry.area.Rectangle", ()),))
    assert seen["geometry.area.area"] == {"shape": rectangle}
    assert seen["geometry.area.total"]["shapes"] == SeenType((("list", (rectangle,)),))
    assert seen["geometry.area.total"]["scale"] == FLOAT | INT
    assert set(seen["geometry.area.total"]) == {"shapes", "scale", "label"}
    pair = SeenType((("tuple", (INT, FLOAT)),))
    assert seen["geometry.area.pairs"] == {"table": SeenType((("dict", (STR, pair)),))}
    # tuples of different lengths are one sequence
    several = SeenType((("int", ()), ("str", ())))
    assert seen["geometry.area.mixed"]["x"] == INT | STR | SeenType((("vartuple", (several,)),))
    # what a generator makes of its parameter later was never passed
    assert seen["geometry.area.countdown"] == {"n": INT}
    assert "geometry.area.never" not in seen
    assert not (project / "written").exists()


def test_what_was_seen_is_a_hint_where_nothing_else_decides(project: Path) -> None:
    before = facts({})
    after = facts(seen_by("check.py", project=project))
    assert before["area"].dynamic
    assert not after["area"].dynamic
    assert not after["pairs"].dynamic
    assert after["area"].notes == ("`shape` is taken to be Rectangle: the traced run passed that",)
    # nothing was seen, and several types in one place say nothing
    assert after["never"].dynamic
    assert after["mixed"].dynamic


def test_an_annotation_is_believed_before_a_trace(project: Path) -> None:
    (project / "geometry" / "area.py").write_text("def f(x: float):\n    return x\n")
    (project / "check.py").write_text("from geometry.area import f\nf(1)\n")
    fact = facts(seen_by("check.py", project=project))["f"]
    assert fact.notes == ()


@pytest.mark.parametrize(
    ("command", "words"),
    [("true", "no Python process"), ("no-such-tool x", "no-such-tool"), ("a 'b", "quotation")],
)
def test_a_command_that_shows_nothing_is_refused(project: Path, command: str, words: str) -> None:
    assert SANDBOX is not None
    with pytest.raises(WitnessError, match=words):
        watch(command, project, sources().tree, SANDBOX)
