"""`struct.unpack` and `unpack_from` by a format that is known: what it gives has its types."""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Callable

from portalis.translate.frontend.lattice import BOOL, FLOAT, INT, Ty
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import call
from portalis.translate.lower.coerce import flow_into
from portalis.translate.lower.context import Frame, as_type, ty_of

# More items than this are a tuple of any length.
_MOST_FIXED = 12
_BYTES = Ty("bytes")
_KINDS: dict[str, tuple[Ty, str]] = {
    **dict.fromkeys("bBhHiIlLqQnNP", (INT, "int_at")),
    **dict.fromkeys("efd", (FLOAT, "float_at")),
    **dict.fromkeys("csp", (_BYTES, "bytes_at")),
    "?": (BOOL, "bool_at"),
}
_ALIKE = {"int_at": "ints", "float_at": "floats"}
_CODE = re.compile(r"(\d*)([a-zA-Z?])")


def _kinds(node: ast.expr) -> list[tuple[Ty, str]] | None:
    """The type of each item and how it is taken out; None: the format is not known, or wrong."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    try:
        struct.calcsize(node.value)
    except (struct.error, UnicodeError):
        return None
    found: list[tuple[Ty, str]] = []
    for count, code in _CODE.findall(node.value):
        if code in _KINDS:
            repeat = 1 if code in "sp" else int(count or 1)
            if repeat > 4096:
                return None
            found += [_KINDS[code]] * repeat
    return found


def unpack(name: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    """The special form of `struct.unpack` or `struct.unpack_from`."""

    def handler(frame: Frame, node: ast.Call) -> ir.Expr:
        kinds = _kinds(node.args[0]) if node.args else None
        made = call.rows_function(frame, node, f"struct.{name}")
        if kinds is None or ty_of(made).kind != "vartuple":
            return made
        takers = {taker for _, taker in kinds}
        if len(kinds) > _MOST_FIXED or not kinds:
            return _alike(frame, node, made, takers)
        items = frame.temp(ty_of(made), "unpacked")
        cells = []
        taken: list[ir.Expr] = []
        for at, (ty, taker) in enumerate(kinds):
            cell = frame.site(node, "unpacked", at)
            cells.append(cell)
            operands = {"t": ir.Operand(ir.Var(items.ty, items), "ref")}
            form = f"stdlib::packing::{taker}({{t}}, {at})"
            taken.append(flow_into(frame, ir.Op(as_type(ty), form, operands, False), cell))
        ty = Ty("tuple", tuple(cells))
        body: list[ir.Stmt] = [ir.Declare(frame.line, items, made)]
        return ir.Block(as_type(ty), body, ir.TupleLit(as_type(ty), taken))

    return handler


def _alike(frame: Frame, node: ast.Call, made: ir.Expr, takers: set[str]) -> ir.Expr:
    """Many items of one type; of several types, they stay dynamic."""
    whole = _ALIKE.get(next(iter(takers), "")) if len(takers) == 1 else None
    if whole is None:
        return made
    cell = frame.site(node, "unpacked")
    frame.flow(INT if whole == "ints" else FLOAT, cell)
    if frame.read(cell).kind not in ("int", "float"):
        return made
    ty = Ty("vartuple", (cell,))
    form = f"stdlib::packing::{whole}({{t}})"
    return ir.Op(as_type(ty), form, {"t": ir.Operand(made, "ref")}, False)
