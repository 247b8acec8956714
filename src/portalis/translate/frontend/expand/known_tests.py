"""`if sys.version_info >= (3, 12):`, `if sys.platform == "win32":` and, in a class body,
`if TYPE_CHECKING:`.

The Python and the system whose meaning is kept are known, so that only one branch ever runs.
What a module imports for type checkers stays where it is: annotations name it.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from portalis.translate.frontend.expand.unit import Unit, bodies

# As rows give it (`sys.version_info`): major, minor, micro.
VERSION = (3, 11, 7)
HEX_VERSION = 0x030B07F0
# As rows give them.
SYSTEM = {"sys.platform": "linux", "os.name": "posix"}
_PARTS = {"major": 0, "minor": 1, "micro": 2}
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def expand(unit: Unit) -> bool:
    # In a class body more is known than elsewhere.
    known = (_answer(unit, node.test, in_class=True) for node in unit.every(ast.If))
    if unit.is_library or all(answer is None for answer in known):
        return False
    changed = False
    for body, scope in bodies(unit.tree):
        inside = isinstance(scope, ast.ClassDef)
        made = [part for statement in body for part in _settled(unit, statement, inside)]
        if made != body:
            body[:] = made or [ast.copy_location(ast.Pass(), body[0])]
            changed = True
    return changed


def _settled(unit: Unit, node: ast.stmt, in_class: bool) -> list[ast.stmt]:
    """The branch that runs, if it is known."""
    if not isinstance(node, ast.If):
        return [node]
    answer = _answer(unit, node.test, in_class)
    if answer is None:
        return [node]
    taken = node.body if answer else node.orelse
    return [part for statement in taken for part in _settled(unit, statement, in_class)]


def _answer(unit: Unit, test: ast.expr, in_class: bool) -> bool | None:
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            answer = _answer(unit, inner, in_class)
            return None if answer is None else not answer
        case ast.BoolOp(op=op, values=values):
            decides = isinstance(op, ast.Or)
            for value in values:
                answer = _answer(unit, value, in_class)
                if answer is None or answer is decides:
                    return answer
            return not decides
        case ast.Compare(left=left, ops=[op], comparators=[right]) if _system(unit, left):
            return _on_system(_system(unit, left), op, right)
        case ast.Call(
            func=ast.Attribute(value=named, attr="startswith"),
            args=[ast.Constant(value=str(start))],
            keywords=[],
        ) if _system(unit, named):
            return _system(unit, named).startswith(start)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            asked, wanted = _version(unit, left), _constant(right)
            if asked is None or type(asked) is not type(wanted):
                return None
            return _COMPARED[type(op)](asked, wanted)
        case ast.Name() | ast.Attribute() if in_class:
            return False if unit.path(test) == "typing.TYPE_CHECKING" else None
    return None


def _system(unit: Unit, node: ast.expr) -> str:
    """The name of the system that an expression gives; empty for another expression."""
    named = isinstance(node, (ast.Name, ast.Attribute))
    return SYSTEM.get(unit.path(node) or "", "") if named else ""


def _on_system(system: str, op: ast.cmpop, right: ast.expr) -> bool | None:
    match op, right:
        case ast.Eq() | ast.NotEq(), ast.Constant(value=str(name)):
            return (system == name) is isinstance(op, ast.Eq)
        case ast.In() | ast.NotIn(), ast.Tuple(elts=elts) | ast.List(elts=elts) | ast.Set(
            elts=elts
        ):
            names = [e.value for e in elts if isinstance(e, ast.Constant)]
            if len(names) == len(elts):
                return (system in names) is isinstance(op, ast.In)
    return None


def _version(unit: Unit, node: ast.expr) -> int | tuple[int, ...] | None:
    """What an expression of `sys.version_info`, or `sys.hexversion`, is; None for another."""
    match node:
        case ast.Name() | ast.Attribute() if unit.path(node) == "sys.hexversion":
            return HEX_VERSION
        case ast.Subscript(value=whole, slice=at) if _is_version(unit, whole):
            match at:
                case ast.Constant(value=int(place)) if 0 <= place < len(VERSION):
                    return VERSION[place]
                case ast.Slice(lower=None, upper=ast.Constant(value=int(count)), step=None):
                    return VERSION[:count] if 0 <= count <= len(VERSION) else None
        case ast.Attribute(value=whole, attr=part) if part in _PARTS and _is_version(unit, whole):
            return VERSION[_PARTS[part]]
    return VERSION if _is_version(unit, node) else None


def _is_version(unit: Unit, node: ast.expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute)) and unit.path(node) == "sys.version_info"


def _constant(node: ast.expr) -> int | tuple[int, ...] | None:
    """A number or a tuple of numbers that is written out, and no longer than the version:
    what comes after its third part is not known to rows."""
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.Tuple(elts=elts) if len(elts) <= len(VERSION):
            parts = [e.value for e in elts if isinstance(e, ast.Constant)]
            whole = [p for p in parts if type(p) is int]
            return tuple(whole) if len(whole) == len(elts) else None
    return None
