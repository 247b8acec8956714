"""`Shape.register(Foreign)` of an abstract class of the program: whoever asks whether something is
a `Shape` asks for a `Foreign`, too.

Only where every use of the abstract class is seen: as a base, called, as what is asked for, or in
annotations, in its own module, and where no question can come before the registration.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.core import trees
from portalis.translate.frontend.expand.unit import FunctionDef, Unit, load

_ABSTRACT = ("abc.ABC", "abc.ABCMeta")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass(slots=True)
class _Registration:
    """`register` of an abstract class. at: the decorated class, or the statement."""

    abstract: ast.ClassDef
    registered: str
    at: ast.stmt
    call: ast.expr


def expand(unit: Unit) -> bool:
    if unit.is_library or "register" not in unit.attributes():
        return False
    classes = {s.name: s for s in unit.tree.body if isinstance(s, ast.ClassDef)}
    found = list(_registrations(unit, classes))
    held_back = {r.abstract.name for r in found if not _is_early(unit, r, classes)}
    by_name: dict[str, list[str]] = {}
    for each in found:
        name = each.abstract.name
        if name in held_back or not _is_seen(unit, name, [r.call for r in found]):
            continue
        if isinstance(each.at, ast.ClassDef):
            each.at.decorator_list = [d for d in each.at.decorator_list if d is not each.call]
        else:
            unit.tree.body[unit.tree.body.index(each.at)] = ast.copy_location(ast.Pass(), each.at)
        by_name.setdefault(name, []).append(each.registered)
    if by_name:
        _Asked(unit, by_name).visit(unit.tree)
    return bool(by_name)


def _registrations(unit: Unit, classes: dict[str, ast.ClassDef]) -> Iterator[_Registration]:
    for statement in unit.tree.body:
        if isinstance(statement, ast.ClassDef):
            for decorator in statement.decorator_list:
                abstract = _registering(unit, decorator, classes)
                if abstract is not None:
                    yield _Registration(abstract, statement.name, statement, decorator)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            call = statement.value
            abstract = _registering(unit, call.func, classes)
            if abstract is not None and len(call.args) == 1 and not call.keywords:
                given = call.args[0]
                if isinstance(given, ast.Name) and given.id in classes:
                    yield _Registration(abstract, given.id, statement, call.func)


def _registering(
    unit: Unit, node: ast.expr, classes: dict[str, ast.ClassDef]
) -> ast.ClassDef | None:
    """The abstract class whose `register` the expression is; None: it is no such."""
    if not (isinstance(node, ast.Attribute) and node.attr == "register"):
        return None
    named = node.value
    cls = classes.get(named.id) if isinstance(named, ast.Name) else None
    if cls is None or any(True for _ in unit.classes_above(cls)):
        return None
    roots = [*cls.bases, *(k.value for k in cls.keywords if k.arg == "metaclass")]
    if not any(unit.path(root) in _ABSTRACT for root in roots):
        return None
    own = {s.name for s in cls.body if isinstance(s, FunctionDef)}
    return None if own & {"register", "__subclasshook__"} else cls


def _is_early(unit: Unit, each: _Registration, classes: dict[str, ast.ClassDef]) -> bool:
    """Nothing runs between the two classes' statements and the registration."""
    if isinstance(each.at, ast.ClassDef):
        return True
    body = unit.tree.body
    last = max(body.index(classes[each.registered]), body.index(each.abstract))
    between = body[last + 1 : body.index(each.at)]
    return all(isinstance(s, _DEFINITIONS) or _registers(s) for s in between)


def _registers(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    func = value.func if isinstance(value, ast.Call) else None
    return isinstance(func, ast.Attribute) and func.attr == "register"


def _is_seen(unit: Unit, name: str, calls: list[ast.expr]) -> bool:
    """Whether each use of the abstract class is one whose meaning is known."""
    for other in unit.units.values():
        if other is not unit and not other.is_library:
            last = {path.rpartition(".")[2] for path in other.imports.values()}
            if last & {name, "*"} or name in other.attributes():
                return False
    allowed = {id(n) for call in calls for n in trees.walk(call)}
    for cls in unit.every(ast.ClassDef):
        allowed |= {id(base) for base in cls.bases}
    for call in unit.every(ast.Call):
        allowed.add(id(call.func))
        if unit.is_builtin(call.func, "isinstance", "issubclass") and len(call.args) == 2:
            allowed |= {id(n) for n in _asked(call.args[1])}
    for note in _annotations(unit):
        allowed |= {id(n) for n in trees.walk(note)}
    return all(n.id != name or id(n) in allowed for n in unit.every(ast.Name) if _is_read(n))


def _is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def _asked(classes: ast.expr) -> list[ast.expr]:
    return classes.elts if isinstance(classes, ast.Tuple) else [classes]


def _annotations(unit: Unit) -> Iterator[ast.expr]:
    for arg in unit.every(ast.arg):
        if arg.annotation is not None:
            yield arg.annotation
    for function in unit.every(ast.FunctionDef):
        if function.returns is not None:
            yield function.returns
    for assigned in unit.every(ast.AnnAssign):
        yield assigned.annotation


class _Asked(trees.Transformer):
    """`isinstance(x, Shape)` with the registered classes beside it."""

    def __init__(self, unit: Unit, registered: dict[str, list[str]]) -> None:
        self.unit = unit
        self.registered = registered

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if self.unit.is_builtin(node.func, "isinstance", "issubclass") and len(node.args) == 2:
            items = _asked(node.args[1])
            more = [
                load(name, item)
                for item in items
                if isinstance(item, ast.Name)
                for name in self.registered.get(item.id, ())
            ]
            if more:
                whole = ast.Tuple([*items, *more], ast.Load())
                node.args[1] = ast.copy_location(whole, node.args[1])
        return node
