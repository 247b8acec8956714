"""Overload resolution: whether arguments fit a row, and the operation that it then is."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator, Sequence

from portalis.core import syntax
from portalis.translate.frontend.lattice import (
    ATOMS,
    FLOAT,
    INT,
    NONE,
    STR,
    VALUE,
    Cell,
    Ty,
    freeze,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type
from portalis.translate.lower import length_asked
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, as_type, ty_of
from portalis.translate.lower.none_errors import OnNone, of_item, silent
from portalis.translate.rows import lending
from portalis.translate.rows.row import Param, Row, Signature, parse_signature

# What iterating over a kind yields, where no argument says so.
ITERATES: dict[str, Ty] = {
    "str": STR, "range": INT, "bytes": INT, "bytearray": INT, "array_float": FLOAT,
    "array_int": INT, "array_word": INT, "array_str": STR,
}  # fmt: skip
_WITH_ITEMS = frozenset(
    ("list", "set", "frozenset", "dict", "vartuple", "iter", "deque", "dict_keys", "dict_values",
     "dict_items", "tuple", "value")
)  # fmt: skip


class LazyArg:
    """An argument whose elaboration waits for the parameter's type: a lambda or a
    builtin function's name. `make` gets the pattern and gives a closure."""

    __slots__ = ("make", "node")

    def __init__(self, node: ast.expr, make: Callable[[Type, Binding], ir.Expr | None]) -> None:
        self.node = node
        self.make = make


Arg = ir.Expr | LazyArg


class Binding:
    """Type variables of one call, as cells that persist between rounds."""

    __slots__ = ("before", "frame", "node", "row", "variables")

    def __init__(self, frame: Frame, node: ast.AST, row: Row) -> None:
        self.frame = frame
        self.node = node
        self.row = row
        self.variables: dict[str, Cell] = {}
        # What is to be done once, before the operation.
        self.before: list[ir.Stmt] = []

    def cell(self, name: str) -> Cell:
        cell = self.variables.get(name)
        if cell is None:
            cell = self.frame.site(self.node, self.row.name, self.row.sig, name)
            self.variables[name] = cell
        return cell

    def read(self, pattern: Type) -> Ty:
        """The pattern with its variables filled in."""
        kind = pattern.kind
        if kind == "var":
            return self.frame.read(self.cell(pattern.name))
        if kind == "opt":
            return self.read(pattern.args[0]).or_none()
        if kind in ("i64", "index"):
            return INT
        if not pattern.args:
            return ATOMS.get(kind) or Ty(kind)
        return Ty(kind, tuple(self._argument(p, i) for i, p in enumerate(pattern.args)))

    def _argument(self, pattern: Type, position: int) -> Cell:
        if pattern.kind == "var":
            return self.cell(pattern.name)
        cell = self.frame.site(self.node, self.row.name, self.row.sig, position, str(pattern))
        self.frame.flow(self.read(pattern), cell)
        return cell

    def exact(self, pattern: Type) -> Ty:
        """As `read`, but nothing that the pattern fixes can grow."""
        if pattern.kind in ("var", "opt") or not pattern.args:
            return self.read(pattern)
        return Ty(
            pattern.kind,
            tuple(
                self.cell(p.name) if p.kind == "var" else Cell(self.exact(p)) for p in pattern.args
            ),
        )

    def accept(self, pattern: Type, ty: Ty) -> None:
        """Lets `ty` flow into a parameter of type `pattern`."""
        lattice = self.frame.engine.lattice
        kind = pattern.kind
        if ty.kind == "never":
            return
        if kind == "var":
            lattice.flow(ty, self.cell(pattern.name))
        elif kind == "opt":
            if ty.kind != "none":
                self.accept(pattern.args[0], ty.required())
        elif kind == "iterable":
            item = item_of(self.frame, ty)
            if item is not None:
                self.accept(pattern.args[0], item)
        elif kind == "vartuple" and ty.kind == "tuple" and ty.args:
            first = ty.args[0]
            for cell in ty.args[1:]:
                lattice.unify(first, cell)
            if pattern.args[0].kind == "var":
                lattice.unify(self.cell(pattern.args[0].name), first)
        elif pattern.args and len(ty.args) == len(pattern.args) and ty.kind == kind:
            for p, cell in zip(pattern.args, ty.args, strict=True):
                if p.kind == "var":
                    lattice.unify(self.cell(p.name), cell)
                else:
                    self.accept(p, self.frame.read(cell))


