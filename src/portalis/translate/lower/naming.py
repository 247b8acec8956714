"""Rust names: of items in Rust's style and unique in their module, and of locals.

Exact names are given out first, so that `get_x` keeps its own beside `getX`. Locals are
values beside the types of the module: `let Node` would be a pattern of the struct `Node`.
"""

from __future__ import annotations

import re

from portalis.translate.frontend.program import (
    EXCEPTIONS,
    Class,
    Function,
    Module,
    Program,
    Variable,
)
from portalis.translate.ir.names import rust_identifier, rust_method, snake_case

# Types of the prelude, of Rust's own and of this crate's macros.
_TYPES = frozenset(
    """Int Num Str Bytes ByteArray List Dict Set FrozenSet Tuple Range Slice Iter Func DynFunc
    Value Exc Class Object Args Py Result Slot Option Some None Ok Err Vec String Box Rc
    Self Show Repr Format Iterable Yielder Flow Complex Deque Never Instance Identity Global
    DictKeys Array ClassRef Plain Distinct DictValues DictItems Iterator Into From Send Sync
    Copy Clone Drop Fn FnMut FnOnce Default Eq Ord PartialEq PartialOrd Extend ToString
    ToOwned AsRef AsMut IntoIterator DoubleEndedIterator ExactSizeIterator TryFrom TryInto
    FromIterator Sized Unpin Frame Member Signature HashObject Match Pattern Random AnySet
    EmptyTuple Shape Uniform""".split()
)

# Types, and statics: `let` of such a name would be a pattern.
_HIDDEN = _TYPES | {snake_case(name).upper() for name in EXCEPTIONS}


class Taken:
    """The names of one Rust module, by scope: "" for its items, a type for its methods."""

    def __init__(self) -> None:
        self._names: set[tuple[str, str]] = {("", "init"), ("", "main")}

    def unique(self, wanted: str, scope: str = "") -> str:
        name, count = wanted, 2
        while (scope, name) in self._names:
            name = f"{wanted}_{count}"
            count += 1
        self._names.add((scope, name))
        return name


def name_everything(program: Program, order: list[Module]) -> None:
    """Gives classes, their descriptors, functions and variables their Rust names."""
    for module in order:
        taken = Taken()
        for cls in module.classes:
            cls.rust_name = taken.unique(_class_name(cls))
            taken.unique(f"{cls.rust_name}Fields")
            cls.static_name = taken.unique(f"{snake_case(cls.rust_name).upper()}_CLASS")
        for function in sorted(module.functions, key=lambda f: f.name != snake_case(f.name)):
            variable = program.names.get(function.node)
            known = not isinstance(variable, Variable) or variable.known_entity is not None
            function.rust_name = _function_name(function, taken, known)
        if module.body is not None:
            module.body.rust_name = "init"
        bodies = (module.body, *(cls.body for cls in module.classes))
        everyone = [f for f in (*bodies, *module.functions) if f is not None]
        for variable in _globals(module, everyone):
            variable.rust_name = taken.unique(_slot_name(variable))
        items = frozenset(f.rust_name for f in module.functions)
        statics = {cls.static_name for cls in module.classes} | {
            v.rust_name for v in _globals(module, everyone)
        }
        hidden = _HIDDEN | {cls.rust_name for cls in module.classes} | statics
        hidden |= _renamed(program, module)
        for function in everyone:
            _name_locals(function, hidden, items)


def _renamed(program: Program, module: Module) -> set[str]:
    """Items that have another name than in Python, or than the variable that holds them: a
    local may have theirs there."""
    found = {f.rust_name for f in module.functions if f.rust_name != f.name}
    for function in module.functions:
        variable = program.names.get(function.node)
        if isinstance(variable, Variable) and variable.name != function.name:
            found.add(function.rust_name)
    return found


def _globals(module: Module, everyone: list[Function]) -> list[Variable]:
    found = [*module.variables.values()]
    for cls in module.classes:
        found += cls.class_attributes.values()
    for function in everyone:
        found += function.all_variables
    return [v for v in dict.fromkeys(found) if v.is_global]


def _slot_name(variable: Variable) -> str:
    owner = variable.owner.cls if variable.owner is not None else None
    prefix = f"{owner.rust_name}_" if owner is not None else ""
    suffix = f"_{variable.index}" if variable.index else ""
    return f"{snake_case(f'{prefix}{variable.name}{suffix}').upper()}_SLOT"


# What the compiler calls its temporaries.
_TEMPORARY = re.compile(r".*_(t|int)\d+$")


def _name_locals(function: Function, hidden: frozenset[str], items: frozenset[str]) -> None:
    """A function is named after those around it, whose variables it may use. No local hides
    an item."""
    taken = {rust_identifier(v.rust_name) for v in function.free}
    mine = [v for v in function.all_variables if not v.is_global]
    plain = {v.name for v in mine if not v.index}
    for variable in sorted(mine, key=lambda v: v.index):
        name = variable.name
        if variable.index and (name in plain or name in items or name in taken):
            name = f"{name}_{variable.index}"
        if name in hidden or _TEMPORARY.match(name):
            name = f"{name}_"
        variable.rust_name = name
        count = 2
        while rust_identifier(variable.rust_name) in taken:
            variable.rust_name = f"{name}_{count}"
            count += 1
        taken.add(rust_identifier(variable.rust_name))


def _class_name(cls: Class) -> str:
    parts = cls.qualname.replace("<locals>", "").split(".")
    name = "".join(part[:1].upper() + part[1:] for part in parts if part).strip("_") or "Class"
    name = name[:1].upper() + name[1:]
    return f"{name}Class" if name in _TYPES else name


def _function_name(function: Function, taken: Taken, known: bool) -> str:
    if function.cls is not None and function.kind != "lambda" and function.parent is None:
        owner = function.cls.rust_name
        name = rust_method(snake_case(function.name)) + _accessor(function, function.cls)
        return f"{owner}::{taken.unique(name, owner)}"
    parts: list[str] = []
    at: Function | None = function
    while at is not None:
        parts.append("lambda" if at.kind == "lambda" else at.name)
        at = at.parent
    name = snake_case("_".join(reversed(parts)))
    if not known:
        # A variable of that name holds the function; the Rust item needs another.
        name = f"{name}_def"
    return taken.unique(rust_identifier(name))


def _accessor(function: Function, cls: Class) -> str:
    """What tells a property's setter and deleter from its getter."""
    if function.kind != "property":
        return ""
    accessors = [item for kinds in cls.properties.values() for item in kinds.items()]
    kind = next((k for k, f in accessors if f is function), "old")
    return "" if kind == "get" else f"_{kind}"
