"""`re.compile`, `re.findall` and `re.split`: what they list depends on the pattern's groups."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable

from portalis.translate.frontend.lattice import INT, OBJECTS, STR, VALUE, Cell, Ty
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import row_calls
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of

# More groups than this are listed as tuples of any length.
_MOST_FIXED = 8


def _text(frame: Frame, node: ast.expr) -> str | None:
    """The pattern that the expression is, if that is known now."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(frame, node.left), _text(frame, node.right)
        return left + right if left is not None and right is not None else None
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, Variable) and target.constant is not None:
            return _text(frame, target.constant)
    return None


def _groups(frame: Frame, node: ast.expr) -> int | None:
    text = _text(frame, node)
    if text is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(text).groups
    except (re.error, OverflowError, RecursionError, ValueError):
        # It fails when it runs, whatever it would list.
        return 0


def _listed(frame: Frame, node: ast.AST, groups: int | None) -> tuple[Cell, Cell]:
    """What findall and split list for a pattern of so many groups."""
    found, piece = frame.site(node, "re findall"), frame.site(node, "re split")
    if groups is None:
        frame.flow(VALUE, found)
    elif groups < 2:
        frame.flow(STR, found)
    else:
        cells = [frame.site(node, "re group", i) for i in range(groups)]
        for cell in cells:
            frame.flow(STR, cell)
        if groups <= _MOST_FIXED:
            frame.flow(Ty("tuple", tuple(cells)), found)
        else:
            frame.flow(Ty("vartuple", (cells[0],)), found)
    frame.flow(STR if groups == 0 else STR.or_none(), piece)
    return found, piece


def _arguments(node: ast.Call, names: tuple[str, ...]) -> dict[str, ast.expr]:
    """The arguments by parameter name.

    Raises:
        Refusal: arguments that do not fit, or stars.
    """
    given: dict[str, ast.expr] = {}
    for name, arg in zip(names, node.args, strict=False):
        given[name] = arg
    for keyword in node.keywords:
        if keyword.arg is not None:
            given[keyword.arg] = keyword.value
    stars = any(isinstance(a, ast.Starred) for a in node.args)
    if stars or len(node.args) > len(names) or not given.keys() <= set(names):
        raise Refusal("PT202", node, "these arguments of a function of re are not translated")
    return given


def _check_text(node: ast.AST, *values: ir.Expr) -> None:
    """Dynamic values may be texts; of the others, texts are."""
    if any(ty_of(v).kind not in ("str", "value") for v in values):
        raise Refusal("PT203", node, "regular expressions match str only here, no bytes")


def compile_(frame: Frame, node: ast.Call) -> ir.Expr:
    given = _arguments(node, ("pattern", "flags"))
    pattern = frame.expr(given["pattern"])
    if ty_of(pattern).kind == "re_pattern":
        return pattern
    if ty_of(pattern).kind == "never":
        return diverge(pattern)
    _check_text(node, pattern)
    found, piece = _listed(frame, node, _groups(frame, given["pattern"]))
    return ir.Op(
        as_type(Ty("re_pattern", (found, piece))),
        "Pattern::<{T}, {S}>::compile({p}, {f})",
        {"p": ir.Operand(coerce(frame, pattern, STR), "ref"), "f": _flags(frame, given)},
        True,
        {"T": as_type(frame.read(found)), "S": as_type(frame.read(piece))},
    )


def _flags(frame: Frame, given: dict[str, ast.expr]) -> ir.Operand:
    value = frame.expr(given["flags"]) if "flags" in given else ir.Lit(as_type(INT), 0)
    if ty_of(value).kind in OBJECTS:
        value = row_calls.as_index(frame, value)
    return ir.Operand(coerce(frame, value, INT), "ref")


def listing(name: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    """The special form of `re.findall` or `re.split`."""
    middle = ("maxsplit",) if name == "split" else ()
    names = ("pattern", "string", *middle, "flags")

    def handler(frame: Frame, node: ast.Call) -> ir.Expr:
        given = _arguments(node, names)
        pattern, string = frame.expr(given["pattern"]), frame.expr(given["string"])
        rest = [frame.expr(given["maxsplit"])] if "maxsplit" in given else []
        if any(ty_of(e).kind == "never" for e in (pattern, string, *rest)):
            return diverge(pattern, string, *rest)
        if ty_of(pattern).kind == "re_pattern":
            return row_calls.method(frame, node, f"re_pattern.{name}", pattern, [string, *rest])
        _check_text(node, pattern, string)
        found, piece = _listed(frame, node, _groups(frame, given["pattern"]))
        item = piece if name == "split" else found
        operands = {
            "p": ir.Operand(coerce(frame, pattern, STR), "ref"),
            "s": ir.Operand(coerce(frame, string, STR), "ref"),
            "f": _flags(frame, given),
        }
        middle = ""
        if name == "split":
            count = rest[0] if rest else ir.Lit(as_type(INT), 0)
            operands["m"] = ir.Operand(coerce(frame, count, INT), "i64")
            middle = "{m}, "
        return ir.Op(
            as_type(Ty("list", (item,))),
            f"stdlib::regex::{name}::<{{T}}>({{p}}, {{s}}, {middle}{{f}})",
            operands,
            True,
            {"T": as_type(frame.read(item))},
        )

    return handler
