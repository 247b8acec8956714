"""Which dataclasses may stand within themselves, as far as the annotations of fields tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.translate.frontend.expand.dataclass_shape import has_method, last_name, shape_of
from portalis.translate.frontend.expand.unit import Unit

_PLAIN = frozenset(
    (
        *(
            "int",
            "float",
            "str",
            "bool",
            "bytes",
            "complex",
            "None",
            "range",
            "Callable",
            "Literal",
        ),
        *("Decimal", "Fraction", "date", "time", "datetime", "timedelta", "Path"),
    )
)
_HOLDING = frozenset(
    (
        *("list", "dict", "set", "frozenset", "tuple", "deque", "defaultdict", "Counter"),
        *("List", "Dict", "Set", "FrozenSet", "Tuple", "Deque", "DefaultDict", "Optional"),
        *("Union", "Sequence", "Mapping", "Iterable", "Collection", "Annotated", "Final"),
    )
)

_ENUMS = frozenset(("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"))


def may_stand_within(unit: Unit, cls: ast.ClassDef) -> bool:
    """Whether an object of the dataclass may be reached from its own fields.

    An annotation that says little (`Any`, a bare `list`, an imported class) says that it may.
    """
    seen = {cls}
    ahead = [(unit, cls)]
    while ahead:
        home, current = ahead.pop()
        shape = shape_of(home, current)
        if shape is None and not _shows_addresses(home, current):
            return True
        for leaf in (each for f in (shape.real if shape else ()) for each in _leaves(f.annotation)):
            found = _classes(home, leaf)
            if found is None or any(c is cls for _, c in found):
                return True
            ahead += [(u, c) for u, c in found if c not in seen]
            seen.update(c for _, c in found)
    return False


def _shows_addresses(unit: Unit, cls: ast.ClassDef) -> bool:
    """Its objects are shown as `<C object at 0x…>`, as far as its classes tell."""
    line = [cls, *(c for _, c in unit.classes_above(cls))]
    return not any(has_method(c, "__repr__") or shape_of(unit, c) for c in line)


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    """The names of an annotation that are not those of plain values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value.strip(), mode="eval").body
        except SyntaxError:
            yield node
            return
    if isinstance(node, ast.BinOp):
        yield from _leaves(node.left)
        yield from _leaves(node.right)
    elif isinstance(node, ast.Subscript) and last_name(node.value) in _HOLDING:
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for item in items:
            yield from _leaves(item)
    elif not _is_plain(node):
        yield node


def _is_plain(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is None or node.value is ...
    named = node.value if isinstance(node, ast.Subscript) else node
    return last_name(named) in _PLAIN


def _classes(unit: Unit, leaf: ast.expr) -> list[tuple[Unit, ast.ClassDef]] | None:
    """The classes of objects that a name stands for; None: it says nothing."""
    home = unit.find_home(leaf)
    if home is None:
        return None
    found = [home]
    for other in unit.units.values():
        for cls in other.every(ast.ClassDef):
            if any(above is home[1] for _, above in other.classes_above(cls)):
                found.append((other, cls))
    return [each for each in found if not _is_enum(each[1])]


def _is_enum(cls: ast.ClassDef) -> bool:
    return any(last_name(base) in _ENUMS for base in cls.bases)
