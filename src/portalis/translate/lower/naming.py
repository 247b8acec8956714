"""Rust names for a program's items: in Rust's style, and unique in their module.

Exact names are given out first, so that `get_x` keeps its own beside `getX`.
"""

from __future__ import annotations

from portalis.translate.frontend.program import Class, Function, Module, Program, Variable
from portalis.translate.ir.names import rust_identifier, rust_method, snake_case

# Types of the prelude, of Rust's own and of this crate's macros.
_TYPES = frozenset(
    """Int Num Str Bytes ByteArray List Dict Set FrozenSet Tuple Range Slice Iter Func DynFunc
    Value Exc Class Object Args Py Result Slot Option Some None Ok Err Vec String Box Rc
    Self Show Repr Format Iterable Yielder Flow Complex Deque Never Instance Identity Global
    DictKeys Array ClassRef Plain Distinct DictValues DictItems Iterator Into From Send Sync
    Copy Clone Drop Fn FnMut FnOnce Default Eq Ord PartialEq PartialOrd Extend ToString
    ToOwned AsRef AsMut IntoIterator DoubleEndedIterator ExactSizeIterator TryFrom TryInto
    FromIterator Sized Unpin""".split()
)


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
    """Gives classes, their descriptors, functions and module variables their Rust names."""
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
        for name in module.variables:
            module.slots[name] = taken.unique(f"{snake_case(name).upper()}_SLOT")
        if module.body is not None:
            module.body.rust_name = "init"


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
    kinds = cls.properties.get(function.name, {})
    kind = next((k for k, f in kinds.items() if f is function), "old")
    return "" if kind == "get" else f"_{kind}"
