"""Arguments of a call in the order of the parameters."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import NEVER, STR, Cell, Ty
from portalis.translate.frontend.program import Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    arity,
    closure,
    match_rows,
    operators,
    row_calls,
)
from portalis.translate.lower.coerce import coerce, diverge, flow_into
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given


def misfit(function: Function, args: Given, has_receiver: bool) -> str | None:
    """What the call raises because its arguments do not fit; with `*` only time can tell."""
    if args.star is not None or args.double_star is not None:
        return None
    return arity.problem(function, len(args.positional) + has_receiver, args.keywords)


def raised(frame: Frame, text: str, first: list[ir.Expr], args: Given) -> ir.Expr:
    """The arguments are evaluated, then the call raises TypeError."""
    values = [*first, *args.positional, *args.keywords.values()]
    error = ir.Op(
        as_type(NEVER), f"Err::<Never, Exc>({row_calls.exception('type_error', text)})", {}, True
    )
    before: list[ir.Stmt] = [
        ir.Eval(frame.line, v) for v in values if not isinstance(v, (ir.Lit, ir.Var, ir.Diverge))
    ]
    return ir.Block(as_type(NEVER), before, error) if before else error


def bind(
    frame: Frame,
    node: ast.AST,
    function: Function,
    args: Given,
    receiver: ir.Expr | None,
    before: list[ir.Stmt],
) -> list[ir.Expr]:
    """Arguments in parameter order. What must be evaluated first goes to `before`."""
    left = ([receiver] if receiver is not None else []) + list(args.positional)
    named = dict(args.keywords)
    if named and _out_of_order(function, named, len(left)):
        for key, value in list(named.items()):
            named[key] = temporary(frame, value, before)
    star = args.star
    if args.star is not None or args.double_star is not None:
        # What is spread is looked at before the call: so is all that stands before it.
        left = [a if isinstance(a, ir.Diverge) else temporary(frame, a, before) for a in left]
        args = Given(
            args.positional,
            args.keywords,
            temporary(frame, args.star, before) if args.star is not None else None,
            args.double_star,
        )
        named = {k: temporary(frame, v, before) for k, v in named.items()}
        star = args.star
        if args.double_star is not None:
            held = temporary(frame, args.double_star, before)
            args = Given(args.positional, args.keywords, args.star, held)
    if args.double_star is not None and any(p.kind == "double_star" for p in function.params):
        # Named parameters are taken out of the mapping, the rest stays.
        copied = row_calls.builtin(frame, function.node, "dict", [args.double_star])
        args = Given(args.positional, args.keywords, args.star, temporary(frame, copied, before))
    if star is not None and not any(p.kind == "star" for p in function.params):
        left += _spread(frame, node, function, star, len(left), named, before)
        star = None
    out: list[ir.Expr] = []
    for position, param in enumerate(function.params):
        cell = param.variable.cell
        if param.kind == "star":
            out.append(_rest(frame, function, cell, left, star))
            left, star = [], None
        elif param.kind == "double_star":
            out.append(_keywords(frame, function, cell, named, args.double_star))
            named = {}
        elif param.kind == "positional" and left:
            if param.name in named:
                raise Refusal(
                    "PT301", node, f"{function.name}() got multiple values for {param.name!r}"
                )
            out.append(flow_into(frame, left.pop(0), cell))
        elif param.name in named:
            out.append(flow_into(frame, named.pop(param.name), cell))
        elif args.double_star is not None:
            out.append(_from_mapping(frame, node, function, position, args.double_star, before))
        elif param.default is not None:
            out.append(flow_into(frame, closure.default_of(frame, function, position), cell))
        else:
            raise Refusal(
                "PT301", node, f"{function.name}() is called without its argument {param.name!r}"
            )
    if left or named:
        extra = ", ".join(named) if named else f"{len(left)} more"
        raise Refusal(
            "PT301", node, f"{function.name}() is called with too many arguments: {extra}"
        )
    return out


def _out_of_order(function: Function, named: dict[str, ir.Expr], positional: int) -> bool:
    order = [p.name for p in function.params]
    places = [order.index(k) for k in named if k in order]
    impure = any(not isinstance(v, (ir.Lit, ir.Var)) for v in named.values())
    del positional
    return impure and places != sorted(places)


def temporary(frame: Frame, value: ir.Expr, before: list[ir.Stmt]) -> ir.Expr:
    if isinstance(value, ir.Lit):
        return value
    local = frame.temp(ty_of(value), "arg")
    before.append(ir.Declare(frame.line, local, value))
    return ir.Var(local.ty, local)


def _spread(
    frame: Frame,
    node: ast.AST,
    function: Function,
    star: ir.Expr,
    have: int,
    named: dict[str, ir.Expr],
    before: list[ir.Stmt],
) -> list[ir.Expr]:
    """`f(*xs)` for a function of fixed arity: exactly as many items as are missing."""
    if any(p.kind == "positional" and p.default is not None for p in function.params[have:]):
        raise Refusal(
            "PT202", node, f"* in a call of {function.name}, which has optional parameters"
        )
    missing = [
        p
        for p in function.params[have:]
        if p.kind == "positional" and p.name not in named and p.default is None
    ]

    item = match_rows.item_of(frame, ty_of(star))
    if item is None or item.kind == "never":
        return [diverge(star) for _ in missing]
    cell = frame.site(node, "spread")
    frame.flow(item, cell)
    listed = Ty("list", (cell,))
    local = frame.temp(listed, "args")
    op = ir.Op(
        as_type(listed),
        f'unpack_args({{xs}}, {len(missing)}, "{function.name}")',
        {"xs": ir.Operand(match_rows.iterator(frame, star, frame.read(cell)), "iter")},
        True,
        {"T": as_type(frame.read(cell))},
    )
    before.append(ir.Declare(frame.line, local, op))
    return [
        ir.Op(
            as_type(frame.read(cell)),
            f"unpacked({{xs}}, {i})",
            {"xs": ir.Operand(ir.Var(local.ty, local), "ref")},
            False,
        )
        for i in range(len(missing))
    ]


def _rest(
    frame: Frame, function: Function, cell: Cell, items: list[ir.Expr], star: ir.Expr | None
) -> ir.Expr:
    """The tuple that a `*args` parameter receives."""
    element = frame.engine.new_cell_for(function, "star")
    frame.flow(Ty("vartuple", (element,)), cell)
    for item in items:
        frame.flow(ty_of(item), element)
    if star is not None:
        found = match_rows.item_of(frame, ty_of(star))
        if found is not None:
            frame.flow(found, element)
    wanted = frame.read(element)
    ty = Ty("vartuple", (element,))
    listed = ir.ListLit(as_type(Ty("list", (element,))), [coerce(frame, i, wanted) for i in items])
    if star is None:
        return ir.Op(as_type(ty), "Tuple::from({xs}.into_vec())", {"xs": ir.Operand(listed)}, False)

    return ir.Op(
        as_type(ty),
        "rest_args({xs}, {star})",
        {
            "xs": ir.Operand(listed),
            "star": ir.Operand(match_rows.iterator(frame, star, wanted), "iter"),
        },
        True,
    )


def _keywords(
    frame: Frame,
    function: Function,
    cell: Cell,
    named: dict[str, ir.Expr],
    double_star: ir.Expr | None,
) -> ir.Expr:
    key = frame.engine.new_cell_for(function, "keyword names")
    item = frame.engine.new_cell_for(function, "keywords")
    frame.flow(STR, key)
    ty = Ty("dict", (key, item))
    frame.flow(ty, cell)
    for value in named.values():
        frame.flow(ty_of(value), item)
    wanted = frame.read(item)
    made: ir.Expr = ir.DictLit(
        as_type(ty),
        [
            (coerce(frame, ir.Lit(as_type(STR), k), frame.read(key)), coerce(frame, v, wanted))
            for k, v in named.items()
        ],
    )
    if double_star is None:
        return made
    local = frame.temp(ty, "keywords")
    me = ir.Var(local.ty, local)
    update = row_calls.method(frame, function.node, "dict.update", me, [double_star])
    return ir.Block(
        as_type(ty), [ir.Declare(frame.line, local, made), ir.Eval(frame.line, update)], me
    )


def _from_mapping(
    frame: Frame,
    node: ast.AST,
    function: Function,
    position: int,
    mapping: ir.Expr,
    before: list[ir.Stmt],
) -> ir.Expr:
    """`f(**d)` for a named parameter: looked up in `d`."""
    param = function.params[position]
    mapping = temporary(frame, mapping, before) if not isinstance(mapping, ir.Var) else mapping
    key = ir.Lit(as_type(STR), param.name)
    taken = any(p.kind == "double_star" for p in function.params)
    site = param.annotation or function.node
    if param.default is not None:
        default = closure.default_of(frame, function, position)
        name = "dict.pop" if taken else "dict.get"
        value = row_calls.method(frame, site, name, mapping, [key, default])
    elif taken:
        value = row_calls.method(frame, site, "dict.pop", mapping, [key])
    else:
        value = operators.operation(frame, site, "getitem", [mapping, key])
    return flow_into(frame, value, param.variable.cell)
