"""`copy.copy` and `copy.deepcopy`: which classes say how they are copied, and of which of them
a copied value may hold instances."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import cast

from portalis.translate.frontend.lattice import Ty
from portalis.translate.frontend.program import Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import call, row_calls
from portalis.translate.lower.context import Frame, Refusal, ty_of

# What Python asks for before it copies fields. `__getattr__` is asked for what is not there.
_HOOKS = (
    *("__getattr__", "__new__", "__reduce__", "__reduce_ex__", "__getstate__", "__setstate__"),
    *("__getnewargs__", "__getnewargs_ex__"),
)
_ATOMS = frozenset(
    ("int", "float", "num", "bool", "str", "bytes", "bytearray", "complex", "none", "range")
)
_HOLDING = frozenset(("list", "dict", "set", "frozenset", "tuple", "vartuple", "deque"))


def copier(name: str, dunder: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    """The special form of `copy.copy` or `copy.deepcopy`: instances need a way to be copied."""

    def handler(frame: Frame, node: ast.Call) -> ir.Expr:
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            raise Refusal("PT202", node, f"{name} takes one argument here")
        value = frame.expr(node.args[0])
        ty = ty_of(value)
        if dunder == "__copy__" and ty.kind == "inst" and not ty.optional:
            if cast("Class", ty.cls).find_method(dunder) is not None:
                return call.method_exprs(frame, node, value, dunder, [])
        for cls in _copied(frame, ty, deep=dunder != "__copy__"):
            found = next((d for d in (dunder, *_HOOKS) if d in cls.methods), None)
            if found is not None:
                raise Refusal("PT203", node, f"{found} of class {cls.name} is not called by {name}")
        frame.engine.copies = True
        return row_calls.builtin(frame, node, name, [value])

    return handler


def _copied(frame: Frame, ty: Ty, *, deep: bool) -> list[Class]:
    """The classes whose instances may be copied with a value of that type, and those above."""
    found: dict[Class, None] = {}
    ahead, seen = [ty], 0
    while ahead:
        current = ahead.pop()
        seen += 1
        if current.kind == "never" or current.kind in _ATOMS:
            continue
        if current.kind == "inst":
            new = _group(found, cast("Class", current.cls))
            if deep:
                ahead += [frame.read(f.cell) for c in new for f in c.fields.values()]
        elif current.kind not in _HOLDING or seen > _MOST:
            return frame.engine.program.every_class()
        elif deep:
            ahead += [frame.read(cell) for cell in current.args]
    return list(found)


# Types within types that are looked at, before everything is taken to be there.
_MOST = 200


def _group(found: dict[Class, None], cls: Class) -> list[Class]:
    """The classes of a hierarchy that were not found before."""
    new = [c for c in cls.group if c not in found]
    found.update(dict.fromkeys(new))
    return new
