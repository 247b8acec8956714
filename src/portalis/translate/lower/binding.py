"""Arguments of a call in the order of the parameters."""

from __future__ import annotations

import ast

from portalis.translate.frontend.lattice import NEVER, STR, Cell, Ty
from portalis.translate.frontend.program import Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    arity,
    closure,
    keywords,
    match_rows,
    operators,
    row_calls,
    spreading,
)
from portalis.translate.lower.coerce import coerce, diverge, flow_into
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given


def misfit(node: ast.AST, function: Function, args: Given, has_receiver: bool) -> str | None:
    """What the call raises because its arguments do not fit; with `*` only time can tell.

    Raises:
        Refusal: they do not fit what a wrapper passes them on to, which the wrapper can tell.
    """
    if args.star is not None or args.double_star is not None:
        return None
    found = arity.problem(function, len(args.positional) + has_receiver, args.keywords)
    if found is not None and function.hides_misfits:
        raise Refusal("PT205", node, f"a wrapper sees a call that does not fit: {found}")
    return found


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
    source = keywords.source_of(frame, args.double_star)
    after = list(args.keywords)[args.keywords_before :] if args.double_star is not None else []
    args = _in_order(frame, args, before)
    left = ([receiver] if receiver is not None else []) + list(args.positional)
    named = dict(args.keywords)
    if named and _out_of_order(function, named, len(left)):
        for key, value in list(named.items()):
            named[key] = temporary(frame, value, before)
    if args.double_star is not None and any(p.kind == "double_star" for p in function.params):
        # Named parameters are taken out of the mapping, the rest stays.
        copied = row_calls.builtin(frame, function.node, "dict", [args.double_star])
        held = temporary(frame, copied, before)
        args = Given(args.positional, args.keywords, args.star, held)
    star = args.star
    spread: spreading.Spread | None = None
    if star is not None and (
        any(p.kind == "positional" for p in function.params[len(left) :])
        or not any(p.kind == "star" for p in function.params)
    ):
        spread = spreading.spread(frame, node, function, args, len(left), before)
        star = spread.rest() if spread.item.kind != "never" else spread.items
    spreading.known_keywords(frame, node, function, len(left), args, spread, before)
    out: list[ir.Expr] = []
    for position, param in enumerate(function.params):
        cell = param.variable.cell
        if spread is not None and param in spread.slots and not left:
            out.append(_filled(frame, node, function, position, args, spread, before))
        elif param.kind == "star":
            rest = _rest(frame, function, cell, left, star)
            # The function may assign its variable something else.
            out.append(coerce(frame, rest, frame.read(cell)))
            left, star = [], None
        elif param.kind == "double_star":
            rest = _keywords(frame, function, cell, named, args.double_star, source, after)
            out.append(coerce(frame, rest, frame.read(cell)))
            named = {}
        elif param.kind == "positional" and left:
            if param.name in named and not param.by_position_only:
                raise Refusal(
                    "PT301", node, f"{function.name}() got multiple values for {param.name!r}"
                )
            out.append(flow_into(frame, left.pop(0), cell))
        elif param.name in named and not param.by_position_only:
            out.append(flow_into(frame, named.pop(param.name), cell))
        elif args.double_star is not None and not param.by_position_only:
            found = _from_mapping(frame, node, function, position, args.double_star, before, source)
            out.append(found)
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


def _in_order(frame: Frame, args: Given, before: list[ir.Stmt]) -> Given:
    """With `*` or `**`, parameters do not take the arguments in the order of the source:
    each is evaluated beforehand."""
    if args.star is None and args.double_star is None:
        return args
    named = list(args.keywords.items())
    every = [*args.positional, args.star, *args.keywords.values(), args.double_star]
    if sum(not isinstance(v, (ir.Lit, ir.Var, type(None))) for v in every) < 2:
        return args
    out = Given([temporary(frame, a, before) for a in args.positional])
    if args.star is not None:
        out.star = temporary(frame, args.star, before)
    for position, (key, value) in enumerate((*named, ("", None))):
        if position == args.keywords_before and args.double_star is not None:
            out.double_star = temporary(frame, args.double_star, before)
        if value is not None:
            out.keywords[key] = temporary(frame, value, before)
    return out


