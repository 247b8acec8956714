"""Types as Rust text."""

from __future__ import annotations

from functools import cache

from portalis.translate.ir.types import KINDS, Type


@cache
def rust(ty: Type) -> str:
    kind = ty.kind
    if kind == "inst":
        return f"crate::{ty.name}"
    if kind == "func":
        params = "".join(f"{rust(a)}, " for a in ty.args[:-1])
        return f"Func<({params}), {rust(ty.args[-1])}>"
    if kind == "tuple":
        if not ty.args:
            return "EmptyTuple"
        return f"({', '.join(map(rust, ty.args))}{',' if len(ty.args) == 1 else ''})"
    template = KINDS[kind].rust
    for i, arg in enumerate(ty.args):
        template = template.replace(f"{{{i}}}", rust(arg))
    return template


def is_copy(ty: Type) -> bool:
    return ty.is_copy
