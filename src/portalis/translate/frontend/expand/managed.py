"""`with`: the protocol of PEP 343 as try, except and finally.

`__exit__` runs exactly once. Where no `__exit__` of the program can return a true
value, the exception goes on without asking, so that what follows the statement is
known not to be reached by it.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Unit,
    bodies,
    fill,
    load,
    own_nodes,
    parse_at,
    place,
)

# Context expressions whose meaning is known: dotted path → how to write it out.
_KNOWN = frozenset(("contextlib.suppress", "contextlib.closing", "contextlib.nullcontext"))


def expand(unit: Unit) -> bool:
    if not unit.every(ast.With) and not unit.every(ast.AsyncWith):
        return False
    for body, _ in bodies(unit.tree):
        position = 0
        while position < len(body):
            statement = body[position]
            if isinstance(statement, (ast.With, ast.AsyncWith)):
                # What replaces it may start with another one: look again.
                body[position : position + 1] = _one(unit, statement)
                continue
            position += 1
    return True


def _one(unit: Unit, node: ast.With | ast.AsyncWith) -> list[ast.stmt]:
    """The first manager written out, around a `with` of the others."""
    item, rest = node.items[0], node.items[1:]
    inner = node.body
    if rest:
        nested = type(node)(rest, inner)
        ast.copy_location(nested, node)
        nested.lineno = node.lineno
        inner = [nested]
    call = item.context_expr
    if isinstance(node, ast.AsyncWith):
        return _general(unit, node, item, inner)
    path = unit.path(call.func) if isinstance(call, ast.Call) else None
    if path in _KNOWN:
        assert isinstance(call, ast.Call)
        known = _library(unit, node, path, call, item.optional_vars, inner)
        if known is not None:
            return known
    return _general(unit, node, item, inner)


def _bind(target: ast.expr | None, value: ast.expr, at: ast.AST) -> list[ast.stmt]:
    if target is None:
        return []
    made = ast.Assign([target], value)
    return [ast.copy_location(made, at if not isinstance(at, ast.With) else target)]


def _library(
    unit: Unit,
    node: ast.With,
    path: str | None,
    call: ast.Call,
    target: ast.expr | None,
    inner: list[ast.stmt],
) -> list[ast.stmt] | None:
    if call.keywords or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    none = ast.Constant(None)
    place(none, call)
    if path == "contextlib.nullcontext":
        value = call.args[0] if call.args else none
        first = _bind(target, value, node)
        if not first and call.args:
            first = [ast.copy_location(ast.Expr(value), call)]
        return [*first, *inner]
    if path == "contextlib.closing" and len(call.args) == 1:
        return _closing(unit, node, call.args[0], target, inner)
    if path == "contextlib.suppress":
        body = [*_bind(target, none, node), *inner]
        if not call.args:
            return body
        made = parse_at("try:\n    _body\nexcept _classes:\n    pass", node)
        classes: ast.expr = call.args[0]
        if len(call.args) > 1:
            classes = ast.copy_location(ast.Tuple(call.args, ast.Load()), call)
        return fill(made, {"_body": body, "_classes": classes})
    return None


def _closing(
    unit: Unit, node: ast.With, thing: ast.expr, target: ast.expr | None, inner: list[ast.stmt]
) -> list[ast.stmt]:
    name = unit.fresh("with")
    made = parse_at(f"{name} = _thing\ntry:\n    _body\nfinally:\n    {name}.close()", node)
    return fill(made, {"_thing": thing, "_body": [*_bind(target, load(name, node), node), *inner]})


_ASKING = """\
{manager} = _manager
{value} = {manager}.__enter__()
{fine} = True
try:
    _body
except BaseException as {error}:
    {fine} = False
    if not {manager}.__exit__(type({error}), {error}, None):
        raise
finally:
    if {fine}:
        {manager}.__exit__(None, None, None)
"""
_PASSING = """\
{manager} = _manager
{value} = {manager}.__enter__()
{fine} = True
try:
    _body
except BaseException as {error}:
    {fine} = False
    {manager}.__exit__(type({error}), {error}, None)
    raise
finally:
    if {fine}:
        {manager}.__exit__(None, None, None)
"""


def _general(
    unit: Unit, node: ast.With | ast.AsyncWith, item: ast.withitem, inner: list[ast.stmt]
) -> list[ast.stmt]:
    names = {
        "manager": unit.fresh("with"),
        "value": unit.fresh("entered"),
        "fine": unit.fresh("fine"),
        "error": unit.fresh("error"),
    }
    text = _ASKING if _may_swallow(unit, item.context_expr) else _PASSING
    if isinstance(node, ast.AsyncWith):
        text = _ASKING.replace("not {manager}", "not await {manager}")
        text = text.replace("= {manager}.__enter__", "= await {manager}.__enter__")
        text = text.replace("        {manager}.__", "        await {manager}.__")
        text = text.replace("__enter__", "__aenter__").replace("__exit__", "__aexit__")
    if item.optional_vars is None:
        text = text.replace("{value} = ", "", 1)
    made = parse_at(text.format(**names), node)
    for part in trees.walk(made[1]):
        if isinstance(part, ast.Call):
            # What `with` says of an object without the methods is not what a call says.
            part.is_entering = True  # type: ignore[attr-defined]
    bound = _bind(item.optional_vars, load(names["value"], node), node)
    return fill(made, {"_manager": item.context_expr, "_body": [*bound, *inner]})


def _may_swallow(unit: Unit, manager: ast.expr) -> bool:
    """Whether the manager's `__exit__` can return something true."""
    known = unit.find_class(manager.func) if isinstance(manager, ast.Call) else None
    if known is not None:
        found = _exit_of(known)
        if found is not None:
            return _returns_truth(found)
    return any(_some_exit_swallows(u) for u in unit.units.values())


def _some_exit_swallows(unit: Unit) -> bool:
    if unit.swallows is None:
        exits = [f for c in unit.every(ast.ClassDef) if (f := _exit_of(c)) is not None]
        unit.swallows = any(_returns_truth(f) for f in exits)
    return unit.swallows


def _exit_of(node: ast.ClassDef) -> FunctionDef | None:
    return next((s for s in node.body if isinstance(s, FunctionDef) and s.name == "__exit__"), None)


def _returns_truth(function: FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Return)
        and node.value is not None
        and not (isinstance(node.value, ast.Constant) and not node.value.value)
        for node in own_nodes(function.body)
    )
