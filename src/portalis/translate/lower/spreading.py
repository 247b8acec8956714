"""`f(*xs)` and `f(**d)`: what only time can tell is counted and checked when it is known."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from portalis.translate.frontend.lattice import BOOL, NEVER, NONE, STR, VALUE, Cell, Ty
from portalis.translate.frontend.program import Function, Param
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import attribute, mappings, row_calls
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import item_of, iterator


@dataclass(slots=True)
class Spread:
    """The items of a `*` in a call, counted only at run time."""

    items: ir.Expr
    item: Ty
    # Positional parameters that they may fill, in order.
    slots: list[Param]

    def at(self, position: int) -> ir.Expr:
        return self._op(self.item, f"unpacked({{xs}}, {position})")

    def reaches(self, position: int) -> ir.Expr:
        return self._op(BOOL, f"{{xs}}.len() > {position}")

    def rest(self) -> ir.Expr:
        ty = Ty("list", (Cell(self.item),))
        return self._op(ty, f"unpacked_rest({{xs}}, {len(self.slots)}, 0)")

    def _op(self, ty: Ty, template: str) -> ir.Expr:
        return ir.Op(as_type(ty), template, {"xs": ir.Operand(self.items, "ref")}, False)


def spread(
    frame: Frame,
    node: ast.AST,
    function: Function,
    args: Given,
    have: int,
    before: list[ir.Stmt],
) -> Spread:
    """`f(*xs)`: the items as a list, their number checked against the parameters."""
    star = args.star
    assert star is not None
    slots: list[Param] = []
    for param in function.params[have:]:
        if param.kind != "positional" or param.name in args.keywords:
            break
        slots.append(param)
    endless = any(p.kind == "star" for p in function.params)
    item = item_of(frame, ty_of(star))
    if item is None or item.kind == "never":
        return Spread(diverge(star), NEVER, slots)
    cell = frame.site(node, "spread")
    frame.flow(item, cell)
    listed = Ty("list", (cell,))
    local = frame.temp(listed, "args")
    least = sum(p.default is None for p in slots)
    most = "usize::MAX" if endless else str(len(slots))
    missing = ", ".join(f'"{p.name}"' for p in slots[:least])
    unpack, required = "unpack_args", f"&[{missing}]"
    if args.double_star is not None:
        unpack, required = "unpack_some_args", str(least)
    op = ir.Op(
        as_type(listed),
        f'{unpack}({{xs}}, {have}, {required}, {most}, "{function.called_qualname}")',
        {"xs": ir.Operand(iterator(frame, star, frame.read(cell)), "iter")},
        True,
        {"T": as_type(frame.read(cell))},
    )
    before.append(ir.Declare(frame.line, local, op))
    return Spread(ir.Var(local.ty, local), frame.read(cell), slots)


def both(frame: Frame, node: ast.Call, first: ir.Expr, second: ir.Expr) -> ir.Expr:
    """The mapping of two `**` that follow each other; a key of both raises TypeError."""
    if ty_of(first).kind == "never" or ty_of(second).kind == "never":
        return diverge(first, second)
    copied = row_calls.builtin(frame, node, "dict", [first])
    local = frame.temp(ty_of(copied), "keywords")
    me = ir.Var(local.ty, local)
    other = frame.temp(ty_of(second), "more")
    more = ir.Var(other.ty, other)
    callee = attribute.named_entity(frame, node.func)
    shown = shown_name(callee) if isinstance(callee, Function) else ast.unparse(node.func)
    check = ir.Op(
        as_type(NONE),
        f'no_repeated_keyword({{have}}, {{keys}}, "{shown}")',
        {
            "have": ir.Operand(iterator(frame, me, STR), "iter"),
            "keys": ir.Operand(iterator(frame, more, STR), "iter"),
        },
        True,
    )
    update = row_calls.method(frame, node, "dict.update", me, [more])
    return ir.Block(
        me.ty,
        [
            ir.Declare(frame.line, local, copied),
            ir.Declare(frame.line, other, second),
            ir.Eval(frame.line, check),
            ir.Eval(frame.line, update),
        ],
        me,
    )


def entries(frame: Frame, value: ir.Expr) -> ir.Expr:
    """What stands behind `**`: a dict, or the entries of another mapping."""
    return mappings.plain(frame, value)


def shown_name(function: Function) -> str:
    """The function as errors about keywords name it."""
    module = "__main__" if function.module.is_main else function.module.name
    return f"{module}.{function.qualname}"


def known_keywords(
    frame: Frame,
    node: ast.AST,
    function: Function,
    have: int,
    args: Given,
    spread_: Spread | None,
    before: list[ir.Stmt],
) -> None:
    """`f(**d)`: whether the keys of `d` are parameters that wait for a value."""
    mapping = args.double_star
    if mapping is None or item_of(frame, ty_of(mapping)) is None:
        return
    if args.keywords:
        named = ", ".join(f'Ok(Str::lit("{k}"))' for k in args.keywords)
        repeated = ir.Op(
            as_type(NONE),
            f'no_repeated_keyword([{named}].into_iter(), {{keys}}, "{shown_name(function)}")',
            {"keys": ir.Operand(iterator(frame, mapping, STR), "iter")},
            True,
        )
        before.append(ir.Eval(frame.line, repeated))
    if any(p.kind == "double_star" for p in function.params):
        return
    if any(p.by_position_only for p in function.params):
        raise Refusal(
            "PT202", node, f"** in a call of {function.name}, which has positional-only parameters"
        )
    taken = {p.name for p in function.params[:have]} | set(args.keywords)
    rows = [
        f'("{p.name}", {"true" if p.name in taken else "false"}, '
        f"{'true' if p.default is not None else 'false'})"
        for p in function.params
        if p.kind in ("positional", "keyword")
    ]
    filled = ir.Operand(spread_.items, "ref") if spread_ is not None else None
    operands = {"keys": ir.Operand(iterator(frame, mapping, STR), "iter")}
    if filled is not None and spread_ is not None and spread_.item.kind != "never":
        operands["xs"] = filled
    count = "{xs}.len() as usize" if "xs" in operands else "0"
    shown = function.called_qualname
    check = ir.Op(
        as_type(NONE),
        f'known_keywords({{keys}}, &[{", ".join(rows)}], {have}, {count}, "{shown}")',
        operands,
        True,
    )
    before.append(ir.Eval(frame.line, check))


def dynamic_call(
    frame: Frame,
    function: str,
    callee: ir.Expr,
    name: str,
    boxed: list[ir.Expr],
    named: dict[str, ir.Expr],
    args: Given,
) -> ir.Expr:
    """A dynamic call with `*` or `**`."""
    operands = {
        "f": ir.Operand(callee, "ref"),
        "args": ir.Operand(ir.TupleLit(as_type(NONE), boxed), "values"),
    }
    texts = {"star": "None", "double_star": "None"}
    if args.star is not None:
        operands["star"] = ir.Operand(coerce(frame, args.star, VALUE), "ref")
        texts["star"] = "Some({star})"
    before = args.keywords_before if args.double_star is not None else len(named)
    early, late = list(named)[:before], list(named)[before:]
    operands |= {f"kw_{k}": ir.Operand(named[k]) for k in early}
    if args.double_star is not None:
        operands["double_star"] = ir.Operand(coerce(frame, args.double_star, VALUE), "ref")
        texts["double_star"] = "Some({double_star})"
    operands |= {f"kw_{k}": ir.Operand(named[k]) for k in late}
    pairs, more = (
        ", ".join(f'(Str::lit("{k}"), {{kw_{k}}})' for k in names) for names in (early, late)
    )
    given = f"{texts['star']}, vec![{pairs}], {texts['double_star']}"
    if late:
        template = f"{function}_then({{f}}, {name}{{args}}, {given}, vec![{more}])"
    else:
        template = f"{function}({{f}}, {name}{{args}}, {given})"
    return ir.Op(as_type(VALUE), template, operands, True)
