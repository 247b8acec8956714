"""What Python demands of the answers of `__repr__`, `__hash__` and their like."""

from __future__ import annotations

from portalis.translate.frontend.lattice import BOOL, INT, STR, VALUE, Ty
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, as_type, ty_of

# Dunder → what it must give, and how the runtime reads a dynamic answer.
_DEMANDS: dict[str, tuple[Ty, str]] = {
    "__repr__": (STR, 'instance::text_answer({x}, "__repr__")'),
    "__str__": (STR, 'instance::text_answer({x}, "__str__")'),
    "__hash__": (INT, "instance::hash_answer({x})"),
    "__len__": (INT, "dynamic::to_int(&{x})"),
    "__bool__": (BOOL, "instance::bool_answer({x})"),
}


def checked(frame: Frame, made: ir.Expr, dunder: str) -> ir.Expr:
    """`made`, which `dunder` gave, as what Python demands; it raises if it is not."""
    wanted, reading = _DEMANDS[dunder]
    ty = ty_of(made)
    fits = {wanted.kind, "never"} | ({"bool"} if wanted is INT else set())
    if ty.kind in fits and not ty.optional:
        return coerce(frame, made, wanted)
    operands = {"x": ir.Operand(coerce(frame, made, VALUE))}
    return ir.Op(as_type(wanted), reading, operands, True)
