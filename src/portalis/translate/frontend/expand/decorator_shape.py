"""A decorator function taken apart: what its call computes, and the wrapper it returns."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, is_constant, own_nodes


class Unknown(Exception):  # noqa: N818 - an outcome, not an error
    """A decorator whose shape is not known."""


@dataclass(slots=True)
class Decorator:
    """A decorator function taken apart."""

    # Parameter → argument of the decorator's own call, `repeat(3)`.
    given: dict[str, ast.expr]
    # The parameter that stands for the decorated function.
    func: str
    # What its call does before and after it defines the wrapper.
    before: list[ast.stmt]
    after: list[ast.stmt]
    wrapper: ast.FunctionDef | None
    # The wrapper's `__qualname__`: "log.<locals>.wrapper".
    path: str = ""
    # The names its call binds.
    names: set[str] = field(default_factory=set)


def taken_apart(unit: Unit, decorator: ast.expr) -> Decorator:
    if isinstance(decorator, ast.Name):
        return _layers(_definition(unit, decorator), {})
    if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
        factory = _definition(unit, decorator.func)
        given = _arguments(factory, decorator)
        steps = _without_docstring(factory.body)
        if not steps or not isinstance(steps[-1], ast.Return):
            raise Unknown
        inner = [s for s in steps if isinstance(s, ast.FunctionDef)]
        last = steps[-1].value
        if len(inner) != 1 or not (isinstance(last, ast.Name) and last.id == inner[0].name):
            raise Unknown
        if inner[0].decorator_list:
            raise Unknown
        at = steps.index(inner[0])
        found = _layers(inner[0], given)
        found.before = [*steps[:at], *steps[at + 1 : -1], *found.before]
        found.names |= bound(found.before)
        found.path = f"{factory.name}.<locals>.{found.path}"
        return found
    raise Unknown


def order_is_seen(unit: Unit, node: ast.FunctionDef) -> bool:
    """Whether a program can tell when its decorators' own calls are evaluated, which is before
    the function's defaults are, and before any decorator is applied."""
    args = node.args
    defaults = (*args.defaults, *(d for d in args.kw_defaults if d is not None))
    others = len(node.decorator_list) > 1 or not all(_is_quiet(d) for d in defaults)
    return others and any(_does_something(unit, d) for d in node.decorator_list)


def _does_something(unit: Unit, decorator: ast.expr) -> bool:
    if isinstance(decorator, ast.Name):
        return False
    try:
        known = taken_apart(unit, decorator)
    except Unknown:
        return True
    steps = (*known.before, *known.after)
    return not all(_is_quiet(v) for v in known.given.values()) or any(
        not (isinstance(s, (ast.Assign, ast.AnnAssign)) and s.value and _is_quiet(s.value))
        for s in steps
    )


def passes_on_first(wrapper: ast.FunctionDef, func: str) -> bool:
    """Whether nothing that a program sees happens before the wrapper calls `func`, and nothing
    catches what that raises."""
    for statement in _without_docstring(wrapper.body):
        if not isinstance(statement, (ast.Assign, ast.Return, ast.Expr)) or statement.value is None:
            return False
        calls = [n for n in trees.walk(statement.value) if isinstance(n, _ACTING)]
        ours = [c for c in calls if isinstance(c, ast.Call) and _calls(c, func)]
        if ours:
            around = [c for c in calls if c not in ours]
            return not any(isinstance(n, _ASKING) for n in trees.walk(statement.value)) and all(
                any(n is ours[0] for n in trees.walk(c)) for c in around
            )
        if calls and not _reads_clock(statement.value):
            return False
    return False


# What may do something, or not come to an end; what need not come to the call.
_ACTING = (ast.Call, ast.Attribute, ast.Subscript, ast.BinOp, ast.Compare, ast.Await, ast.Yield)
_ASKING = (ast.IfExp, ast.BoolOp, ast.Lambda, ast.GeneratorExp, ast.ListComp)


def _calls(node: ast.Call, func: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == func


def _reads_clock(value: ast.expr) -> bool:
    """`time.time()`, by which nobody can tell when it was called."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and ast.unparse(value.func.value) == "time"
        and not value.args
    )


def _is_quiet(node: ast.expr) -> bool:
    """Evaluating it earlier or later is the same: literals, and new containers of them."""
    if isinstance(node, (ast.List, ast.Set)):
        return all(_is_quiet(e) for e in node.elts)
    if isinstance(node, ast.Dict):
        return all(k is not None and _is_quiet(k) for k in node.keys) and all(
            _is_quiet(v) for v in node.values
        )
    return is_constant(node) or isinstance(node, (ast.Name, ast.Lambda))


def _definition(unit: Unit, name: ast.Name) -> ast.FunctionDef:
    found = [s for s in unit.tree.body if isinstance(s, ast.FunctionDef) and s.name == name.id]
    if len(found) != 1 or found[0].decorator_list:
        raise Unknown
    for node in trees.walk(unit.tree):
        if isinstance(node, ast.Name) and node.id == name.id and not isinstance(node.ctx, ast.Load):
            raise Unknown
    return found[0]


def _arguments(factory: ast.FunctionDef, call: ast.Call) -> dict[str, ast.expr]:
    args = factory.args
    if args.vararg or args.kwarg or any(isinstance(a, ast.Starred) for a in call.args):
        raise Unknown
    names = [a.arg for a in (*args.posonlyargs, *args.args)]
    out: dict[str, ast.expr] = dict(zip(names, call.args, strict=False))
    if len(call.args) > len(names):
        raise Unknown
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg in out:
            raise Unknown
        out[keyword.arg] = keyword.value
    defaults = dict(zip(reversed(names), reversed(args.defaults), strict=False))
    defaults |= {
        a.arg: d for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is not None
    }
    every = [*names, *(a.arg for a in args.kwonlyargs)]
    for name in every:
        if name not in out:
            if not isinstance(defaults.get(name), ast.Constant):
                raise Unknown
            out[name] = defaults[name]
    if set(out) - set(every):
        raise Unknown
    return out


def _layers(deco: ast.FunctionDef, given: dict[str, ast.expr]) -> Decorator:
    args = deco.args
    if len(args.args) != 1 or args.vararg or args.kwarg or args.kwonlyargs or args.defaults:
        raise Unknown
    func = args.args[0].arg
    steps = _without_docstring(deco.body)
    last = steps[-1] if steps else None
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name):
        raise Unknown
    if any(isinstance(n, (ast.Return, ast.Yield)) for n in own_nodes(steps[:-1])):
        raise Unknown
    returned = last.value.id
    inner = [s for s in steps if isinstance(s, (ast.FunctionDef, ast.ClassDef))]
    if returned == func:
        if inner:
            raise Unknown
        made = Decorator(given, func, steps[:-1], [], None)
    else:
        only = inner[0] if len(inner) == 1 else None
        if not isinstance(only, ast.FunctionDef) or only.name != returned or only.decorator_list:
            raise Unknown
        at = steps.index(only)
        path = f"{deco.name}.<locals>.{only.name}"
        made = Decorator(given, func, steps[:at], steps[at + 1 : -1], only, path)
    made.names = bound([*made.before, *made.after])
    return made


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        return body[1:]
    return body


def bound(body: list[ast.stmt]) -> set[str]:
    return {
        n.id for n in own_nodes(body) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)
    }
