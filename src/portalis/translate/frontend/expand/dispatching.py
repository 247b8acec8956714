"""`functools.singledispatch` and `singledispatchmethod`: a function that asks for the class of
its argument, below which classes come first, and calls what was registered for it.

Source: CPython's Lib/functools.py (3.11), `singledispatch`. Left as they are, to be refused:
registrations for abstract classes, and those that a call may precede.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.core import trees
from portalis.translate.frontend.expand.unit import FunctionDef, Unit, bodies, parse_at

_MARKS = {"functools.singledispatch": 0, "functools.singledispatchmethod": 1}
_CLASSES = frozenset(
    "int float bool str bytes list tuple dict set frozenset complex bytearray".split()
)
_OFFERED = ("register", "dispatch", "registry")
_ABOVE = {"bool": "int"}


class _LeftError(Exception):
    """A form whose meaning would differ."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A class, as its test names it, and the function for it."""

    cls: str
    node: ast.ClassDef | None
    function: str


def expand(unit: Unit) -> bool:
    if not _MARKS.keys() & unit.origins() and "functools" not in unit.origins():
        return False
    changed = False
    for body, _ in bodies(unit.tree):
        for statement in list(body):
            at = _mark(unit, statement)
            if at is not None:
                assert isinstance(statement, ast.FunctionDef)
                try:
                    _write(unit, body, statement, at)
                    changed = True
                except _LeftError:
                    pass
    return changed


def _mark(unit: Unit, statement: ast.stmt) -> int | None:
    """Which parameter the function is chosen by."""
    if not isinstance(statement, ast.FunctionDef) or len(statement.decorator_list) != 1:
        return None
    return _MARKS.get(unit.path(statement.decorator_list[0]) or "")


def _write(unit: Unit, body: list[ast.stmt], base: ast.FunctionDef, at: int) -> None:
    found = [s for s in body if isinstance(s, ast.FunctionDef) and _registers(s, base.name)]
    last = max((body.index(s) for s in found), default=body.index(base))
    _check_uses(unit, body, base, found, last)
    cases: list[_Case] = []
    renamed: dict[ast.FunctionDef, str] = {}
    for function in found:
        _check_parameters(base, function)
        named = [s for s in body if isinstance(s, FunctionDef) and s.name == function.name]
        keeps = len(named) == 1 and function.name != "_"
        renamed[function] = function.name if keeps else unit.fresh(f"{base.name}_for")
        for cls, node in _classes(unit, function, base.name, at):
            cases.append(_Case(cls, node, renamed[function]))
    ordered = _ordered(unit, cases)
    made = _dispatcher(unit, base, ordered, at)
    for function, name in renamed.items():
        _rename(function, name)
    body.insert(last + 1, made)


def _registers(function: ast.FunctionDef, name: str) -> bool:
    return any(_registered(d, name) is not None for d in function.decorator_list)


def _registered(decorator: ast.expr, name: str) -> list[ast.expr] | None:
    """What `@name.register` or `@name.register(cls)` is given."""
    call = decorator if isinstance(decorator, ast.Call) else None
    target = call.func if call is not None else decorator
    if not (isinstance(target, ast.Attribute) and target.attr == "register"):
        return None
    if not (isinstance(target.value, ast.Name) and target.value.id == name):
        return None
    return call.args if call is not None else []


def _check_uses(
    unit: Unit, body: list[ast.stmt], base: ast.FunctionDef, found: list[ast.FunctionDef], last: int
) -> None:
    """Nobody asks for more than calls, and no call can come before the last registration."""
    mine = {id(n) for f in found for d in f.decorator_list for n in trees.walk(d)}
    for node in unit.every(ast.Attribute):
        is_base = isinstance(node.value, ast.Name) and node.value.id == base.name
        if is_base and id(node) not in mine and node.attr in _OFFERED:
            raise _LeftError
    for other in unit.units.values():
        for node in other.every(ast.Attribute):
            if node.attr in _OFFERED and other.path(node.value) == f"{unit.name}.{base.name}":
                raise _LeftError
    if len([s for s in body if isinstance(s, FunctionDef) and s.name == base.name]) > 1:
        raise _LeftError
    start = body.index(base)
    for statement in body[start + 1 : last]:
        if not isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            called = (n.id for n in trees.walk(statement) if isinstance(n, ast.Name))
            if base.name in set(called):
                raise _LeftError