def item_of(frame: Frame, ty: Ty) -> Ty | None:
    """What iterating over `ty` yields; None: not iterable as far as is known."""
    kind = ty.kind
    if kind == "never":
        return ty
    if kind in ITERATES:
        return ITERATES[kind]
    if kind == "value":
        return ty
    if kind == "dict_items":
        return Ty("tuple", ty.args)
    if kind == "dict_values":
        return frame.read(ty.args[1])
    if kind == "tuple":
        if not ty.args:
            return ATOMS["never"]
        out = frame.read(ty.args[0])
        for cell in ty.args[1:]:
            out = frame.engine.lattice.join(out, frame.read(cell))
        return out
    if kind in _WITH_ITEMS and ty.args:
        return frame.read(ty.args[0])
    return None


# The last phase of `fits`.
EVERY_PHASE = 3


def fits(frame: Frame, pattern: Type, ty: Ty, phase: int) -> bool:
    """Whether an argument of type `ty` may be passed. phase 0: as it is; 1: with
    conversions; 2: None unwrapped, dynamic values cast; 3: nums made floats."""
    kind, have = pattern.kind, ty.kind
    if have == "never" or kind in ("var", "any"):
        return True
    if kind == "value":
        return phase > 0 or have == "value"
    if kind == "opt":
        return have == "none" or fits(frame, pattern.args[0], ty.required(), phase)
    if kind == "none":
        return have == "none"
    if ty.optional:
        return phase >= 2 and fits(frame, pattern, ty.required(), phase)
    if have == "value" and kind != "iterable":
        return phase >= 2
    if kind in ("i64", "index"):
        return have == "int" or (phase > 0 and have == "bool")
    if kind == "iterable":
        return _items_fit(frame, pattern.args[0], item_of(frame, ty), phase)
    if kind == have:
        if len(pattern.args) != len(ty.args):
            return False
        return all(
            _fits_inside(frame, p, frame.read(c))
            for p, c in zip(pattern.args, ty.args, strict=True)
        )
    if phase == 0:
        return False
    if kind == "float":
        # A num that is an int must not become a float while a num row may fit.
        return have in ("int", "bool") or (have == "num" and phase == 3)
    if kind == "num":
        return have in ("int", "bool", "float")
    return (kind, have) in (("int", "bool"), ("vartuple", "tuple"))


def _items_fit(frame: Frame, pattern: Type, item: Ty | None, phase: int) -> bool:
    """Items are converted one by one, but dynamic ones are never cast on a guess."""
    if item is None:
        return False
    if item.optional and pattern.kind == "str":
        # Only the runtime knows which item is None, and that is part of the error.
        return False
    if item.kind != "value":
        return fits(frame, pattern, item, max(phase, 1))
    # A value that may be None is no Option.
    return pattern.kind != "opt" and fits(frame, pattern, item, 1)


def _fits_inside(frame: Frame, pattern: Type, ty: Ty) -> bool:
    """Elements are not converted: optional ones are not those that never are None."""
    if pattern.kind == "opt" and not ty.optional and ty.kind != "none":
        return False
    return fits(frame, pattern, ty, 0)


