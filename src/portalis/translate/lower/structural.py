"""isinstance of a protocol: the classes that have its members."""

from __future__ import annotations

import ast
import builtins
import types

from portalis.translate.frontend.lattice import doubt
from portalis.translate.frontend.program import EXCEPTIONS, Class
from portalis.translate.lower.context import Frame, Refusal

# Built-in classes whose instances a program can hold.
_BUILTINS = (
    "int", "bool", "float", "complex", "str", "bytes", "bytearray", "list", "tuple", "dict", "set",
    "frozenset", "range", "slice",
)  # fmt: skip
# Classes of which isinstance knows no name here.
_UNNAMED = (
    types.FunctionType,
    types.GeneratorType,
    map,
    type,
    *(getattr(builtins, e) for e in EXCEPTIONS),
)


def classes_of(frame: Frame, node: ast.AST, cls: Class) -> list[str | Class]:
    """The classes whose instances are instances of `cls`, subclasses left out.

    Raises:
        Refusal: a protocol that only the instance can answer for.
    """
    if not cls.is_protocol():
        return [cls]
    if not any(ast.unparse(d).endswith("runtime_checkable") for d in cls.node.decorator_list):
        raise Refusal("PT204", node, f"{cls.name} is a protocol that is not @runtime_checkable")
    doubt()  # What fields candidates have may still grow.
    members = _members(cls)
    if any(all(hasattr(c, m) for m in members) for c in _UNNAMED):
        raise Refusal("PT204", node, f"functions or exceptions may be instances of {cls.name}")
    out: list[str | Class] = []
    for candidate in frame.engine.program.every_class():
        if candidate.is_subclass(cls) or all(_has(candidate, m) for m in members):
            out.append(candidate)
        elif all(_has(candidate, m) or m in candidate.root.fields for m in members):
            raise Refusal("PT204", node, f"fields decide whether {candidate.name} is a {cls.name}")
    out += [b for b in _BUILTINS if all(hasattr(getattr(builtins, b), m) for m in members)]
    return out


def _members(cls: Class) -> set[str]:
    protocols = [c for c in cls.mro() if c.is_protocol()]
    annotated = {
        s.target.id
        for c in protocols
        for s in c.node.body
        if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)
    }
    named = (n for c in protocols for n in (*c.methods, *c.properties, *c.class_attributes))
    return annotated.union(named)


def _has(cls: Class, name: str) -> bool:
    if cls.find_method(name) is not None or cls.find_property(name) is not None:
        return True
    return any(c.defines(name) for c in cls.mro()) or hasattr(object, name)
