"""Types as Rust text."""

from __future__ import annotations

import zlib
from functools import cache

from portalis.translate.ir.types import KINDS, Type


@cache
def rust(ty: Type) -> str:
    kind = ty.kind
    if kind == "inst":
        return f"crate::{ty.name}Fields" if ty.is_owned else f"crate::{ty.name}"
    if kind == "union":
        return f"crate::{union_path(ty)}"
    if kind == "func":
        params = "".join(f"{rust(a)}, " for a in ty.args[:-1])
        return f"Func<({params}), {rust(ty.args[-1])}>"
    if kind == "tuple":
        if not ty.args:
            return "EmptyTuple"
        return f"({', '.join(map(rust, ty.args))}{',' if len(ty.args) == 1 else ''})"
    template = KINDS[kind].rust
    if ty.is_owned:
        template = f"Own{template}"
    for i, arg in enumerate(ty.args):
        template = template.replace(f"{{{i}}}", rust(arg))
    return template


# A union of more classes is named after the first ones.
_NAMED = 4


def union_path(ty: Type) -> str:
    """The enum of a union, in the module of its first class."""
    home = ty.args[0].name.partition("::")[0]
    names = variants(ty)
    if len(names) > _NAMED:
        # The number tells unions apart that begin alike.
        number = zlib.crc32(" ".join(a.name for a in ty.args).encode()) % 10000
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1}Others{number}"]
    return f"{home}::{'Or'.join(names)}"


def variants(ty: Type) -> list[str]:
    """One a class of a union, under its own name; of another module, after that."""
    home = ty.args[0].name.partition("::")[0]
    out = []
    for arg in ty.args:
        module, _, name = arg.name.partition("::")
        prefix = "" if module == home else "".join(p.capitalize() for p in module.split("_"))
        out.append(f"{prefix}{name}")
    return out


def is_copy(ty: Type) -> bool:
    return ty.is_copy
