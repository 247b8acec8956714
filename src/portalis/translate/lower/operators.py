"""Operators, truth, comparison and subscripts: user dunders, rows, then dynamic."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from portalis.translate.frontend.expand.named_tuple import AS_TUPLE
from portalis.translate.frontend.lattice import (
    BOOL,
    MAYBE_OBJECTS,
    NEVER,
    NONE,
    OBJECTS,
    VALUE,
    Ty,
)
from portalis.translate.frontend.program import Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    binding,
    call,
    keywords,
    opening,
    percent,
    powers,
    row_calls,
    unions,
    versions,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import EVERY_PHASE, apply_row
from portalis.translate.lower.row_choice import find_row
from portalis.translate.rows.dyn_rows import (
    BUILTIN_CLASSES,
    DYNAMIC_BINOPS,
    DYNAMIC_INPLACE,
    DYNAMIC_UNARY,
)

BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
}
DUNDERS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod",
    "**": "pow", "@": "matmul", "<<": "lshift", ">>": "rshift", "&": "and", "|": "or",
    "^": "xor",
}  # fmt: skip
_UNARY_DUNDERS = {"neg": "__neg__", "pos": "__pos__", "invert": "__invert__"}


# -- rows


# -- operators


def user_class(ty: Ty) -> Class | None:
    return ty.cls if ty.kind == "inst" and not ty.optional else None


def operation(frame: Frame, node: ast.AST, op: str, args: list[ir.Expr]) -> ir.Expr:
    """An operator on operands in Python's order, by rows, then dynamically."""

    if any(ty_of(a).kind == "never" for a in args):
        return diverge(*args)
    dunder = _UNARY_DUNDERS.get(op, f"__{op}__")
    if unions.is_union(args[0]) and unions.any_has(ty_of(args[0]), dunder):
        body: list[ir.Stmt] = []
        first, *rest = unions.held(frame, body, *args)
        made = unions.each(
            frame, node, first, op, lambda it: operation(frame, node, op, [it, *rest])
        )
        return unions.block(body, made)
    cls = user_class(ty_of(args[0]))
    if cls is not None:
        if cls.find_method(dunder) is not None:
            return call.method_exprs(frame, node, args[0], dunder, args[1:])
    holder = ty_of(args[1] if op == "in" else args[0])
    lacks = holder.kind == "none" or (
        len(args) == 2 and op not in ("in", "getitem") and ty_of(args[1]).kind == "none"
    )
    if lacks and not any(ty_of(a).kind in MAYBE_OBJECTS for a in args):
        error = row_calls.on_none(_sign(node, op), args)
        return always_raises(frame, error(_none_at(args)), *args)
    has_value = any(ty_of(a).kind == "value" for a in args)
    found = find_row(frame, op, args, {}, 1 if has_value else EVERY_PHASE)
    if found is not None:
        return apply_row(frame, node, *found, row_calls.on_none(_sign(node, op), args))
    boxed = [coerce(frame, a, VALUE) for a in args]
    _open_dunders(frame, op, [ty_of(a) for a in args])
    sign = _sign(node, op)
    if sign != op and sign.endswith("="):
        opening.methods(frame, f"__i{DUNDERS[sign[:-1]]}__", [ty_of(args[1])])
    return dynamic_operation(frame, node, sign, boxed)


def _sign(node: ast.AST, op: str) -> str:
    """The operator as messages show it: `+=` of an augmented assignment."""
    plain = {"**nonneg": "**"}.get(op, op)
    return f"{plain}=" if isinstance(node, ast.AugAssign) and plain in DUNDERS else op


def _open_dunders(frame: Frame, op: str, types: list[Ty]) -> None:
    """What the runtime may call for an operator on values of these types."""
    op = {"**nonneg": "**"}.get(op, op)
    name = DUNDERS.get(op.removesuffix("="))
    if name is not None or op in _UNARY_DUNDERS:
        opening.operator(frame, name or op, types)
    elif op == "in":
        opening.methods(frame, "__contains__", types[:1])
    elif op.endswith("slice"):
        opening.methods(frame, f"__{op.replace('slice', 'item')}__", [Ty("slice"), *types[4:]])
    else:
        opening.methods(frame, f"__{op}__", types[1:])