def arrange(
    signature: Signature,
    positional: Sequence[Arg],
    keywords: dict[str, Arg],
    keyword_only: frozenset[str],
) -> list[Arg | list[Arg] | None] | None:
    """Arguments in parameter order; None inside means "use the default"."""
    params = signature.params
    out: list[Arg | list[Arg] | None] = []
    left = list(positional)
    named = dict(keywords)
    for param in params:
        if param.form == "rest":
            out.append(left)
            left = []
        elif left and param.name not in keyword_only:
            if param.name in named:
                return None
            out.append(left.pop(0))
        elif param.name in named:
            out.append(named.pop(param.name))
        elif param.default is not None:
            out.append(None)
        else:
            return None
    return None if left or named else out


I64 = Ty("i64")


def fits_all(
    frame: Frame, signature: Signature, args: Sequence[Arg | list[Arg] | None], phase: int
) -> bool:
    for param, arg in zip(signature.params, args, strict=True):
        if arg is None:
            continue
        if isinstance(arg, list):
            if not all(
                not isinstance(a, LazyArg) and fits(frame, param.type, ty_of(a), phase) for a in arg
            ):
                return False
        elif isinstance(arg, LazyArg):
            if param.form != "fn":
                return False
        elif param.form == "fn":
            ty = ty_of(arg)
            if ty.kind == "value" and phase >= 2:
                continue
            if ty.kind not in ("func", "never") or (
                ty.args and len(ty.args) != len(param.type.args)
            ):
                return False
        elif not fits(frame, param.type, ty_of(arg), phase):
            return False
    return True


def options_fit(frame: Frame, signature: Signature, args: Sequence[Arg | list[Arg] | None]) -> bool:
    """Options that the result holds inside are made of what is none yet: Rust would nest
    them, and a dynamic None is no Option."""
    names = inner_options(signature)
    if not names:
        return True
    plain = [a for arg in args for a in (arg if isinstance(arg, list) else [arg])]
    bound = [
        ty
        for param, arg in zip(signature.params, plain, strict=False)
        if arg is not None and not isinstance(arg, LazyArg)
        for ty in _bound(frame, param.type, ty_of(arg), names)
    ]
    return not any(ty.optional or ty.kind in ("value", "none") for ty in bound)


@functools.cache
def inner_options(signature: Signature) -> frozenset[str]:
    """The variables `A` that the result holds as `A?` inside a container."""

    def inside(ty: Type) -> Iterator[str]:
        for arg in ty.args:
            if arg.kind == "opt" and arg.args[0].kind == "var":
                yield arg.args[0].name
            yield from inside(arg)

    return frozenset(inside(signature.result))


def _bound(frame: Frame, pattern: Type, ty: Ty, names: frozenset[str]) -> Iterator[Ty]:
    """What the variables `names` of a pattern stand for in a type."""
    if pattern.kind == "var":
        if pattern.name in names:
            yield ty
    elif pattern.kind == "iterable":
        item = item_of(frame, ty)
        if item is not None:
            yield from _bound(frame, pattern.args[0], item, names)
    elif pattern.kind == "vartuple" and ty.kind == "tuple":
        for cell in ty.args:
            yield from _bound(frame, pattern.args[0], frame.read(cell), names)
    elif pattern.kind == ty.kind:
        for part, cell in zip(pattern.args, ty.args, strict=False):
            yield from _bound(frame, part, frame.read(cell), names)


@functools.cache
def _has_fixed_items(pattern: Type) -> bool:
    """A container of the pattern has elements of a definite type."""
    return any(p.kind != "var" or _has_fixed_items(p) for p in pattern.args)


Arranged = list[Arg | list[Arg] | None]


def _plain(args: Sequence[Arg | list[Arg] | None]) -> list[ir.Expr]:
    """The arguments that are expressions already."""
    out: list[ir.Expr] = []
    for arg in args:
        if isinstance(arg, list):
            out += [a for a in arg if not isinstance(a, LazyArg)]
        elif arg is not None and not isinstance(arg, LazyArg):
            out.append(arg)
    return out


