"""Builtin functions and methods by their rows, else dynamically."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from portalis.translate.frontend.lattice import (
    BOOL,
    FLOAT,
    INT,
    MAYBE_OBJECTS,
    NONE,
    NUM,
    STR,
    VALUE,
    Ty,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import KINDS
from portalis.translate.lower import none_errors, opening
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.match_rows import (
    EVERY_PHASE,
    Arg,
    LazyArg,
    apply_row,
    item_of,
)
from portalis.translate.lower.row_choice import find_row
from portalis.translate.rows.row import Param, parse_signature
from portalis.translate.rows.table import ROWS_BY_NAME


def exception(kind: str, text: str) -> str:
    """A Rust expression that makes a built-in exception."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'Exc::{kind}("{escaped}")'


def type_name(ty: Ty) -> str:
    if ty.kind == "inst" and ty.cls is not None:
        return ty.cls.name
    return KINDS[ty.kind].python or ty.kind


def builtin(
    frame: Frame,
    node: ast.AST,
    name: str,
    args: Sequence[Arg],
    keywords: dict[str, Arg] | None = None,
) -> ir.Expr:
    """A builtin function by its rows, else dynamically."""
    keywords = keywords or {}
    plain = [a for a in (*args, *keywords.values()) if not isinstance(a, LazyArg)]
    if any(ty_of(a).kind == "never" for a in plain):
        return diverge(*plain)
    if not _dynamic_is_known(name):
        args = [_as_index(frame, a, name, i) for i, a in enumerate(args)]
    if name.startswith("math."):
        args = [_as_float(frame, a, name, i) for i, a in enumerate(args)]
    plain = [a for a in (*args, *keywords.values()) if not isinstance(a, LazyArg)]
    has_value = any(ty_of(a).kind == "value" or _holds_values(frame, ty_of(a)) for a in plain)
    found = find_row(frame, name, args, keywords, 1 if has_value else EVERY_PHASE)
    if found is None and has_value:
        found = (
            None
            if _dynamic_is_known(name) and not keywords
            else find_row(frame, name, args, keywords)
        )
    if found is not None:
        if has_value and name == "math.prod":
            opening.operator(frame, "mul", [VALUE, VALUE])
        is_operator = name in ("divmod", "pow")
        error = on_none(name, plain) if is_operator else none_errors.of_builtin(name)
        return apply_row(frame, node, *found, error)
    if any(isinstance(a, LazyArg) for a in (*args, *keywords.values())):
        return builtin(frame, node, name, *settled(frame, args, keywords))
    if not _dynamic_is_known(name):
        raise Refusal(
            "PT203", node, f"{name}() is not known for {', '.join(map(repr, map(ty_of, plain)))}"
        )
    for operator in _OPERATORS_OF.get(name, ()):
        opening.operator(frame, operator, [VALUE, VALUE])
    boxed = [coerce(frame, a, VALUE) for a in plain[: len(args)]]
    named = {k: coerce(frame, a, VALUE) for k, a in zip(keywords, plain[len(args) :], strict=True)}
    if name in _OF_ONE and len(boxed) == 1 and not named:
        ty, template, raises = _OF_ONE[name]
        return ir.Op(as_type(ty), template, {"x": ir.Operand(boxed[0], "ref")}, raises)
    made = dynamic_call(frame, f'dynamic::call_builtin("{name}", {{args}})', {}, boxed, named)
    result = _RESULTS.get(name)
    return made if result is None else coerce(frame, made, result)


# What a builtin gives whatever it is given.
_RESULTS = {
    **dict.fromkeys(("hash", "int", "len", "ord"), INT),
    **dict.fromkeys(("ascii", "bin", "chr", "format", "hex", "oct", "repr", "str"), STR),
    **dict.fromkeys(("bool", "callable", "hasattr", "isinstance", "issubclass"), BOOL),
    "float": FLOAT,
}


# Of one dynamic value, without a look-up: what it gives, how, and whether it may raise.
_OF_ONE = {
    "len": (INT, "dynamic::len({x}).map(Int::from)", True),
    "type": (VALUE, "dynamic::type_of({x})", False),
}


def _as_index(frame: Frame, arg: Arg, name: str, position: int) -> Arg:
    """Where a function of a library takes an int only: what `__index__` gives, or TypeError."""
    if isinstance(arg, LazyArg) or ty_of(arg).kind not in MAYBE_OBJECTS | {"num", "float"}:
        return arg
    taken = _taken(name, position)
    if not taken or any(p.type.kind not in ("int", "i64", "index") for p in taken):
        return arg
    return as_index(frame, arg)


def as_index(frame: Frame, value: ir.Expr) -> ir.Expr:
    """What the value's `__index__` gives, or TypeError."""
    if ty_of(value).kind in MAYBE_OBJECTS:
        opening.methods(frame, "__index__", [])
    boxed = ir.Operand(coerce(frame, value, VALUE), "ref")
    return ir.Op(as_type(INT), "dynamic::to_int({x})", {"x": boxed}, True)