# Operators on values that are no binary or unary operator: the Rust, and the result.
_DYNAMIC_OTHER: dict[str, tuple[str, Ty]] = {
    "in": ("dynamic::contains(&{b}, &{a})", BOOL),
    "getitem": ("dynamic::getitem(&{a}, &{b})", VALUE),
    "setitem": ("dynamic::setitem(&{a}, {b}, {c})", NONE),
    "delitem": ("dynamic::delitem(&{a}, &{b})", NONE),
    "getslice": ("dynamic::getslice(&{a}, &{b}, &{c}, &{d})", VALUE),
    "setslice": ("setslice_value(&{a}, &{b}, &{c}, &{d}, {e})", NONE),
    "delslice": ("delslice_value(&{a}, &{b}, &{c}, &{d})", NONE),
}


def dynamic_operation(frame: Frame, node: ast.AST, op: str, boxed: list[ir.Expr]) -> ir.Expr:
    """An operator on values."""
    op = {"**nonneg": "**"}.get(op, op)
    path = DYNAMIC_BINOPS.get(op) or DYNAMIC_INPLACE.get(op) or DYNAMIC_UNARY.get(op)
    if path is not None:
        template, result = f"{path}({', '.join(f'&{{{n}}}' for n in 'abcde'[: len(boxed)])})", VALUE
    elif op in _DYNAMIC_OTHER:
        template, result = _DYNAMIC_OTHER[op]
    else:
        raise Refusal("PT203", node, f"operator {op} is not known here")
    operands: dict[str, ir.Operand] = {}
    for name, value in zip("abcde", boxed, strict=False):
        by_ref = f"&{{{name}}}" in template
        template = template.replace(f"&{{{name}}}", f"{{{name}}}")
        operands[name] = ir.Operand(value, "ref" if by_ref else "own")
    return ir.Op(as_type(result), template, operands, True, name=op)


def _none_at(args: Sequence[ir.Expr]) -> int:
    """Where the first operand stands that is always None."""
    return next((i for i, a in enumerate(args) if ty_of(a).kind == "none"), 0)


def binary(
    frame: Frame, node: ast.AST, kind: type[ast.operator], left: ir.Expr, right: ir.Expr
) -> ir.Expr:
    op = BINARY[kind]
    lt, rt = ty_of(left), ty_of(right)
    if lt.kind == "never" or rt.kind == "never":
        return diverge(left, right)
    user = _user_binary(frame, node, op, left, right)
    if user is not None:
        return user
    if op == "%" and lt.kind in ("bytes", "bytearray"):
        return percent.percent_bytes(frame, left, right)
    if op == "%" and lt.kind == "str" and not lt.optional:
        return percent.percent(frame, node, left, right)
    if op == "**" and lt.kind in ("int", "bool") and _non_negative(right):
        return operation(frame, node, "**nonneg", [left, right])
    if op == "**" and (base := powers.complex_base(node)) is not None:
        left = base
    elif op == "**" and powers.is_open(frame, left, right):
        return dynamic_operation(frame, node, op, [coerce(frame, v, VALUE) for v in (left, right)])
    if op == "+" and lt.kind == rt.kind == "tuple" and not (lt.optional or rt.optional):
        return concat_tuples(frame, node, left, right)
    if op == "*" and {lt.kind, rt.kind} == {"tuple", "int"}:
        if lt.kind == "tuple":
            return operation(frame, node, op, [as_vartuple(frame, node, left), right])
        return operation(frame, node, op, [as_vartuple(frame, node, right), left])
    if op == "+" and {lt.kind, rt.kind} == {"tuple", "vartuple"}:
        return operation(
            frame, node, op, [as_vartuple(frame, node, left), as_vartuple(frame, node, right)]
        )
    return operation(frame, node, op, [left, right])


