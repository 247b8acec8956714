"""`list(x)` asks `x` for its length first: where that does something, at run time.

Source: CPython's Objects/listobject.c (3.11), `list_extend`; Objects/abstract.c,
`PySequence_Tuple`, `PyObject_LengthHint`.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.lattice import VALUE, Cell, Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.context import Frame, as_type

_CLASSES = frozenset(("list", "tuple", "sorted"))
_METHODS = frozenset(("extend",))
# Rows that ask what they walk.
ROWS = frozenset(("list", "tuple", "sorted", "list.extend"))
# Builtins by which a program sees that a method ran.
_SHOWING = frozenset(("print", "input", "next", "open", "setattr", "delattr"))
_CHANGING = frozenset(("append", "add", "extend", "insert", "pop", "remove", "write", "update"))


def seen(node: ast.AST, cls: Class) -> bool:
    """`node` walks an instance of `cls` in a way that asks for its length, which the program
    would notice."""
    return _asks(node) and any(_is_seen(each) for each in (cls, *cls.descendants()))


def asking(frame: Frame, row: str, value: ir.Expr) -> ir.Expr:
    """The dynamic `value` as `row` walks it, if some object of the program would notice."""
    program = frame.engine.program
    if row not in ROWS or value.ty.kind != "value":
        return value
    if program.shows_lengths is None:
        classes = [c for c in program.every_class() if not c.module.is_library]
        program.shows_lengths = any(_is_seen(c) for c in classes)
    if not program.shows_lengths:
        return value
    ty = as_type(Ty("iter", (Cell(VALUE),)))
    return ir.Op(ty, "dynamic::sized({x})", {"x": ir.Operand(value, "ref")}, True)


def _is_seen(cls: Class) -> bool:
    methods = [m for n in ("__len__", "__length_hint__") if (m := cls.find_method(n)) is not None]
    return any(_does_something(cls, m, frozenset()) for m in methods)


def _asks(node: ast.AST) -> bool:
    if isinstance(node, (ast.List, ast.Tuple)):
        return isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Call):
        func = node.func
        named = isinstance(func, ast.Name) and func.id in _CLASSES
        named |= isinstance(func, ast.Attribute) and func.attr in _METHODS
        return named or any(isinstance(a, ast.Starred) for a in node.args)
    return isinstance(node, (ast.Starred, ast.AugAssign))


def _does_something(cls: Class, method: Function, passed: frozenset[Function]) -> bool:
    """A call of the method prints, raises or assigns to what others hold."""
    if method in passed or not isinstance(method.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    for n in trees.walk(method.node):
        if isinstance(n, (ast.Raise, ast.Assert, ast.Global, ast.Nonlocal, ast.Delete)):
            return True
        if isinstance(n, (ast.Attribute, ast.Subscript)) and isinstance(n.ctx, ast.Store):
            return True
        if not isinstance(n, ast.Call):
            continue
        if isinstance(n.func, ast.Name) and n.func.id in _SHOWING:
            return True
        if isinstance(n.func, ast.Attribute):
            if n.func.attr in _CHANGING:
                return True
            other = cls.find_method(n.func.attr)
            if other is not None and _does_something(cls, other, passed | {method}):
                return True
    return False