def apply_row(
    frame: Frame,
    node: ast.AST,
    row: Row,
    args: Sequence[Arg | list[Arg] | None],
    on_none: OnNone = silent,
) -> ir.Expr:
    """The operation of `row`; arguments flow, are converted and borrowed as it says."""
    signature = parse_signature(row.sig)
    binding = Binding(frame, node, row)
    plain = _plain(args)
    for one in plain:
        if ty_of(one).kind == "never":
            return diverge(*plain)
    for param, arg in zip(signature.params, args, strict=True):
        pattern = param.type
        if arg is None or param.form == "fn" or not (pattern.args or pattern.kind == "var"):
            continue  # What has no parts takes nothing in.
        for each in arg if isinstance(arg, list) else (arg,):
            if not isinstance(each, LazyArg):
                binding.accept(pattern, ty_of(each))
    operands: dict[str, ir.Operand] = {}
    for i, (param, arg) in enumerate(zip(signature.params, args, strict=True)):
        operand = _operand(frame, node, param, arg, binding, on_none(i))
        if operand is None:
            return diverge(*plain)
        operand.lends = lending.lends(row, param)
        operands[param.name] = operand
    generics = {v: as_type(frame.read(binding.cell(v))) for v in signature.variables}
    result = binding.read(signature.result)
    narrow = signature.result.kind == "i64"
    gives = I64 if narrow else result
    if signature.result.args and _has_fixed_items(signature.result):
        # What Rust gives, whatever its elements' cells have grown to since.
        exact = binding.exact(signature.result)
        gives = exact if freeze(exact) != freeze(result) else result
        if gives is result:
            _watch(frame, result)
    made: ir.Expr = ir.Op(
        as_type(gives),
        row.rust,
        operands,
        bool(row.raises),
        generics,
        row.name,
        row.pure,
        lending.makes(row),
    )
    if binding.before:
        made = ir.Block(made.ty, binding.before, made)
    if narrow:
        return ir.Coerce(as_type(INT), made, as_type(I64))
    return made if gives is result else ir.Coerce(as_type(result), made, as_type(gives))


def _watch(frame: Frame, ty: Ty) -> None:
    """Asks for all that a type holds, since its form is a value's form."""
    for cell in ty.args:
        _watch(frame, frame.form(cell))


def _operand(
    frame: Frame,
    node: ast.AST,
    param: Param,
    arg: Arg | list[Arg] | None,
    binding: Binding,
    on_none: str,
) -> ir.Operand | None:
    pattern = param.type
    if isinstance(arg, list):
        item = binding.read(pattern)
        items = [coerce(frame, a, item, on_none) for a in arg if not isinstance(a, LazyArg)]
        return ir.Operand(ir.ListLit(as_type(Ty("list")), items), "slice")
    if arg is None:
        return _default(frame, param, binding)
    if param.form == "fn":
        closure = closure_for(frame, arg, pattern, binding)
        return None if closure is None else ir.Operand(closure, "closure")
    assert not isinstance(arg, LazyArg)
    if param.form in ("i64", "index"):
        return ir.Operand(coerce(frame, arg, INT, on_none), param.form)
    if param.form == "iterable":
        wanted = binding.read(pattern.args[0])
        if ty_of(arg).optional:
            arg = coerce(frame, arg, ty_of(arg).required(), on_none)
        arg = length_asked.asking(frame, binding.row.name, arg)
        error = of_item(binding.row.name, wanted)
        return ir.Operand(iterator(frame, arg, wanted, error), "iter")
    if param.form == "any":
        return ir.Operand(arg, "ref")
    value = coerce(frame, arg, binding.read(pattern), on_none)
    if param.by_ref:
        return ir.Operand(value, "optref" if pattern.kind == "opt" else "ref")
    return ir.Operand(value, "own")


