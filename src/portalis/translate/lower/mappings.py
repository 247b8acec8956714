"""Instances with `keys` and `__getitem__`: what takes a dict takes their entries."""

from __future__ import annotations

from portalis.translate.frontend.lattice import VALUE, Cell, Ty
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import opening, operators
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, as_type, ty_of


def is_mapping(value: ir.Expr) -> bool:
    cls = operators.user_class(ty_of(value))
    return cls is not None and cls.find_method("keys") is not None


def entries(frame: Frame, value: ir.Expr) -> ir.Expr:
    """The dict of what the mapping gives for its keys, in their order."""
    boxed = coerce(frame, value, VALUE)
    opening.methods(frame, "keys", [])
    opening.methods(frame, "__getitem__", [VALUE])
    ty = Ty("dict", (Cell(VALUE), Cell(VALUE)))
    return ir.Op(as_type(ty), "dynamic::entries({x})", {"x": ir.Operand(boxed, "ref")}, True)


def plain(frame: Frame, value: ir.Expr) -> ir.Expr:
    """A mapping's entries, or the value as it is."""
    return entries(frame, value) if is_mapping(value) else value
