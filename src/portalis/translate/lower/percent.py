"""`"…" % args`: the arguments are boxed, except what is only shown.

CPython makes `"%s, %r" % (a, b)` an f-string when it compiles it: `a` is shown before `b`
is evaluated. Any other format evaluates all arguments first.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from portalis.translate.frontend.lattice import NONE, OBJECTS, STR, VALUE, Ty, may_run_code
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import binding, call, opening, regex_flags, row_calls
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, as_type, ty_of

# One conversion; what has a key or takes its width from the arguments is left to the runtime.
_CONVERSION = re.compile(r"%([#0\- +]*\d*(?:\.\d*)?)(.)", re.DOTALL)
_SHOWN_BY = {"s": "str", "r": "repr", "a": "ascii"}
# Conversions that cannot fail for values of these types.
_SURE = {**dict.fromkeys("dixX", ("int", "bool")), **dict.fromkeys("eEfFgG", ("float",))}


@dataclass(frozen=True, slots=True)
class _Format:
    # The text before each conversion, and after the last.
    texts: list[str]
    # Flags, width and precision, and the letter; never `%%`.
    conversions: list[tuple[str, str]]


def percent(frame: Frame, node: ast.AST, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    if isinstance(node, ast.BinOp):
        regex_flags.check_shown(frame, node.right)
    right = call.as_plain_tuple(frame, node, right)
    ty = ty_of(right)
    if ty.kind == "value":
        opening.methods(frame, "__iter__", [])
    if ty.kind == "tuple" and not ty.optional and isinstance(right, ir.TupleLit):
        return _of_items(frame, node, left, list(right.items))
    form = _parse(left)
    if _is_handle(ty) and ty.kind not in ("dict", "tuple", "vartuple") and form is not None:
        if len(form.conversions) == 1 and not ty.optional:
            return _of_items(frame, node, left, [right])
    return ir.Op(
        as_type(STR),
        "percent_value({f}, {x})",
        {"f": ir.Operand(left, "ref"), "x": ir.Operand(coerce(frame, right, VALUE), "ref")},
        True,
    )


def percent_bytes(frame: Frame, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """`format % args` of bytes or a bytearray."""
    opening.by_name(frame, "__bytes__")
    operands = {
        "f": ir.Operand(left, "ref"),
        "x": ir.Operand(coerce(frame, right, VALUE), "ref"),
    }
    return ir.Op(as_type(ty_of(left)), "percent_bytes({f}, {x})", operands, True)


def _of_items(frame: Frame, node: ast.AST, left: ir.Expr, items: list[ir.Expr]) -> ir.Expr:
    body: list[ir.Stmt] = []
    form = _parse(left)
    if form is not None and len(form.conversions) == len(items):
        at_once = all(letter in _SHOWN_BY for _, letter in form.conversions)
        if any(_is_handle(ty_of(i)) for i in items) and (at_once or _is_sure(form, items)):
            if not at_once:
                items = [binding.temporary(frame, i, body) for i in items]
            left, items = _shown(frame, node, form, items)
    packed = ir.TupleLit(as_type(NONE), [coerce(frame, i, VALUE) for i in items])
    operands = {"f": ir.Operand(left, "ref"), "args": ir.Operand(packed, "values")}
    made = ir.Op(as_type(STR), "percent({f}, {args})", operands, True)
    return ir.Block(made.ty, body, made) if body else made


def _parse(left: ir.Expr) -> _Format | None:
    """None: the format is not known, or is one that only the runtime reads."""
    if not isinstance(left, ir.Lit) or not isinstance(left.value, str):
        return None
    texts = [""]
    conversions: list[tuple[str, str]] = []
    at = 0
    for found in _CONVERSION.finditer(left.value):
        between = left.value[at : found.start()]
        if "%" in between:
            return None
        at = found.end()
        flags, letter = found.groups()
        texts[-1] += between
        if letter == "%" and not flags:
            texts[-1] += "%%"
        elif letter.isalpha():
            conversions.append((flags, letter))
            texts.append("")
        else:
            return None
    texts[-1] += left.value[at:]
    return None if "%" in left.value[at:] else _Format(texts, conversions)


def _is_handle(ty: Ty) -> bool:
    """Boxing it would make its elements or fields dynamic."""
    return bool(ty.args) or ty.kind in OBJECTS


def _is_sure(form: _Format, items: list[ir.Expr]) -> bool:
    """Showing some arguments ahead of converting others makes no difference."""
    if not any(may_run_code(ty_of(i)) for i in items):
        return True
    return all(
        letter in _SHOWN_BY or ty_of(item).kind in _SURE.get(letter, ())
        for (_, letter), item in zip(form.conversions, items, strict=True)
    )


def _shown(
    frame: Frame, node: ast.AST, form: _Format, items: list[ir.Expr]
) -> tuple[ir.Expr, list[ir.Expr]]:
    """The format and its arguments, with what `%s`, `%r` and `%a` show made text beforehand."""
    text = form.texts[0]
    out: list[ir.Expr] = []
    for item, (flags, letter), after in zip(items, form.conversions, form.texts[1:], strict=True):
        ty = ty_of(item)
        if letter in _SHOWN_BY and (_is_handle(ty) or ty.kind == "value"):
            item = row_calls.builtin(frame, node, _SHOWN_BY[letter], [item])
            letter = "s"
        out.append(item)
        text += f"%{flags}{letter}{after}"
    return ir.Lit(as_type(STR), text), out
