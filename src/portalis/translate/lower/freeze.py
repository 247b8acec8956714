"""The last step of elaboration: every inference type in the IR becomes a final `Type`."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from portalis.translate.frontend.lattice import Ty, freeze
from portalis.translate.ir.types import Type

_PLAIN = frozenset(
    ("str", "int", "float", "bool", "bytes", "complex", "None", "list", "dict", "tuple")
)
_WORD = re.compile(r"\w+")


@cache
def _names(cls: Hashable) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold types; none for what holds no types."""
    if cls is Type or not is_dataclass(cls):
        return ()
    return tuple(f.name for f in fields(cls) if not _PLAIN.issuperset(_WORD.findall(str(f.type))))


_LEAVES = frozenset((str, int, float, bool, bytes, type(None), Type))


class Freezer:
    """Freezes trees in place; locals are shared, so each is done once."""

    def __init__(self) -> None:
        self.done: set[int] = set()
        # By class: the fields that may hold types.
        self.fields: dict[Hashable, tuple[str, ...]] = {}
        # By identity: a type as known while elaborating is shared by many nodes.
        self.types: dict[int, tuple[Ty, Type]] = {}

    def type(self, ty: Ty | Type) -> Type:
        if isinstance(ty, Type):
            return ty
        found = self.types.get(id(ty))
        if found is None:
            found = self.types[id(ty)] = ty, freeze(ty)
        return found[1]

    def unions(self) -> list[Type]:
        """All that were met, also inside other types, in an order of their own."""
        found: set[Type] = set()
        stack = [ty for _, ty in self.types.values() if ty.args]
        while stack:
            ty = stack.pop()
            stack += ty.args
            if ty.kind == "union":
                found.add(ty)
        return sorted(found, key=str)

    def visit(self, node: object) -> None:
        fields_of, done, known = self.fields, self.done, self.types
        stack: list[Any] = [node]
        while stack:
            item = stack.pop()
            kind = item.__class__
            if kind is list or kind is tuple:
                stack += item
                continue
            if kind is dict:
                self._items(item, stack)
                continue
            names = fields_of.get(kind)
            if names is None:
                names = fields_of[kind] = () if kind in _LEAVES else _names(kind)
            if not names or id(item) in done:
                continue
            done.add(id(item))
            for name in names:
                value = getattr(item, name)
                kind = value.__class__
                if kind is Ty:
                    found = known.get(id(value))
                    setattr(item, name, self.type(value) if found is None else found[1])
                elif kind is list:
                    if value and value[0].__class__ is Ty:
                        setattr(item, name, [self.type(v) for v in value])
                    else:
                        stack += value
                elif kind not in _LEAVES:
                    stack.append(value)

    def _items(self, items: dict[object, Any], stack: list[Any]) -> None:
        for key, value in items.items():
            if value.__class__ is Ty:
                items[key] = self.type(value)
            else:
                stack.append(value)
