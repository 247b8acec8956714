"""Temporaries that only hand on what they hold: `let (a, b) = pair;` for a tuple whose items
are taken one by one, and `let a = x;` for `let t = x; let a = t;`."""

from __future__ import annotations

from collections.abc import Sequence

from portalis.translate.emit.types import is_copy
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import locals_in


def items_taken(held: ir.Local, following: Sequence[ir.Stmt]) -> list[ir.Local]:
    """The variables that the statements right behind declare of a tuple's items, one each and
    in order, if nothing else mentions the temporary that holds it; else none."""
    return _takers(held, following, ir.Declare)


def items_assigned(held: ir.Local, following: Sequence[ir.Stmt]) -> list[ir.Local]:
    """The same of variables that are there already."""
    taken = _takers(held, following, ir.Assign)
    return taken if len(set(taken)) == len(taken) else []


def _takers(
    held: ir.Local, following: Sequence[ir.Stmt], kind: type[ir.Declare | ir.Assign]
) -> list[ir.Local]:
    count = len(held.ty.args)
    if held.ty.kind != "tuple" or not count or not is_temporary(held) or len(following) < count:
        return []
    found: list[ir.Local] = []
    for position, statement in enumerate(following[:count]):
        if not isinstance(statement, kind) or statement.local.storage != "plain":
            return []
        value = statement.value
        if not (
            isinstance(value, ir.TupleItem)
            and isinstance(value.value, ir.Var)
            and value.value.local is held
            and value.position == position
            and (value.moved or is_copy(value.ty))
            and statement.local.ty == held.ty.args[position]
        ):
            return []
        found.append(statement.local)
    return [] if any(held in locals_in(s) for s in following[count:]) else found


def is_temporary(local: ir.Local) -> bool:
    return local.storage == "plain" and not (local.python_name or local.mutable or local.is_param)


def handed_on(body: list[ir.Stmt]) -> list[ir.Stmt]:
    """The statements without temporaries that the same run of declarations hands on."""
    out = list(body)
    at = 0
    while at < len(out):
        first = out[at]
        if isinstance(first, ir.Declare) and first.value is not None and is_temporary(first.local):
            after = _taker(first.local, out[at + 1 :])
            if after is not None:
                taker = out.pop(at + 1 + after)
                assert isinstance(taker, ir.Declare)
                out[at] = ir.Declare(first.line, taker.local, first.value)
        at += 1
    return out


def _taker(held: ir.Local, following: list[ir.Stmt]) -> int | None:
    """Which of the declarations that follow hands on what the temporary holds: nothing else
    mentions it, and nothing before mentions a variable of that name."""
    names: set[str] = set()
    for number, statement in enumerate(following):
        if not isinstance(statement, ir.Declare):
            return None
        local, value = statement.local, statement.value
        if isinstance(value, ir.Var) and value.local is held:
            same = local.storage == "plain" and local.ty == held.ty
            if not same or not (value.moved or is_copy(held.ty)) or local.name in names:
                return None
            mentioned = any(held in locals_in(s) for s in following[number + 1 :])
            return None if mentioned else number
        names |= {x.name for x in locals_in(statement)}
        if held.name in names:
            return None
    return None