def _as_float(frame: Frame, arg: Arg, name: str, position: int) -> Arg:
    """Where a function of math takes a float: what `__float__` gives, or TypeError."""
    if isinstance(arg, LazyArg) or ty_of(arg).kind not in MAYBE_OBJECTS:
        return arg
    kinds = {p.type.kind for p in _taken(name, position)}
    if "float" not in kinds or "value" in kinds:
        return arg
    opening.methods(frame, "__float__", [])
    boxed = ir.Operand(coerce(frame, arg, VALUE), "ref")
    if "num" in kinds:
        return ir.Op(as_type(NUM), "dynamic::to_num({x})", {"x": boxed}, True)
    return ir.Op(as_type(FLOAT), "dynamic::to_float({x})", {"x": boxed}, True)


def _taken(name: str, position: int) -> list[Param]:
    """The parameters that a positional argument may be for."""
    signatures = [parse_signature(row.sig) for row in ROWS_BY_NAME.get(name, ())]
    return [p for s in signatures if (p := s.at(position)) is not None]


def _holds_values(frame: Frame, ty: Ty) -> bool:
    item = item_of(frame, ty)
    return item is not None and item.kind == "value"


# Builtins that apply operators to what they are given.
_OPERATORS_OF = {"sum": ("add",), "divmod": ("floordiv", "mod"), "pow": ("pow", "mod")}
DYNAMIC_BUILTINS = frozenset(
    [
        "abs",
        "all",
        "any",
        "ascii",
        "bin",
        "bool",
        "bytes",
        "callable",
        "chr",
        "complex",
        "dict",
        "divmod",
        "enumerate",
        "filter",
        "float",
        "format",
        "frozenset",
        "getattr",
        "hasattr",
        "hash",
        "hex",
        "id",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "next",
        "oct",
        "ord",
        "pow",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "setattr",
        "slice",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
        "zip",
    ]
)


def _dynamic_is_known(name: str) -> bool:
    return name in DYNAMIC_BUILTINS


def on_none(op: str, args: Sequence[ir.Expr]) -> none_errors.OnNone:
    """What an operator raises for an operand that is None."""
    types = [ty_of(a) for a in args]
    optional = [ty.optional or ty.kind == "none" for ty in types]
    return none_errors.of_operator(op, [type_name(ty.required()) for ty in types], optional)


def dynamic_call(
    frame: Frame,
    template: str,
    operands: dict[str, ir.Operand],
    args: list[ir.Expr],
    named: dict[str, ir.Expr],
    result: Ty = VALUE,
) -> ir.Expr:
    """A dynamic operation that takes `Args`."""
    packed: dict[str, ir.Operand] = dict(operands)
    listed = ir.Operand(ir.TupleLit(as_type(NONE), args), "values")
    if named:
        texts = ", ".join(f'(Str::lit("{k}"), {{kw_{k}}})' for k in named)
        packed["positional"] = listed
        packed.update({f"kw_{k}": ir.Operand(v) for k, v in named.items()})
        made = f"Args {{{{ positional: {{positional}}, keywords: vec![{texts}] }}}}"
    else:
        packed["positional"] = listed
        made = "Args::of({positional})"
    return ir.Op(as_type(result), template.replace("{args}", made), packed, True)


def dynamic_builtin(frame: Frame, name: str, args: list[ir.Expr], result: Ty) -> ir.Expr:
    value = dynamic_call(frame, f'dynamic::call_builtin("{name}", {{args}})', {}, args, {})
    return coerce(frame, value, result) if result.kind != "value" else value


def method(
    frame: Frame,
    node: ast.AST,
    name: str,
    receiver: ir.Expr,
    args: Sequence[Arg],
    keywords: dict[str, Arg] | None = None,
) -> ir.Expr:
    """A method of a built-in type by its row: `list.append`."""
    keywords = keywords or {}
    plain = [receiver, *(a for a in (*args, *keywords.values()) if not isinstance(a, LazyArg))]
    if any(ty_of(a).kind == "never" for a in plain):
        return diverge(*plain)
    if name == "dict.update" and any(ty_of(a).kind == "value" for a in plain[1:]):
        # Only the runtime knows whether it is a mapping or pairs.
        frame.engine.lattice.box(ty_of(receiver))
    found = find_row(frame, name, [receiver, *args], keywords)
    if found is not None:
        return apply_row(frame, node, *found, none_errors.of_method(name))

    if any(isinstance(a, LazyArg) for a in (*args, *keywords.values())):
        return method(frame, node, name, receiver, *settled(frame, args, keywords))
    attr = name.rpartition(".")[2]
    boxed = [coerce(frame, a, VALUE) for a in args if not isinstance(a, LazyArg)]
    named = {k: coerce(frame, a, VALUE) for k, a in keywords.items() if not isinstance(a, LazyArg)}
    return dynamic_call(
        frame,
        f'dynamic::call_method({{x}}, "{attr}", {{args}})',
        {"x": ir.Operand(coerce(frame, receiver, VALUE), "ref")},
        boxed,
        named,
    )


def settled(
    frame: Frame, args: Sequence[Arg], keywords: dict[str, Arg]
) -> tuple[list[Arg], dict[str, Arg]]:
    """Functions that no parameter waits for, as function values."""

    def settle(arg: Arg) -> Arg:
        return frame.expr(arg.node) if isinstance(arg, LazyArg) else arg

    return [settle(a) for a in args], {k: settle(a) for k, a in keywords.items()}
