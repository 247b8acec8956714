"""Attributes that every exception has, whatever its class defines: assigned."""

from __future__ import annotations

from portalis.translate.frontend.lattice import EXC, NONE, VALUE, Ty
from portalis.translate.frontend.program import EXCEPTION_ATTRIBUTES
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, as_type


def has(ty: Ty, attr: str) -> bool:
    """`ty` is a class of exceptions that the program defines, and `attr` theirs."""
    if ty.kind != "inst" or ty.optional or ty.cls is None:
        return False
    return ty.cls.is_exception and attr in EXCEPTION_ATTRIBUTES


def set_(frame: Frame, obj: ir.Expr, attr: str, value: ir.Expr) -> ir.Expr:
    given = ir.Operand(coerce(frame, value, VALUE))
    if attr == "args":
        items = ir.Op(as_type(VALUE), "dynamic::items(&{v})", {"v": given}, True)
        operands = {"x": ir.Operand(obj, "recv"), "v": ir.Operand(items)}
        return ir.Op(as_type(NONE), "{x}.set_args({v})", operands, False)
    operands = {"x": ir.Operand(coerce(frame, obj, EXC), "recv"), "v": given}
    return ir.Op(as_type(NONE), f'{{x}}.set_attr("{attr}", {{v}})', operands, True)


def cause(raised: ir.Expr) -> ir.Expr:
    """What follows `from`, given what raising it would raise: a dynamic value may be None."""
    if not (isinstance(raised, ir.Op) and raised.template == "raisable({x})"):
        return raised
    return ir.Op(as_type(EXC.or_none()), "Exc::cause_of({x})", raised.operands, True)