def iterator(frame: Frame, value: ir.Expr, wanted: Ty, on_none: str = "") -> ir.Expr:
    """`value` as something to walk whose items are `wanted`."""
    ty = ty_of(value)
    if ty.kind == "tuple":
        cell = Cell(wanted)
        return ir.Coerce(as_type(Ty("vartuple", (cell,))), value, as_type(ty))
    item = item_of(frame, ty)
    if item is None or item.same(wanted) or item.kind == "never":
        return value
    local = frame.temp(item, "item")
    body = coerce(frame, ir.Var(as_type(item), local), wanted, on_none)
    return ir.Op(
        as_type(Ty("iter", (Cell(wanted),))),
        "{xs}.map(|item| item.and_then({f}))",
        {
            "xs": ir.Operand(value, "iter"),
            "f": ir.Operand(ir.RustClosure(as_type(wanted), [local], body), "closure"),
        },
        False,
        name="map_items",
    )


def closure_for(frame: Frame, arg: Arg, pattern: Type, binding: Binding) -> ir.Expr | None:
    """A Rust closure for a callable parameter; None: its types are not known yet."""
    if isinstance(arg, LazyArg):
        return arg.make(pattern, binding)
    params = [binding.read(p) for p in pattern.args[:-1]]
    callee = ty_of(arg)
    locals_ = [frame.temp(ty, "p") for ty in params]
    if callee.kind == "value":
        return finish_closure(
            frame, _called(frame, arg, locals_, binding), locals_, pattern, binding
        )
    for ty, cell in zip(params, callee.args[:-1], strict=True):
        frame.flow(ty, cell)
    items = [
        coerce(frame, ir.Var(local.ty, local), frame.read(cell))
        for local, cell in zip(locals_, callee.args[:-1], strict=True)
    ]
    result = frame.read(callee.args[-1])
    call: ir.Expr = ir.CallValue(as_type(result), arg, items)
    return finish_closure(frame, call, locals_, pattern, binding)


def _called(frame: Frame, arg: ir.Expr, params: list[ir.Local], binding: Binding) -> ir.Expr:
    """A call of a dynamic value, which is made once, before the call that it is given to."""
    local = frame.temp(VALUE, "f")
    binding.before.append(ir.Declare(frame.line, local, arg))
    items = [coerce(frame, ir.Var(p.ty, p), VALUE) for p in params]
    operands = {
        "f": ir.Operand(ir.Var(local.ty, local), "ref"),
        "args": ir.Operand(ir.TupleLit(as_type(NONE), items), "values"),
    }
    return ir.Op(as_type(VALUE), "dynamic::call({f}, Args::of({args}))", operands, True)


def finish_closure(
    frame: Frame, body: ir.Expr, params: list[ir.Local], pattern: Type, binding: Binding
) -> ir.Expr:
    result = pattern.args[-1]
    ty = ty_of(body)
    if result.kind == "any":
        return ir.RustClosure(body.ty, params, body)
    binding.accept(result, ty)
    wanted = binding.read(result)
    return ir.RustClosure(as_type(wanted), params, coerce(frame, body, wanted))


@functools.cache
def _literal(text: str) -> float | str | bytes | None:
    """The value of a default as a row writes it."""
    value: float | str | bytes | None = ast.literal_eval(syntax.parse_expression(text))
    return value


def _default(frame: Frame, param: Param, binding: Binding) -> ir.Operand:
    value = _literal(param.default or "None")
    if value is None:
        if param.type.kind == "opt":
            return ir.Operand(ir.Lit(as_type(NONE), None), "rust_none")
        return ir.Operand(ir.Lit(as_type(NONE), None), "own")
    literal = ir.Lit(as_type(ATOMS[type(value).__name__]), value)
    binding.accept(param.type, ty_of(literal))
    if param.form in ("i64", "index"):
        return ir.Operand(literal, param.form)
    ty = binding.read(param.type)
    coerced = coerce(frame, literal, ty if ty.kind != "never" else ty_of(literal))
    if param.by_ref:
        return ir.Operand(coerced, "optref" if param.type.kind == "opt" else "ref")
    return ir.Operand(coerced, "own")
