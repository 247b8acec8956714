"""Private names: `__x` inside `class A` is `_A__x` (Python reference, 6.2.1).

Identifiers of every kind are renamed but the keywords of calls, as in CPython; a
function or class keeps the name that it shows as `written_name`.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit

# Which fields of a node hold identifiers of the scope it stands in.
_FIELDS: dict[type[ast.AST], str] = {
    ast.Name: "id",
    ast.Attribute: "attr",
    ast.arg: "arg",
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.ClassDef: "name",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.MatchMapping: "rest",
}
_NAMING = frozenset((*_FIELDS, ast.Global, ast.Nonlocal))


def expand(unit: Unit) -> bool:
    if not any(map(_is_private, _identifiers(unit))):
        return False
    changed = [_body(cls) for cls in unit.every(ast.ClassDef)]
    return any(changed)


def _identifiers(unit: Unit) -> set[str]:
    """What may be renamed."""
    found = {*unit.nodes.named(), *unit.attributes(), *unit.bound}
    found.update(name for node in unit.every(ast.Global) for name in node.names)
    found.update(name for outer in unit.every(ast.Nonlocal) for name in outer.names)
    return found


def _is_private(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def _body(cls: ast.ClassDef) -> bool:
    """The names in a class, but those in classes inside it, which are walked on their own."""
    prefix = getattr(cls, "written_name", cls.name).lstrip("_")
    pending: list[ast.AST] = list(cls.body) if prefix else []
    changed = False
    while pending:
        node = pending.pop()
        if node.__class__ in _NAMING:
            changed |= _rename(node, prefix)
        if isinstance(node, ast.ClassDef):
            pending += [*node.decorator_list, *node.bases, *node.keywords]
        else:
            pending += trees.children(node)
    return changed


def _rename(node: ast.AST, prefix: str) -> bool:
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        given, node.names = node.names, [_mangled(name, prefix) for name in node.names]
        return given != node.names
    field = _FIELDS.get(type(node))
    name = getattr(node, field) if field is not None else None
    if field is None or name is None or _mangled(name, prefix) == name:
        return False
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        node.written_name = name  # type: ignore[union-attr]
    setattr(node, field, _mangled(name, prefix))
    return True


def _mangled(name: str, prefix: str) -> str:
    return f"_{prefix}{name}" if _is_private(name) else name
