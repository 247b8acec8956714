"""`re.I` and the like are ints here; a program that shows one would see that."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.program import Variable
from portalis.translate.lower import attribute
from portalis.translate.lower.context import Frame, Refusal
from portalis.translate.rows.regex_rows import FLAGS

_PATHS = frozenset(f"re.{name}" for name in FLAGS)
_COMBINING = (ast.BitOr, ast.BitAnd, ast.BitXor)
# Builtins that tell a flag from the number that it is.
SHOWING = frozenset(("print", "repr", "str", "ascii", "format", "type"))


def check_call(frame: Frame, node: ast.Call, name: str) -> None:
    """Raises Refusal where the builtin is given a flag of re, by itself or in a display."""
    if name in SHOWING:
        for arg in (*node.args, *(k.value for k in node.keywords)):
            check_shown(frame, arg)


def check_shown(frame: Frame, node: ast.expr) -> None:
    """Raises Refusal if `node`, which is shown, is a flag of re."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for item in node.elts:
            check_shown(frame, item)
    elif _is_flag(frame, node):
        raise Refusal("PT203", node, "a flag of re is shown, which is a plain int here")


def _is_flag(frame: Frame, node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        parts = (node.left, node.right)
        return isinstance(node.op, _COMBINING) and any(_is_flag(frame, p) for p in parts)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Invert) and _is_flag(frame, node.operand)
    if isinstance(node, ast.NamedExpr):
        return _is_flag(frame, node.value)
    if attribute.library_path(frame, node) in _PATHS:
        return True
    named = frame.engine.program.names.get(node) if isinstance(node, ast.Name) else None
    return isinstance(named, Variable) and _holds_flag(frame, named)


def _holds_flag(frame: Frame, variable: Variable) -> bool:
    """Some assignment of the variable, a plain one, gives it a flag."""
    if variable.is_param or variable.entity is not None:
        return False
    found = frame.engine.flag_holders.get(frame.module)
    if found is None:
        found = frame.engine.flag_holders[frame.module] = _given_flags(frame)
    return variable in found


def _given_flags(frame: Frame) -> frozenset[Variable | str | None]:
    """What plain assignments of the module give a flag to."""
    if not _imports_re(frame):
        return frozenset()
    names = frame.engine.program.names
    return frozenset(
        names.get(target)
        for statement in frame.module.nodes.every(ast.Assign)
        if _mentions_flag(frame, statement.value)
        for target in statement.targets
    )


def _imports_re(frame: Frame) -> bool:
    return any(
        path.partition(".")[0] == "re"
        for statement in frame.module.imports()
        for _, path in trees.imports_of(statement)
    )


def _mentions_flag(frame: Frame, value: ast.expr) -> bool:
    """The value is a flag, or a combination of some; what further names hold is not looked at."""
    if isinstance(value, ast.BinOp):
        both = (value.left, value.right)
        return isinstance(value.op, _COMBINING) and any(_mentions_flag(frame, v) for v in both)
    return attribute.library_path(frame, value) in _PATHS