def as_vartuple(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:
    ty = ty_of(value)
    if ty.kind == "vartuple":
        return value
    cell = ty.args[0] if ty.args else frame.site(node, "empty")
    for other in ty.args[1:]:
        frame.engine.lattice.unify(cell, other)
    return coerce(frame, value, Ty("vartuple", (cell,)))


def concat_tuples(frame: Frame, node: ast.AST, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    lt, rt = ty_of(left), ty_of(right)
    a, b = frame.temp(lt, "left"), frame.temp(rt, "right")
    cells = (*lt.args, *rt.args)
    if len(cells) > 12:
        return operation(
            frame, node, "+", [as_vartuple(frame, node, left), as_vartuple(frame, node, right)]
        )
    items: list[ir.Expr] = [
        ir.TupleItem(as_type(frame.read(c)), ir.Var(a.ty, a), i) for i, c in enumerate(lt.args)
    ]
    items += [
        ir.TupleItem(as_type(frame.read(c)), ir.Var(b.ty, b), i) for i, c in enumerate(rt.args)
    ]
    body: list[ir.Stmt] = [ir.Declare(frame.line, a, left), ir.Declare(frame.line, b, right)]
    ty = Ty("tuple", cells)
    return ir.Block(as_type(ty), body, ir.TupleLit(as_type(ty), items))


def _non_negative(value: ir.Expr) -> bool:
    return isinstance(value, ir.Lit) and isinstance(value.value, int) and value.value >= 0


def _user_binary(
    frame: Frame, node: ast.AST, op: str, left: ir.Expr, right: ir.Expr
) -> ir.Expr | None:

    dunder = DUNDERS[op]
    lt, rt = ty_of(left), ty_of(right)
    lc, rc = user_class(lt), user_class(rt)
    if unions.is_union(left) and (
        unions.any_has(lt, f"__{dunder}__")
        or (unions.is_object(right) and unions.any_has(rt, f"__r{dunder}__"))
    ):
        return _by_side(frame, node, op, left, right, True)
    if unions.is_union(right) and (
        any(_reflected_first(lc, c, f"__r{dunder}__") for c in rt.members)
        or (
            (lc is None or lc.find_method(f"__{dunder}__") is None)
            and unions.any_has(rt, f"__r{dunder}__")
        )
    ):
        return _by_side(frame, node, op, left, right, False)
    if lc is None and rc is None:
        return None
    if _reflected_first(lc, rc, f"__r{dunder}__"):
        accept(frame, lc, f"__{dunder}__", right)
        accept(frame, rc, f"__r{dunder}__", left)
        return None
    if lc is not None and lc.find_method(f"__{dunder}__") is not None:
        if may_return_not_implemented(frame, lc, f"__{dunder}__", right):
            accept(frame, lc, f"__{dunder}__", right)
            accept(frame, rc, f"__r{dunder}__", left)
            return None
        return call.method_exprs(frame, node, left, f"__{dunder}__", [right])
    if rc is not None and rc.find_method(f"__r{dunder}__") is not None:
        if may_return_not_implemented(frame, rc, f"__r{dunder}__", left):
            accept(frame, rc, f"__r{dunder}__", left)
            return None
        local = frame.temp(ty_of(left), "left")
        made = call.method_exprs(frame, node, right, f"__r{dunder}__", [ir.Var(local.ty, local)])
        return ir.Block(made.ty, [ir.Declare(frame.line, local, left)], made)
    return _unsupported(frame, _sign(node, op), dunder, left, right)


def _by_side(
    frame: Frame, node: ast.AST, op: str, left: ir.Expr, right: ir.Expr, on_left: bool
) -> ir.Expr:
    """A binary operator for each class that one of its operands may be of."""
    kind = next(k for k, name in BINARY.items() if name == op)
    body: list[ir.Stmt] = []
    left, right = unions.held(frame, body, left, right)
    if on_left:
        made = unions.each(frame, node, left, op, lambda it: binary(frame, node, kind, it, right))
    else:
        cls = ty_of(left).cls
        key = f"{op} {cls.name}" if cls is not None else op
        made = unions.each(frame, node, right, key, lambda it: binary(frame, node, kind, left, it))
    return unions.block(body, made)


def _unsupported(
    frame: Frame, op: str, dunder: str, left: ir.Expr, right: ir.Expr
) -> ir.Expr | None:
    """What raises where neither operand's class knows the operator."""
    for value, name in ((left, f"__{dunder}__"), (right, f"__r{dunder}__")):
        ty = ty_of(value)
        lacks = not unions.any_has(ty, name, AS_TUPLE)
        known = lacks and not any(c.is_exception for c in ty.classes())
        if ty.optional or not (known if ty.kind in OBJECTS else ty.kind in _PLAIN):
            return None
    sign = "** or pow()" if op == "**" else op
    error = f'unsupported_operands("{sign}", {{a}}.py_type_name(), {{b}}.py_type_name())'
    operands = {"a": ir.Operand(left, "recv"), "b": ir.Operand(right, "recv")}
    return ir.Op(as_type(NEVER), f"Err::<Never, Exc>({error})", operands, True)


# Values whose operators know no instances.
_PLAIN = frozenset(("bool", "int", "float", "num"))


def accept(frame: Frame, cls: Class | None, dunder: str, argument: ir.Expr) -> None:
    """The runtime may call the method of the class, or of one below, with the argument."""
    for below in () if cls is None else (cls, *cls.descendants()):
        method = below.find_method(dunder)
        if method is not None and len(method.params) > 1:
            frame.flow(ty_of(argument), method.params[1].variable.cell)


def below(left: Class | None, right: Class | None) -> list[tuple[Class, Class]]:
    """The pairs of classes that operands may have whose right one is below the left one."""
    if left is None or right is None or left.root is not right.root:
        return []
    return [
        (a, b)
        for a in (left, *left.descendants())
        for b in (right, *right.descendants())
        if a is not b and b.is_subclass(a)
    ]


def _reflected_first(left: Class | None, right: Class | None, reflected: str) -> bool:
    """Some right operand may be asked first: it overrides the left one's reflected method."""
    return any(
        b.find_method(reflected) is not a.find_method(reflected) for a, b in below(left, right)
    )


# -- truth


# -- comparison


# -- subscripts


def getitem(frame: Frame, node: ast.Subscript, value: ir.Expr, index: ast.expr) -> ir.Expr:

    ty = ty_of(value)
    if (
        isinstance(node.value, ast.Name)
        and frame.engine.program.names.get(node.value) in BUILTIN_CLASSES
    ):
        # `list[int]` outside an annotation: an alias, of which only the class matters.
        return value
    if ty.kind == "never":
        return diverge(value)
    if ty.kind == "value" and isinstance(index, ast.Slice):
        parts = [
            frame.expr(b) if b is not None else none()
            for b in (index.lower, index.upper, index.step)
        ]
        opening.methods(frame, "__getitem__", [Ty("slice")])
        return dynamic_operation(
            frame, node, "getslice", [value, *(coerce(frame, p, VALUE) for p in parts)]
        )
    if unions.is_union(value) and unions.any_has(ty, "__getitem__"):
        body: list[ir.Stmt] = []
        value, at = unions.held(frame, body, value, frame.expr(index))
        made = unions.each(
            frame, node, value, "getitem", lambda it: operation(frame, node, "getitem", [it, at])
        )
        return unions.block(body, made)
    cls = user_class(ty)
    if cls is not None and literal_int(index) is not None:
        value = call.as_plain_tuple(frame, node, value)
        ty = ty_of(value)
        cls = user_class(ty)
    if cls is not None and cls.find_method("__getitem__") is not None:
        return call.method_exprs(frame, node, value, "__getitem__", [frame.expr(index)])
    if ty.kind == "tuple" and not ty.optional:
        fixed = _tuple_item(frame, node, value, index)
        if fixed is not None:
            return fixed
        value = as_vartuple(frame, node, value)
    if isinstance(index, ast.Slice) and ty_of(value).kind != "value":
        bounds = [
            frame.expr(b) if b is not None else none()
            for b in (index.lower, index.upper, index.step)
        ]
        if all(ty_of(b).kind != "value" for b in bounds):
            return operation(frame, node, "getslice", [value, *bounds])
        value = coerce(frame, value, VALUE)
    found = operation(frame, node, "getitem", [value, frame.expr(index)])
    return keywords.looked_up(frame, node.value, node, found)


def literal_int(node: ast.expr | None) -> int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = literal_int(node.operand)
        return None if inner is None else -inner
    return None


def _tuple_item(frame: Frame, node: ast.AST, value: ir.Expr, index: ast.expr) -> ir.Expr | None:
    cells = ty_of(value).args
    position = literal_int(index)
    if position is not None and -len(cells) <= position < len(cells):
        position %= len(cells)
        return ir.TupleItem(as_type(frame.read(cells[position])), value, position)
    if isinstance(index, ast.Slice):
        parts = (index.lower, index.upper, index.step)
        bounds = [literal_int(p) for p in parts]
        if (
            all(p is None or b is not None for p, b in zip(parts, bounds, strict=True))
            and bounds[2] != 0
        ):
            chosen = list(range(len(cells)))[slice(*bounds)]
            local = frame.temp(ty_of(value), "items")
            items: list[ir.Expr] = [
                ir.TupleItem(as_type(frame.read(cells[i])), ir.Var(local.ty, local), i)
                for i in chosen
            ]
            ty = Ty("tuple", tuple(cells[i] for i in chosen))
            return ir.Block(
                as_type(ty), [ir.Declare(frame.line, local, value)], ir.TupleLit(as_type(ty), items)
            )
    return None


def may_return_not_implemented(frame: Frame, cls: Class, dunder: str, other: ir.Expr) -> bool:
    """The method's NotImplemented is live, for such an operand: only dynamic dispatch can try
    the other side."""
    found = call.implementations(cls, dunder)
    # `__rmul__` may be another name of a method that is written as `__mul__`.
    if not any(f.name in frame.engine.program.not_implemented for f in found):
        return False
    if ty_of(other).kind != "value":
        args = Given([other])
        found = {
            f if binding.misfit(f.node, f, args, True) else versions.asked(frame, f, args): classes
            for f, classes in found.items()
        }
    return any(frame.read(function.result).kind == "value" for function in found)