def _check_parameters(base: ast.FunctionDef, function: ast.FunctionDef) -> None:
    """What is passed on means the same in both."""
    shapes = []
    for each in (base, function):
        args = each.args
        if args.vararg or args.kwarg or any(d is None for d in args.kw_defaults):
            raise _LeftError
        params = [a.arg for a in (*args.posonlyargs, *args.args)]
        defaults = [ast.unparse(d) for d in args.defaults]
        shapes.append((len(params), params[2:], defaults, [a.arg for a in args.kwonlyargs]))
    if shapes[0] != shapes[1]:
        raise _LeftError


def _classes(
    unit: Unit, function: ast.FunctionDef, name: str, at: int
) -> Iterator[tuple[str, ast.ClassDef | None]]:
    """The classes that a function is registered for."""
    for decorator in function.decorator_list:
        given = _registered(decorator, name)
        if given is None or len(given) > 1:
            raise _LeftError
        params = [*function.args.posonlyargs, *function.args.args]
        named = given[0] if given else params[at].annotation
        if named is None:
            raise _LeftError
        yield from _named(unit, named, bool(given))


def _named(unit: Unit, node: ast.expr, is_value: bool) -> Iterator[tuple[str, ast.ClassDef | None]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _named(unit, node.left, is_value)
        yield from _named(unit, node.right, is_value)
        return
    found = unit.find_class(node)
    none = isinstance(node, ast.Constant) and node.value is None and not is_value
    if none or ast.unparse(node) == "type(None)":
        yield "type(None)", None
    elif unit.is_builtin(node, *_CLASSES):
        yield ast.unparse(node), None
    elif found is not None and not _is_abstract(unit, found):
        yield ast.unparse(node), found
    else:
        raise _LeftError


def _is_abstract(unit: Unit, cls: ast.ClassDef) -> bool:
    """Whether others than those below it may count as its instances."""
    asked = [n.value for n in unit.every(ast.Attribute) if n.attr == "register"]
    return any(unit.find_class(value) is cls for value in asked)


def _ordered(unit: Unit, cases: list[_Case]) -> list[_Case]:
    """Each class before those above it; of two registrations of one the later counts."""
    last = {case.cls: case for case in cases}
    above = {cls: _above(unit, case) & last.keys() for cls, case in last.items()}
    _check_lines(unit, above, last)
    out: list[_Case] = []
    while len(out) < len(last):
        done = {case.cls for case in out}
        out += [
            case
            for cls, case in last.items()
            if cls not in done and all(cls not in above[o] for o in last if o not in done)
        ][:1]
    return out


def _above(unit: Unit, case: _Case) -> set[str]:
    if case.node is None:
        return {_ABOVE[case.cls]} if case.cls in _ABOVE else set()
    return {above.name for _, above in unit.classes_above(case.node)}


def _check_lines(unit: Unit, above: dict[str, set[str]], cases: dict[str, _Case]) -> None:
    """No class of the program has two of them above it that are not in one line."""
    for cls in unit.every(ast.ClassDef):
        mine = {c.name for _, c in unit.classes_above(cls)} & cases.keys()
        if any(a not in above[b] and b not in above[a] for a in mine for b in mine if a != b):
            raise _LeftError


def _dispatcher(unit: Unit, base: ast.FunctionDef, cases: list[_Case], at: int) -> ast.FunctionDef:
    params = [a.arg for a in (*base.args.posonlyargs, *base.args.args)]
    if len(params) <= at:
        raise _LeftError
    me = f"{params[0]}." if at else ""
    given = [*params[at:], *(f"{a.arg}={a.arg}" for a in base.args.kwonlyargs)]
    inner = unit.fresh(f"{base.name}_default")
    lines = [f"def {base.name}():"]
    for case in cases:
        lines.append(f"    if {_test(params[at], case.cls)}:")
        lines.append(f"        return {me}{case.function}({', '.join(given)})")
    lines.append(f"    return {me}{inner}({', '.join(given)})")
    made = parse_at("\n".join(lines), base)[0]
    assert isinstance(made, ast.FunctionDef)
    made.args = copy.deepcopy(base.args)
    for arg in (*made.args.posonlyargs, *made.args.args):
        arg.annotation = None
    base.args.defaults = []
    base.args.kw_defaults = [None] * len(base.args.kwonlyargs)
    doc = base.body[:1] if ast.get_docstring(base, clean=False) is not None else []
    made.body = [*doc, *made.body]
    _rename(base, inner)
    return made


def _test(name: str, cls: str) -> str:
    return f"{name} is None" if cls == "type(None)" else f"isinstance({name}, {cls})"


def _rename(function: ast.FunctionDef, name: str) -> None:
    function.python_name = function.name  # type: ignore[attr-defined]
    function.name = name
    function.decorator_list = []
