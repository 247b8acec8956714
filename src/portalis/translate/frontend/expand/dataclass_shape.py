"""What a `@dataclass` statement asks for: its options and fields, inherited ones first.

Source: CPython's Lib/dataclasses.py (3.11), `_process_class`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.translate.frontend.expand.unit import Unit, copied, expr_at, is_constant, place

_OPTIONS = frozenset(
    ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots",
     "weakref_slot")
)  # fmt: skip
_FIELD_OPTIONS = frozenset(
    ("default", "default_factory", "init", "repr", "hash", "compare", "kw_only", "metadata")
)


@dataclass(slots=True)
class Field:
    """One field of a dataclass, or an InitVar."""

    name: str
    annotation: ast.expr
    default: ast.expr | None = None
    # The default is a call made anew for each instance.
    per_call: bool = False
    init: bool = True
    repr: bool = True
    compare: bool = True
    hash: bool | None = None
    kw_only: bool = False
    is_init_var: bool = False


@dataclass(slots=True)
class Shape:
    """What a dataclass statement asks for."""

    node: ast.ClassDef
    options: dict[str, bool]
    fields: dict[str, Field] = field(default_factory=dict)
    # It has, or inherits, a __post_init__.
    post_init: bool = False

    def option(self, name: str, default: bool = False) -> bool:
        return self.options.get(name, default)

    @property
    def real(self) -> list[Field]:
        return [f for f in self.fields.values() if not f.is_init_var]


class _Unknown(Exception):  # noqa: N818 - an outcome, not an error
    """A form that is left to be refused."""


def decorator_of(unit: Unit, node: ast.ClassDef) -> ast.expr | None:
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if unit.path(target) == "dataclasses.dataclass":
            return decorator
    return None


def shape_of(unit: Unit, node: ast.ClassDef) -> Shape | None:
    """The dataclass that a class statement describes; None: it is none, or one not known."""
    known: Shape | None = getattr(node, "dataclass_shape", None)
    if known is not None:
        return known
    decorator = decorator_of(unit, node)
    if decorator is None:
        return None
    try:
        options: dict[str, bool] = {}
        if isinstance(decorator, ast.Call):
            if decorator.args:
                raise _Unknown
            options = _flags(decorator.keywords, _OPTIONS)
        shape = Shape(node, options)
        for base in reversed(node.bases):
            _inherit(unit, shape, base)
        _read_fields(unit, shape)
        shape.post_init |= has_method(node, "__post_init__")
        _check_order(shape)
    except _Unknown:
        return None
    node.dataclass_shape = shape  # type: ignore[attr-defined]
    return shape


def _flags(keywords: list[ast.keyword], known: frozenset[str]) -> dict[str, bool]:
    out: dict[str, bool] = {}
    for keyword in keywords:
        if keyword.arg not in known or not isinstance(keyword.value, ast.Constant):
            raise _Unknown
        out[keyword.arg] = bool(keyword.value.value)
    return out


def _inherit(unit: Unit, shape: Shape, base: ast.expr) -> None:
    home_and_class = unit.find_home(base)
    if home_and_class is None:
        return
    home, found = home_and_class
    shape.post_init |= has_method(found, "__post_init__")
    inherited = shape_of(home, found)
    if inherited is None:
        if decorator_of(home, found) is not None:
            raise _Unknown
        for deeper in reversed(found.bases):
            _inherit(home, shape, deeper)
        return
    shape.post_init |= inherited.post_init
    for f in inherited.fields.values():
        default = f.default
        if default is not None and not f.per_call and not is_constant(default):
            # Evaluated once, by the base's class statement.
            default = expr_at(f"{ast.unparse(base)}.{f.name}", shape.node)
        shape.fields[f.name] = Field(
            f.name, f.annotation, default, f.per_call, f.init, f.repr, f.compare, f.hash,
            f.kw_only, f.is_init_var,
        )  # fmt: skip


def _read_fields(unit: Unit, shape: Shape) -> None:
    kw_only = shape.option("kw_only")
    for statement in shape.node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        head = last_name(statement.annotation)
        if head == "ClassVar":
            continue
        if head == "KW_ONLY":
            kw_only = True
            continue
        made = Field(statement.target.id, statement.annotation, kw_only=kw_only)
        if head == "InitVar":
            made.is_init_var = True
            if isinstance(statement.annotation, ast.Subscript):
                made.annotation = statement.annotation.slice
        _read_default(unit, made, statement.value)
        shape.fields[made.name] = made


def _check_order(shape: Shape) -> None:
    """CPython's `_init_fn` refuses a field without default that follows one with."""
    given = [f.default is not None for f in shape.fields.values() if f.init and not f.kw_only]
    if given != sorted(given):
        raise _Unknown


def last_name(annotation: ast.expr) -> str:
    """The last name of an annotation's head: `typing.ClassVar[int]` → ClassVar."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        text = annotation.value
    else:
        text = ast.unparse(annotation)
    return text.partition("[")[0].rpartition(".")[2].strip()


def _read_default(unit: Unit, made: Field, value: ast.expr | None) -> None:
    if not (isinstance(value, ast.Call) and unit.path(value.func) == "dataclasses.field"):
        made.default = value
        return
    if value.args:
        raise _Unknown
    for keyword in value.keywords:
        name = keyword.arg
        if name not in _FIELD_OPTIONS:
            raise _Unknown
        if name == "default":
            made.default = keyword.value
        elif name == "default_factory":
            made.default = _factory_call(keyword.value)
            made.per_call = True
        elif name != "metadata":
            if not isinstance(keyword.value, ast.Constant):
                raise _Unknown
            if name != "hash" or keyword.value.value is not None:
                setattr(made, name, bool(keyword.value.value))


def _factory_call(factory: ast.expr) -> ast.expr:
    if isinstance(factory, ast.Lambda):
        if factory.args.args or factory.args.vararg or factory.args.kwarg:
            raise _Unknown
        return factory.body
    call = ast.Call(copied(factory), [], [])
    place(call, factory)
    return call


def has_method(node: ast.ClassDef, name: str) -> bool:
    return any(isinstance(s, ast.FunctionDef) and s.name == name for s in node.body)
