"""Expansions under CPython itself: the expanded program prints what the original prints."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from portalis.translate.frontend import expand

CASES = Path(__file__).parents[1] / "cases" / "run"
EXPANDED = Path(__file__).parent / "expanded"


FROZEN = {
    "dataclass": """
def __setattr__(self, name, value):
    raise FrozenInstanceError(f"cannot assign to field {name!r}")
""",
    "tuple": """
def __setattr__(self, name, value):
    raise AttributeError("can't set attribute")
""",
}
SHOW_ONCE = """\
_portalis_shown = []
def _portalis_show_once(this, show):
    if any(other is this for other in _portalis_shown):
        return "..."
    _portalis_shown.append(this)
    try:
        return show(this)
    finally:
        _portalis_shown.pop()
"""
TUPLES = """
def isinstance(x, classes, plain=isinstance):
    classes = classes if type(classes) is tuple else (classes,)
    return plain(x, classes) or (tuple in classes and hasattr(type(x), "_portalis_tuple"))
"""


class _Marked(ast.NodeTransformer):
    """What expansion marks on nodes for the elaborator, in the way CPython knows."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.generic_visit(node)
        if hasattr(node, "frozen"):
            node.body += ast.parse(FROZEN[node.frozen]).body
        return node

    @staticmethod
    def default(node: ast.expr) -> ast.expr:
        return ast.Constant(...) if getattr(node, "per_call", False) else node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        return self.store(node, node.targets[0])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        return self.store(node, node.target)

    def store(self, node: ast.Assign | ast.AnnAssign, target: ast.expr) -> ast.stmt:
        if not getattr(target, "initial", False) or node.value is None:
            return node
        assert isinstance(target, ast.Attribute)
        me, value = ast.unparse(target.value), ast.unparse(node.value)
        return ast.parse(f"object.__setattr__({me}, {target.attr!r}, {value})").body[0]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        first: list[ast.stmt] = []
        named = [*node.args.posonlyargs, *node.args.args]
        optional = named[len(named) - len(node.args.defaults) :]
        pairs = list(zip(optional, node.args.defaults, strict=True))
        pairs += [
            (a, d)
            for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            if d is not None
        ]
        for arg, default in pairs:
            if getattr(default, "per_call", False):
                test = f"if {arg.arg} is ...:\n    {arg.arg} = {ast.unparse(default)}"
                first += ast.parse(test).body
        node.args.defaults = [self.default(d) for d in node.args.defaults]
        node.args.kw_defaults = [d and self.default(d) for d in node.args.kw_defaults]
        node.body[:0] = first
        return node


def expanded(source: str) -> str | None:
    """The program after expansion; None: nothing was expanded."""
    tree = ast.parse(source)
    before = ast.dump(tree)
    expand.module(tree)
    if ast.dump(tree) == before:
        return None
    for node in ast.walk(tree):
        if "lineno" in node._attributes:
            assert hasattr(node, "lineno"), ast.dump(node)
    text = ast.unparse(ast.fix_missing_locations(_Marked().visit(tree)))
    text = SHOW_ONCE + text if "_portalis_show_once" in text else text
    return TUPLES + text if "_portalis_tuple" in text else text


def output(source: str, path: Path) -> tuple[str, int]:
    stdin = path.with_suffix(".in")
    with tempfile.TemporaryDirectory(prefix="portalis-expand-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", source],
            cwd=folder,
            input=stdin.read_bytes() if stdin.exists() else b"",
            capture_output=True,
            check=False,
            timeout=60,
            env={"PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"},
        )
    last = done.stderr.decode().strip().split("\n")[-1]
    return done.stdout.decode() + last, done.returncode


# What these show stands on the tree only, not in its text: `__name__` of private definitions,
# the docstrings that there are, line numbers, that a class makes types; or they need a library
# module of ours beside them. Their truth is checked as run cases.
TREE_ONLY = {
    "abstract_bases",
    "abstract_classes_asked",
    "class_getitem_alias",
    "decorated_called_wrongly",
    "decorated_held",
    "decorated_names",
    "descriptors",
    "doctests",
    "enums_as_values",
    "enums_kept_as_they_are",
    "enums_membership",
    "enums_of_texts",
    "named_tuples_dynamic",
    "private_names",
    "qualified_names_in_errors",
    "unittest_module_exit",
    "warnings_module",
}
FILES = [*sorted(CASES.glob("*.py")), *sorted(EXPANDED.glob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_same_output_when_expanded(path: Path) -> None:
    source = path.read_text()
    made = expanded(source)
    if made is not None and path.stem not in TREE_ONLY:
        assert output(made, path) == output(source, path)
