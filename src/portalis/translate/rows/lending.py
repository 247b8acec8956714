"""What a row does with containers, as its signature says: which it makes, which it lends."""

from __future__ import annotations

import functools

from portalis.translate.ir.types import Type
from portalis.translate.rows.row import Param, Row, parse_signature

# Mutable containers: an operation that gives one makes it anew.
CONTAINERS = frozenset(("list", "set", "dict", "deque"))
# What goes on looking into what it was made of.
_LAZY = frozenset(("iter", "dict_keys", "dict_values", "dict_items", "func", "value"))
# Take any value, and show it.
_SHOWS = frozenset(("repr", "str"))


def makes(row: Row) -> bool:
    """Whether it gives a container that nothing else holds."""
    return row.sig.startswith("(") and _result_kind(row.sig) in CONTAINERS


def lends(row: Row, param: Param) -> bool:
    """Whether a container given for `param` is only looked into or changed, and only by the
    time the operation is done."""
    if row.name in _SHOWS:
        return True
    taken = param.form == "iterable" or (param.by_ref and param.type.kind in CONTAINERS)
    return taken and not _gives_lazy(row.sig)


@functools.cache
def _result_kind(signature: str) -> str:
    return parse_signature(signature).result.kind


@functools.cache
def _gives_lazy(signature: str) -> bool:
    return _is_lazy(parse_signature(signature).result)


def _is_lazy(ty: Type) -> bool:
    return ty.kind in _LAZY or any(map(_is_lazy, ty.args))
