"""`__new__`: a call of a class becomes a call of a function that says what such a call does.

The elaborator calls the function where the class is called. It has the parameters of
`__new__` where `__init__` has the same, and takes anything otherwise.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Unit,
    bodies,
    copied,
    is_constant,
    parse_at,
)

_BUILTINS = frozenset(dir(builtins)) - {"object"}
MAKE = "_portalis_make"
_ANYTHING = "def f(*args, **kwargs): pass"
_MADE = """
@staticmethod
def {make}():
    made = {cls}.__new__({cls}, {given})
    {init}
    return made
"""
_INIT = "if isinstance(made, {cls}): made.__init__({given})"


def expand(unit: Unit) -> bool:
    if not any(_method(c, "__new__") for u in unit.units.values() for c in u.every(ast.ClassDef)):
        return False
    changed = False
    for body, scope in bodies(unit.tree):
        if scope is not unit.tree:
            continue
        for name, cls in _named(body):
            made = _maker(unit, cls, name)
            if made is not None:
                cls.body.append(made)
                changed = True
    return changed


def _named(body: list[ast.stmt], home: str = "") -> Iterator[tuple[str, ast.ClassDef]]:
    """The classes of a module by the names that functions know them by."""
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield f"{home}{statement.name}", statement
            yield from _named(statement.body, f"{home}{statement.name}.")


def _maker(unit: Unit, cls: ast.ClassDef, name: str) -> ast.stmt | None:
    """None: there is no `__new__`, or an object may need an `__init__` that this class lacks."""
    above = list(unit.classes_above(cls))
    line = [cls, *(c for _, c in above)]
    new = _first(line, "__new__")
    if any(u.is_builtin(b, *_BUILTINS) for u, c in ((unit, cls), *above) for b in c.bases):
        return None
    if new is None or _method(cls, MAKE) is not None:
        return None
    init = _first(line, "__init__")
    if init is None and any(_method(below, "__init__") for below in _below(unit, cls)):
        return None
    fit = init is None or _signature(init) == _signature(new)
    is_own = _method(cls, "__new__") is new
    args = _parameters(new, is_own) if fit else None
    if args is None:
        args = ast.parse(_ANYTHING).body[0].args  # type: ignore[attr-defined]
    given = ", ".join(_given(args))
    step = "" if init is None else _INIT.format(cls=name, given=given)
    text = _MADE.format(make=MAKE, cls=name, given=given, init=step)
    made = parse_at(text, cls)[0]
    assert isinstance(made, ast.FunctionDef)
    made.args = args
    return made


def _method(cls: ast.ClassDef, name: str) -> FunctionDef | None:
    for statement in cls.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if statement.name == name:
                return statement
    return None


def _first(line: list[ast.ClassDef], name: str) -> FunctionDef | None:
    return next((found for cls in line if (found := _method(cls, name)) is not None), None)


def _below(unit: Unit, cls: ast.ClassDef) -> Iterator[ast.ClassDef]:
    for other in unit.units.values():
        for each in other.every(ast.ClassDef):
            if any(above is cls for _, above in other.classes_above(each)):
                yield each


def _signature(node: FunctionDef) -> str:
    """Of what is given: the first parameter's name, and annotations, say nothing."""
    bare = _without_first(node)
    for arg in _every(bare):
        arg.annotation = None
    return ast.dump(bare)


def _without_first(node: FunctionDef) -> ast.arguments:
    old = node.args
    made = ast.arguments(
        posonlyargs=[ast.arg(a.arg, a.annotation) for a in old.posonlyargs],
        args=[ast.arg(a.arg, a.annotation) for a in old.args],
        vararg=ast.arg(old.vararg.arg, old.vararg.annotation) if old.vararg else None,
        kwonlyargs=[ast.arg(a.arg, a.annotation) for a in old.kwonlyargs],
        kw_defaults=[copied(d) if d is not None else None for d in old.kw_defaults],
        kwarg=ast.arg(old.kwarg.arg, old.kwarg.annotation) if old.kwarg else None,
        defaults=[copied(d) for d in old.defaults],
    )
    first = made.posonlyargs or made.args
    del first[:1]
    return made


def _every(args: ast.arguments) -> list[ast.arg]:
    ends = [a for a in (args.vararg, args.kwarg) if a is not None]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *ends]


def _parameters(new: FunctionDef, is_own: bool) -> ast.arguments | None:
    """Those of `__new__`, whose defaults mean the same here; None: they may not."""
    if not (new.args.posonlyargs or new.args.args):
        return None
    made = _without_first(new)
    defaults = [*made.defaults, *(d for d in made.kw_defaults if d is not None)]
    if not all(is_constant(d) or (is_own and isinstance(d, ast.Name)) for d in defaults):
        return None
    for arg in _every(made):
        arg.lineno, arg.col_offset = new.lineno, new.col_offset
    return made


def _given(args: ast.arguments) -> Iterator[str]:
    yield from (a.arg for a in (*args.posonlyargs, *args.args))
    if args.vararg is not None:
        yield f"*{args.vararg.arg}"
    yield from (f"{a.arg}={a.arg}" for a in args.kwonlyargs)
    if args.kwarg is not None:
        yield f"**{args.kwarg.arg}"
