"""Places outside functions that hold ints: fields, and variables of modules.

Every statement of a program that writes such a place is known, unless the runtime finds
the place by its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import of
from portalis.translate.ir.walk import every

# A struct and its field; an empty text and the path of a variable.
Place = tuple[str, str]


def place_of(node: ir.Expr | ir.Stmt) -> Place | None:
    """What `node` itself reads or writes."""
    match node:
        case ir.FieldGet() | ir.SetField() if node.obj.ty.kind == "inst":
            return node.obj.ty.name, node.field
        case ir.GlobalGet() | ir.SetGlobal():
            return "", node.path
    return None


def parts_of(crate: ir.CrateIR) -> Iterator[ir.Expr]:
    """Expressions that stand in no function."""
    for module in crate.modules:
        yield from (g.constant for g in module.globals if g.constant is not None)
        for cls in module.classes:
            yield from (arm for p in cls.protocols for _, arm in p.arms)
            for method in cls.dynamic:
                yield method.value
                yield from (p.default for p in method.params if p.default is not None)


def int_places(crate: ir.CrateIR) -> dict[Place, ir.FieldDef | ir.GlobalDef]:
    """Places of ints that nothing but the statements of functions writes."""
    found: dict[Place, ir.FieldDef | ir.GlobalDef] = {}
    for module in crate.modules:
        for variable in module.globals:
            if variable.ty.kind == "int" and variable.constant is None:
                found["", variable.path] = variable
        for cls in module.classes:
            by_name = cls.is_exception or cls.escapes or cls.is_ordered or cls.is_open
            if cls.root == cls.name and not by_name:
                found.update({(cls.name, f.name): f for f in cls.fields if f.ty.kind == "int"})
    for part in parts_of(crate):
        for node in every(part):
            found.pop(place_of(node) or ("", ""), None)
    for place in shared_with_classes(crate) if found else ():
        found.pop(place, None)
    return found


def shared_with_classes(crate: ir.CrateIR) -> Iterator[Place]:
    """Fields that are read from the class where an instance has none of its own."""
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            for node in of(function, ir.FieldGet):
                if node.fallback is not None:
                    yield place_of(node) or ("", "")
