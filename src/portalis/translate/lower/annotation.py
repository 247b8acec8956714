"""Annotations as hints: used where no flow decides, checked by the flows where one does."""

from __future__ import annotations

import ast

from portalis.core import syntax, trees
from portalis.translate.artifacts import SeenType
from portalis.translate.frontend.lattice import (
    ATOMS,
    NEVER,
    VALUE,
    Cell,
    Ty,
)
from portalis.translate.frontend.program import Class
from portalis.translate.ir.types import KINDS
from portalis.translate.lower import (
    attribute,
)
from portalis.translate.lower.context import Frame, instance_of
from portalis.translate.rows.row import parse_signature
from portalis.translate.rows.table import ROWS_BY_NAME

_NAMES = {
    "int": "int", "float": "float", "bool": "bool", "str": "str", "bytes": "bytes",
    "complex": "complex", "object": "value", "Any": "value", "None": "none", "range": "range",
}  # fmt: skip
_GENERIC = {
    "list": "list", "List": "list", "set": "set", "Set": "set", "frozenset": "frozenset",
    "FrozenSet": "frozenset", "dict": "dict", "Dict": "dict", "Sequence": "list",
    "MutableSequence": "list", "Iterable": "list", "Collection": "list", "Iterator": "iter",
    "Generator": "iter", "Mapping": "dict", "MutableMapping": "dict", "deque": "deque",
    "Deque": "deque", "defaultdict": "dict", "DefaultDict": "dict", "OrderedDict": "dict",
    "Counter": "dict",
}  # fmt: skip


def hint(frame: Frame, node: ast.expr | None) -> Ty | None:
    """The type an annotation names, with fresh cells; None: it says nothing we know."""
    if node is None:
        return None
    if isinstance(node, ast.Constant):
        if node.value is None:
            return ATOMS["none"]
        if isinstance(node.value, str):
            return _quoted(frame, node)
        return None
    if isinstance(node, ast.Name):
        return _named(frame, node)
    if isinstance(node, ast.Attribute):
        return _made_by_row(frame, node) or _simple(node.attr)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _union(frame, [node.left, node.right])
    if isinstance(node, ast.Subscript):
        return _subscript(frame, node)
    return None


def _quoted(frame: Frame, node: ast.Constant) -> Ty | None:
    try:
        parsed = syntax.parse_expression(str(node.value))
    except SyntaxError:
        return None
    for name in trees.walk(parsed):
        if isinstance(name, ast.Name):
            found = frame.module.variables.get(name.id)
            frame.engine.program.names[name] = found if found is not None else name.id
    return hint(frame, parsed)


def _simple(name: str) -> Ty | None:
    if name in _NAMES:
        return ATOMS[_NAMES[name]]
    if name in _GENERIC:
        kind = _GENERIC[name]
        count = 2 if kind == "dict" else 1
        return Ty(kind, tuple(Cell(VALUE) for _ in range(count)))
    return None


def _named(frame: Frame, node: ast.Name) -> Ty | None:
    entity = attribute.named_entity(frame, node)
    if isinstance(entity, Class):
        return instance_of(entity)
    return _made_by_row(frame, node) or _simple(node.id)


def _made_by_row(frame: Frame, node: ast.expr) -> Ty | None:
    """The type of the objects of a library's class, where calling it always makes the same."""
    path = attribute.library_path(frame, node)
    if path is None or not path.rpartition(".")[2][:1].isupper():
        return None
    made = {parse_signature(row.sig).result for row in ROWS_BY_NAME.get(path, ())}
    if len(made) != 1:
        return None
    (result,) = made
    return None if result.args or result.kind == "var" or result.kind in ATOMS else Ty(result.kind)


def _union(frame: Frame, nodes: list[ast.expr]) -> Ty | None:
    out = NEVER
    for node in nodes:
        ty = hint(frame, node)
        if ty is None:
            return None
        out = frame.engine.lattice.join(out, ty)
    return out


def _subscript(frame: Frame, node: ast.Subscript) -> Ty | None:
    base = (
        node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    )
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base == "Optional":
        inner = hint(frame, items[0])
        return inner.or_none() if inner is not None else None
    if base == "Union":
        return _union(frame, items)
    if base in ("Final", "ClassVar", "Annotated"):
        return hint(frame, items[0])
    if base == "Literal":
        kinds = {type(i.value).__name__ for i in items if isinstance(i, ast.Constant)}
        return ATOMS.get(kinds.pop()) if len(kinds) == 1 else None
    if base in ("tuple", "Tuple"):
        if len(items) == 2 and isinstance(items[1], ast.Constant) and items[1].value is ...:
            return Ty("vartuple", (Cell(hint(frame, items[0]) or VALUE),))
        return Ty("tuple", tuple(Cell(hint(frame, i) or VALUE) for i in items))
    if base == "Callable" and len(items) == 2:
        if not isinstance(items[0], ast.List):
            return None
        params = [Cell(hint(frame, p) or VALUE) for p in items[0].elts]
        return Ty("func", (*params, Cell(hint(frame, items[1]) or VALUE)))
    kind = _GENERIC.get(base)
    if kind is None:
        return None
    if base == "Counter":
        return Ty("dict", (Cell(hint(frame, items[0]) or VALUE), Cell(ATOMS["int"])))
    count = 2 if kind == "dict" else 1
    given = [hint(frame, i) or VALUE for i in items[:count]]
    if len(given) < count:
        return None
    return Ty(kind, tuple(Cell(ty) for ty in given))


def witnessed(frame: Frame, seen: SeenType) -> Ty | None:
    """The type of what a traced run saw, with fresh cells; None: it says nothing we know."""
    out = NEVER
    for kind, args in seen.alternatives:
        ty = _witnessed_one(frame, kind, args)
        if ty is None:
            return None
        out = frame.engine.lattice.join(out, ty)
    return None if out.kind == "never" else out


def _witnessed_one(frame: Frame, kind: str, args: tuple[SeenType, ...]) -> Ty | None:
    if kind in KINDS and args:
        cells = [witnessed(frame, a) for a in args]
        # Of a container that was empty in every call, nothing is known.
        known = [c for c in cells if c is not None]
        return Ty(kind, tuple(map(Cell, known))) if len(known) == len(cells) else None
    if kind == "tuple":
        return Ty("tuple")
    cls = next((c for c in frame.engine.program.every_class() if _qualified(c) == kind), None)
    if cls is not None:
        return instance_of(cls)
    return ATOMS[_NAMES[kind]] if kind in _NAMES else None


def _qualified(cls: Class) -> str:
    return f"{cls.module.name}.{cls.qualname or cls.name}"


def suggest(frame: Frame, ty: Ty, wanted: Ty) -> None:
    """Leaves `wanted`'s element types as hints in the still unknown cells of `ty`."""
    if ty.kind != wanted.kind or len(ty.args) != len(wanted.args):
        return
    for mine, theirs in zip(ty.args, wanted.args, strict=True):
        root = mine.find()
        known = theirs.find().ty
        if root.hint is None:
            root.hint = known
        suggest(frame, root.ty, known)
