"""How what a function holds is kept: by value, by handles, or dynamically, and why.

Read off the final IR, so that it says what the Rust does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from portalis.translate.artifacts import Kept
from portalis.translate.frontend.lattice import Cause, Cell
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import of
from portalis.translate.ir.types import Type

# Reasons that one function's notes spell out.
_SPELT = 3
_BY_VALUE = frozenset(("tuple", "vartuple", "frozenset", "distinct"))


def of_function(definition: ir.FunctionDef) -> Kept:
    """Its parameters, variables and results that are containers, objects or dynamic."""
    held = dict.fromkeys((*definition.params, *definition.locals))
    results = definition.generator_item, definition.returns
    return _count((*(x.ty for x in held), *(results if definition.is_generator else results[1:])))


def of_class(definition: ir.ClassDef) -> Kept:
    """Its instances' fields that are containers, objects or dynamic."""
    return _count(field.ty for field in definition.fields)


def _count(types: Iterable[Type]) -> Kept:
    found = Counter(map(_kept, types))
    return Kept(found["by_value"], found["handles"], found["dynamic"])


def _kept(ty: Type) -> str:
    """ "" of what is neither a container nor an object: numbers, text, functions."""
    if _holds(ty, frozenset(("value",))):
        return "dynamic"
    if ty.kind == "opt":
        return _kept(ty.args[0])
    if ty.kind in _BY_VALUE or ty.is_owned:
        return "handles" if "handles" in map(_kept, ty.args) else "by_value"
    return "handles" if ty.facets.handle and ty.kind not in ("func", "exc", "iter") else ""


def _holds(ty: Type, kinds: frozenset[str]) -> bool:
    return ty.kind in kinds or any(_holds(a, kinds) for a in ty.args)


def works_dynamically(definition: ir.FunctionDef) -> bool:
    """Whether some of its operations find out when they run what they work on."""
    return any(node.template.startswith("dynamic::") for node in of(definition, ir.Op))


def notes_of_function(function: Function) -> tuple[str, ...]:
    """Why its variables and its result are dynamic."""
    named = {
        v.name: v.cell
        for v in function.all_variables
        if v.known_entity is None and not v.name.startswith("_portalis_")
    }
    reasons = [*_reasons(function.module.path, named)]
    return _spelt([*reasons, *_reasons(function.module.path, {"": function.result})])


def notes_of_class(cls: Class) -> tuple[str, ...]:
    """Why its fields are dynamic."""
    fields = {f"self.{name}": field.cell for name, field in cls.fields.items()}
    return _spelt([*_reasons(cls.module.path, fields)])


def _spelt(reasons: list[str]) -> tuple[str, ...]:
    more = len(reasons) - _SPELT
    return (*reasons[:_SPELT], *([f"and {more} more are dynamic"] if more > 0 else []))


def _reasons(path: str, named: dict[str, Cell]) -> Iterator[str]:
    for name, cell in named.items():
        cause = _cause(cell, 0)
        if cause is not None:
            what = f"`{name}`" if name else "what it returns"
            yield f"{what} is dynamic: {cause.text}{_place(path, cause)}"


def _place(path: str, cause: Cause) -> str:
    function = cause.place
    if not isinstance(function, Function) or function.module.is_library:
        return ""
    there = "" if function.module.path == path else f"{function.module.path}:"
    return f" ({there or 'line '}{cause.line})"


def _cause(cell: Cell, depth: int) -> Cause | None:
    root = cell.find()
    if root.ty.kind == "value" or depth > _SPELT:
        return root.cause
    return next((c for a in root.ty.args if (c := _cause(a, depth + 1)) is not None), None)
