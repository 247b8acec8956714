"""The last step of elaboration: every inference type in the IR becomes a final `Type`."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

from portalis.translate.frontend.lattice import Ty, freeze
from portalis.translate.ir.types import Type


@cache
def _names(cls: Hashable) -> tuple[str, ...]:
    """The fields of a class of nodes; none for what holds no types."""
    return tuple(f.name for f in fields(cls)) if is_dataclass(cls) and cls is not Type else ()


_LEAVES = frozenset((str, int, float, bool, bytes, type(None), Type))


class Freezer:
    """Freezes trees in place; locals are shared, so each is done once."""

    def __init__(self) -> None:
        self.done: set[int] = set()
        self.keep: list[object] = []
        self.types: set[Type] = set()

    def type(self, ty: object) -> Type:
        frozen = freeze(ty) if isinstance(ty, Ty) else cast("Type", ty)
        self.types.add(frozen)
        return frozen

    def unions(self) -> list[Type]:
        """All that were met, also inside other types, in an order of their own."""
        found: set[Type] = set()
        stack = list(self.types)
        while stack:
            ty = stack.pop()
            stack += ty.args
            if ty.kind == "union":
                found.add(ty)
        return sorted(found, key=str)

    def visit(self, node: object) -> None:
        stack: list[object] = [node]
        while stack:
            item = stack.pop()
            if item.__class__ in _LEAVES:
                continue
            if isinstance(item, (list, tuple)):
                stack.extend(item)
            elif isinstance(item, dict):
                for key, value in item.items():
                    if isinstance(value, Ty):
                        item[key] = self.type(value)
                    else:
                        stack.append(value)
            elif _names(cast("Hashable", type(item))):
                self._object(item, stack)

    def _object(self, item: object, stack: list[object]) -> None:
        if id(item) in self.done:
            return
        self.done.add(id(item))
        self.keep.append(item)
        cls: Any = type(item)
        for name in _names(cls):
            value = getattr(item, name)
            if value.__class__ in _LEAVES:
                continue
            if isinstance(value, Ty):
                setattr(item, name, self.type(value))
            elif isinstance(value, list) and value and isinstance(value[0], Ty):
                setattr(item, name, [self.type(v) for v in value])
            else:
                stack.append(value)
