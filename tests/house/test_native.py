"""The native build names modules that are there, and no library hides a source."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _listed() -> list[str]:
    listing = [sys.executable, str(ROOT / "native" / "build.py"), "--list"]
    return subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split()


def test_the_modules_to_compile_exist() -> None:
    listed = _listed()
    assert "src/portalis/translate/lower/call.py" in listed
    assert "src/portalis/translate/ir/types.py" not in listed
    assert [path for path in listed if not (ROOT / path).is_file()] == []


def test_no_library_hides_a_source() -> None:
    assert [*(ROOT / "src").rglob("*.so"), *(ROOT / "src").rglob("*.pyd")] == []


def test_no_tuple_to_look_in_is_spread() -> None:
    """mypyc crashes on `x in (a, *more)`; a set or a name of it is looked through faster, too."""
    found = [
        f"{path}:{node.lineno}"
        for path in _listed()
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        if isinstance(node, ast.Compare)
        for side, op in zip(node.comparators, node.ops, strict=True)
        if isinstance(op, (ast.In, ast.NotIn)) and isinstance(side, (ast.Tuple, ast.List))
        if any(isinstance(item, ast.Starred) for item in side.elts)
    ]
    assert found == []
