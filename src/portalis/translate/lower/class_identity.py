"""`type(x) is type(y)`, `x.__class__ is C`, `type(x) == int`: comparison of classes.

Decided now where the static types leave no choice; otherwise the class pointers
are compared.
"""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import BOOL, OBJECTS, VALUE, Ty
from portalis.translate.frontend.program import EXCEPTIONS, Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    class_attributes,
    comparing,
    narrowing,
)
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, as_type, ty_of

# A class expression: the value whose class it is, or a class by name.
Side = ir.Expr | Class | str


def compare(frame: Frame, node: ast.Compare) -> ir.Expr | None:
    """The comparison, if both sides are classes by their form and one is a value's."""
    if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)):
        return None
    right_node = node.comparators[0]
    if subject(frame, node.left) is None and subject(frame, right_node) is None:
        return None
    left, right = _side(frame, node.left), _side(frame, right_node)
    if left is None or right is None:
        return None
    same = _same(frame, left, right)
    if isinstance(node.ops[0], (ast.Is, ast.Eq)):
        return same
    if isinstance(same, ir.Lit):
        return ir.Lit(as_type(BOOL), not same.value)
    return ir.Not(as_type(BOOL), same)


def subject(frame: Frame, node: ast.expr) -> ast.expr | None:
    """`x` of `type(x)` or `x.__class__`."""
    if isinstance(node, ast.Attribute) and node.attr == "__class__":
        return node.value
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and frame.engine.program.names.get(node.func) == "type"
        and len(node.args) == 1
        and not node.keywords
        and not isinstance(node.args[0], ast.Starred)
    ):
        return node.args[0]
    return None


def _side(frame: Frame, node: ast.expr) -> Side | None:

    inner = subject(frame, node)
    if inner is not None:
        return frame.expr(inner)
    entity = attribute.named_entity(frame, node)
    if isinstance(entity, Class):
        below = entity.descendants() and class_attributes.is_parameter(frame, node)
        return None if below else entity
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, str) and (target in narrowing.KINDS or target in EXCEPTIONS):
            return target
    return None


def _same(frame: Frame, left: Side, right: Side) -> ir.Expr:
    values = [s for s in (left, right) if isinstance(s, ir.Expr)]
    if any(ty_of(v).kind == "never" for v in values):
        return diverge(*values)
    known = [_exact(s) for s in (left, right)]
    answer: bool | None = None
    if known[0] is not None and known[1] is not None:
        answer = known[0] == known[1]
    elif _disjoint(left, right):
        answer = False
    if answer is not None:
        if all(isinstance(v, (ir.Var, ir.Lit, ir.Coerce)) for v in values):
            return ir.Lit(as_type(BOOL), answer)
        body: list[ir.Stmt] = [ir.Eval(frame.line, v) for v in values]
        return ir.Block(as_type(BOOL), body, ir.Lit(as_type(BOOL), answer))
    operands: dict[str, ir.Operand] = {}
    texts = [_pointer(frame, s, n, operands) for s, n in ((left, "a"), (right, "b"))]
    return ir.Op(as_type(BOOL), f"std::ptr::eq({texts[0]}, {texts[1]})", operands, False, pure=True)


def _pointer(frame: Frame, side: Side, name: str, operands: dict[str, ir.Operand]) -> str:
    if not isinstance(side, ir.Expr):
        return f"&{comparing.class_static(side)}"
    ty = ty_of(side)
    if ty.kind in OBJECTS and not ty.optional:
        operands[name] = ir.Operand(side, "recv")
        return f"{{{name}}}.py_class()"
    operands[name] = ir.Operand(coerce(frame, side, VALUE), "recv")
    return f"{{{name}}}.class()"


# Static kinds whose values are of one class.
_EXACT = {
    "int": "int", "bool": "bool", "float": "float", "complex": "complex", "str": "str",
    "bytes": "bytes", "bytearray": "bytearray", "list": "list", "tuple": "tuple",
    "vartuple": "tuple", "dict": "dict", "set": "set", "frozenset": "frozenset",
    "range": "range", "slice": "slice", "none": "NoneType",
}  # fmt: skip


def _exact(side: Side) -> Class | str | None:
    """The class, where only one is possible."""
    if not isinstance(side, ir.Expr):
        return side
    ty: Ty = ty_of(side)
    if ty.optional:
        return None
    if ty.kind == "inst":
        assert ty.cls is not None
        return ty.cls if not ty.cls.descendants() else None
    return _EXACT.get(ty.kind)


def _disjoint(left: Side, right: Side) -> bool:
    """No class is possible for both sides."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, ir.Expr) and ty_of(one).kind in OBJECTS and not ty_of(one).optional:
            possible = [d for c in ty_of(one).classes() for d in (c, *c.descendants())]
            exact = _exact(other)
            if isinstance(exact, str) and not possible[0].is_exception:
                return True
            if isinstance(exact, Class) and exact not in possible:
                return True
    return False