def _filled(
    frame: Frame,
    node: ast.AST,
    function: Function,
    position: int,
    args: Given,
    spread: spreading.Spread,
    before: list[ir.Stmt],
) -> ir.Expr:
    """A parameter that an item of `*` fills, if there are enough."""
    param = function.params[position]
    cell = param.variable.cell
    place = spread.slots.index(param)
    if spread.item.kind == "never":
        return diverge(spread.items)
    frame.flow(spread.item, cell)
    other: ir.Expr | None = None
    if args.double_star is not None and not param.by_position_only:
        other = _from_mapping(frame, node, function, position, args.double_star, before)
    elif param.default is not None:
        other = flow_into(frame, closure.default_of(frame, function, position), cell)
    given = flow_into(frame, spread.at(place), cell)
    if other is None:
        return given
    ty = frame.read(cell)
    return ir.IfExp(as_type(ty), spread.reaches(place), given, coerce(frame, other, ty))


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
        return ir.Op(
            as_type(ty),
            "Tuple::from({xs}.into_vec())",
            {"xs": ir.Operand(listed, lends=True)},
            False,
        )

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
    source: Function | None,
    after: list[str],
) -> ir.Expr:
    """What `**kw` takes, in the call's order. after: the keywords that stand after `**`."""
    key = frame.engine.new_cell_for(function, "keyword names")
    item = frame.engine.new_cell_for(function, "keywords")
    frame.flow(STR, key)
    ty = Ty("dict", (key, item))
    frame.flow(ty, cell)
    rest = ty_of(double_star) if double_star is not None else None
    values = frame.read(rest.args[1]) if rest is not None and rest.kind == "dict" else rest
    keywords.gathered(frame, function, item, named, values, source)
    for value in named.values():
        frame.flow(ty_of(value), item)
    if any(ty_of(value).kind == "never" for value in named.values()):
        return diverge(*named.values())
    wanted = frame.read(item)

    def literal(names: list[str]) -> ir.Expr:
        shown = [coerce(frame, ir.Lit(as_type(STR), k), frame.read(key)) for k in names]
        values = [coerce(frame, named[k], wanted) for k in names]
        return ir.DictLit(as_type(ty), list(zip(shown, values, strict=True)))

    if double_star is None:
        return literal(list(named))
    local = frame.temp(ty, "keywords")
    me = ir.Var(local.ty, local)
    body: list[ir.Stmt] = [
        ir.Declare(frame.line, local, literal([k for k in named if k not in after]))
    ]
    last = [k for k in named if k in after]
    for more in (double_star, *([literal(last)] if last else [])):
        update = row_calls.method(frame, function.node, "dict.update", me, [more])
        body.append(ir.Eval(frame.line, update))
    return ir.Block(as_type(ty), body, me)


def _from_mapping(
    frame: Frame,
    node: ast.AST,
    function: Function,
    position: int,
    mapping: ir.Expr,
    before: list[ir.Stmt],
    source: Function | None = None,
) -> ir.Expr:
    """`f(**d)` for a named parameter: looked up in `d`."""
    param = function.params[position]
    mapping = temporary(frame, mapping, before) if not isinstance(mapping, ir.Var) else mapping
    key = ir.Lit(as_type(STR), param.name)
    taken = any(p.kind == "double_star" for p in function.params)
    site = param.annotation or function.node
    default: ir.Expr | None = None
    if param.default is not None:
        default = closure.default_of(frame, function, position)
        name = "dict.pop" if taken else "dict.get"
        value = row_calls.method(frame, site, name, mapping, [key, default])
    elif taken:
        value = row_calls.method(frame, site, "dict.pop", mapping, [key])
    else:
        value = operators.operation(frame, site, "getitem", [mapping, key])
    if source is not None:
        ty = ty_of(default) if default is not None else None
        value = keywords.known(frame, node, source, param.name, value, ty)
    return flow_into(frame, value, param.variable.cell)
