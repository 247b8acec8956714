"""`array.array(typecode, …)`: the typecode says what the items are, so it must be written out."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import INT
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import row_calls
from portalis.translate.lower.coerce import always_raises, diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of

# The static type of an array by its typecode.
_TYPES = {
    **dict.fromkeys("fd", "array_float"),
    **dict.fromkeys("bBhHiIlq", "array_int"),
    **dict.fromkeys("LQ", "array_word"),
    "u": "array_str",
}


def _typecode(frame: Frame, node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, Variable) and target.constant is not None:
            return _typecode(frame, target.constant)
    return None


def array(frame: Frame, node: ast.Call) -> ir.Expr:
    if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
        raise Refusal("PT202", node, "array() takes a typecode and at most one initializer here")
    if len(node.args) not in (1, 2):
        raise Refusal("PT202", node, "array() takes a typecode and at most one initializer here")
    code = _typecode(frame, node.args[0])
    if code is None:
        raise Refusal("PT203", node, "the typecode of an array must be a literal")
    rest = [frame.expr(a) for a in node.args[1:]]
    if any(ty_of(a).kind == "never" for a in rest):
        return diverge(*rest)
    if len(code) != 1:
        error = "array() argument 1 must be a unicode character, not str"
        return always_raises(frame, row_calls.exception("type_error", error), *rest)
    kind = _TYPES.get(code)
    if kind is None:
        return always_raises(frame, "stdlib::array::bad_typecode()", *rest)
    letter = ir.Lit(as_type(INT), ord(code))
    return row_calls.builtin(frame, node, f"array.{kind}", [letter, *rest])
