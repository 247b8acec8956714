"""Operators, truth, comparison and subscripts: user dunders, rows, then dynamic."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence

from portalis.translate.frontend.lattice import (
    BOOL,
    INT,
    NONE,
    NUMERIC,
    STR,
    VALUE,
    Cell,
    Ty,
)
from portalis.translate.frontend.program import Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import names
from portalis.translate.lower.coerce import always_raises, coerce, diverge, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.match_rows import Arg, LazyArg, apply_row, find_row, item_of
from portalis.translate.rows.dyn_rows import (
    BUILTIN_CLASSES,
    DYNAMIC_BINOPS,
    DYNAMIC_COMPARES,
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
COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_DUNDERS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod",
    "**": "pow", "@": "matmul", "<<": "lshift", ">>": "rshift", "&": "and", "|": "or",
    "^": "xor",
}  # fmt: skip
_COMPARE_DUNDERS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_LITERAL_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_REFLECTED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_PY_COMPARE = {"==": "py_eq", "!=": "py_ne", "<": "py_lt", "<=": "py_le", ">": "py_gt", ">=": "py_ge"}
_UNARY_DUNDERS = {"neg": "__neg__", "pos": "__pos__", "invert": "__invert__"}
_UNARY_SIGNS = {"neg": "-", "pos": "+", "invert": "~"}


def exception(kind: str, text: str) -> str:
    """A Rust expression that makes a built-in exception."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'Exc::{kind}("{escaped}")'


def type_name(ty: Ty) -> str:
    if ty.kind == "inst" and ty.cls is not None:
        return ty.cls.name
    return ty.facets_python if hasattr(ty, "facets_python") else as_name(ty.kind)


def as_name(kind: str) -> str:
    from portalis.translate.ir.types import KINDS

    return KINDS[kind].python or kind


# -- rows


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
    has_value = any(ty_of(a).kind == "value" or _holds_values(frame, ty_of(a)) for a in plain)
    found = find_row(frame, name, args, keywords, 1 if has_value else 2)
    if found is None and has_value:
        found = None if _dynamic_is_known(name) and not keywords else find_row(frame, name, args, keywords)
    if found is not None:
        return apply_row(frame, node, *found, none_error(name, plain))
    if any(isinstance(a, LazyArg) for a in (*args, *keywords.values())) or not _dynamic_is_known(name):
        raise Refusal(
            "PT203", node, f"{name}() is not known for {', '.join(map(repr, map(ty_of, plain)))}"
        )
    boxed = [coerce(frame, a, VALUE) for a in args if not isinstance(a, LazyArg)]
    named = {k: coerce(frame, a, VALUE) for k, a in keywords.items() if not isinstance(a, LazyArg)}
    return dynamic_call(frame, f'dynamic::call_builtin("{name}", {{args}})', {}, boxed, named)


def _holds_values(frame: Frame, ty: Ty) -> bool:
    item = item_of(frame, ty)
    return item is not None and item.kind == "value"


_DYNAMIC_BUILTINS = frozenset(
    """abs all any ascii bin bool bytes callable chr complex dict divmod enumerate filter float format
    frozenset getattr hasattr hash hex id int isinstance issubclass iter len list map max min next oct
    ord pow range repr reversed round set setattr slice sorted str sum tuple type zip""".split()
)


def _dynamic_is_known(name: str) -> bool:
    return name in _DYNAMIC_BUILTINS


def none_error(name: str, args: Sequence[ir.Expr]) -> str:
    if name == "len":
        return exception("type_error", "object of type 'NoneType' has no len()")
    if name == "abs":
        return exception("type_error", "bad operand type for abs(): 'NoneType'")
    return exception("type_error", "'NoneType' object is not iterable")


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
    found = find_row(frame, name, [receiver, *args], keywords)
    if found is not None:
        return apply_row(
            frame, node, *found, exception("type_error", f"{name}: an argument is None")
        )
    from portalis.translate.rows.table import ROWS_BY_NAME

    if name not in ROWS_BY_NAME and ty_of(receiver).kind not in ("value", "num"):
        kind, _, attr = name.partition(".")
        if not _is_python_attribute(kind, attr):
            # CPython raises AttributeError here; so does the dynamic call.
            pass
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


def _is_python_attribute(kind: str, attr: str) -> bool:
    return True


def settled(
    frame: Frame, args: Sequence[Arg], keywords: dict[str, Arg]
) -> tuple[list[Arg], dict[str, Arg]]:
    """Functions that no parameter waits for, as function values."""

    def settle(arg: Arg) -> Arg:
        return frame.expr(arg.node) if isinstance(arg, LazyArg) else arg

    return [settle(a) for a in args], {k: settle(a) for k, a in keywords.items()}


# -- operators


def _user_class(ty: Ty) -> Class | None:
    return ty.cls if ty.kind == "inst" and not ty.optional else None


def operation(frame: Frame, node: ast.AST, op: str, args: list[ir.Expr]) -> ir.Expr:
    """An operator on operands in Python's order, by rows, then dynamically."""
    from portalis.translate.lower import call

    if any(ty_of(a).kind == "never" for a in args):
        return diverge(*args)
    cls = _user_class(ty_of(args[0]))
    if cls is not None:
        dunder = _UNARY_DUNDERS.get(op, f"__{op}__")
        if cls.find_method(dunder) is not None:
            return call.method_exprs(frame, node, args[0], dunder, args[1:])
        if not cls.is_exception and op in _UNARY_SIGNS:
            pass
    holder = ty_of(args[1] if op == "in" else args[0])
    lacks = holder.kind == "none" or (
        len(args) == 2 and op not in ("in", "getitem") and ty_of(args[1]).kind == "none"
    )
    if lacks and not any(ty_of(a).kind in ("value", "inst") for a in args):
        return always_raises(frame, operator_none_error(op, args), *args)
    has_value = any(ty_of(a).kind == "value" for a in args)
    found = find_row(frame, op, args, {}, 1 if has_value else 2)
    if found is not None:
        return apply_row(frame, node, *found, operator_none_error(op, args))
    return dynamic_operation(frame, node, op, [coerce(frame, a, VALUE) for a in args])


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
        template, result = f"{path}({', '.join('&{%s}' % n for n in 'abcde'[: len(boxed)])})", VALUE
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


def operator_none_error(op: str, args: Sequence[ir.Expr]) -> str:
    if op in ("getitem", "getslice"):
        return exception("type_error", "'NoneType' object is not subscriptable")
    if op in ("setitem", "setslice"):
        return exception("type_error", "'NoneType' object does not support item assignment")
    if op == "in":
        return exception("type_error", "argument of type 'NoneType' is not iterable")
    if op in _UNARY_SIGNS:
        return exception(
            "type_error", f"bad operand type for unary {_UNARY_SIGNS[op]}: 'NoneType'"
        )
    shown = [
        "NoneType" if ty_of(a).optional or ty_of(a).kind == "none" else type_name(ty_of(a))
        for a in args
    ]
    if op in _COMPARE_DUNDERS:
        return exception(
            "type_error",
            f"'{op}' not supported between instances of '{shown[0]}' and '{shown[-1]}'",
        )
    sign = "** or pow()" if op == "**" else op
    return exception(
        "type_error", f"unsupported operand type(s) for {sign}: '{shown[0]}' and '{shown[-1]}'"
    )


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
        raise Refusal("PT203", node, "% formatting of bytes is not translated")
    if op == "%" and lt.kind == "str" and not lt.optional:
        return percent(frame, node, left, right)
    if op == "**" and lt.kind in ("int", "bool") and _non_negative(right):
        return operation(frame, node, "**nonneg", [left, right])
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
    from portalis.translate.lower import call

    dunder = _DUNDERS[op]
    lc, rc = _user_class(ty_of(left)), _user_class(ty_of(right))
    if lc is None and rc is None:
        return None
    if lc is not None and lc.find_method(f"__{dunder}__") is not None:
        if call.may_return_not_implemented(frame, lc, f"__{dunder}__"):
            return None
        return call.method_exprs(frame, node, left, f"__{dunder}__", [right])
    if rc is not None and rc.find_method(f"__r{dunder}__") is not None:
        if call.may_return_not_implemented(frame, rc, f"__r{dunder}__"):
            return None
        local = frame.temp(ty_of(left), "left")
        made = call.method_exprs(frame, node, right, f"__r{dunder}__", [ir.Var(local.ty, local)])
        return ir.Block(made.ty, [ir.Declare(frame.line, local, left)], made)
    return None


def percent(frame: Frame, node: ast.AST, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """`"…" % args`: the arguments are boxed one by one."""
    ty = ty_of(right)
    if ty.kind == "tuple" and not ty.optional and isinstance(right, ir.TupleLit):
        args = ir.Operand(
            ir.TupleLit(as_type(NONE), [coerce(frame, i, VALUE) for i in right.items]), "values"
        )
        return ir.Op(
            as_type(STR), "percent({f}, {args})", {"f": ir.Operand(left, "ref"), "args": args}, True
        )
    return ir.Op(
        as_type(STR),
        "percent_value({f}, {x})",
        {"f": ir.Operand(left, "ref"), "x": ir.Operand(coerce(frame, right, VALUE), "ref")},
        True,
    )


# -- truth


def truth(frame: Frame, value: ir.Expr) -> ir.Expr:
    from portalis.translate.lower import call

    ty = ty_of(value)
    kind = ty.kind
    if kind == "bool" and not ty.optional:
        return value
    if kind == "never":
        return diverge(value)
    if kind == "none" and isinstance(value, (ir.Lit, ir.Var)):
        return ir.Lit(as_type(BOOL), False)
    if isinstance(value, ir.Lit):
        return ir.Lit(as_type(BOOL), bool(value.value))
    if kind == "inst" and not ty.optional:
        assert ty.cls is not None
        for dunder in ("__bool__", "__len__"):
            if ty.cls.find_method(dunder) is not None:
                made = call.method_exprs(frame, value_node(frame), value, dunder, [])
                return truth(frame, made)
        return ir.Block(as_type(BOOL), [ir.Eval(frame.line, value)], ir.Lit(as_type(BOOL), True))
    return ir.Op(
        as_type(BOOL), "{x}.py_truth()", {"x": ir.Operand(value, "recv")}, True, name="truth", pure=True
    )


def value_node(frame: Frame) -> ast.AST:
    return frame.function.node


# -- comparison


def compare(frame: Frame, node: ast.Compare) -> ir.Expr:
    from portalis.translate.lower import class_identity

    classes = class_identity.compare(frame, node)
    if classes is not None:
        return classes
    left = frame.expr(node.left)
    if len(node.ops) == 1:
        return comparison(frame, node, node.ops[0], left, node.comparators[0])
    # a < b < c: each operand once, left to right, stopping at the first false.
    body: list[ir.Stmt] = []
    items: list[ir.Expr] = []
    if not isinstance(left, (ir.Lit, ir.Var)):
        local = frame.temp(ty_of(left), "c")
        body.append(ir.Declare(frame.line, local, left))
        left = ir.Var(local.ty, local)
    result: ir.Expr | None = None
    chain: list[tuple[list[ir.Stmt], ir.Expr]] = []
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        steps: list[ir.Stmt] = []
        right = frame.expr(right_node)
        if not isinstance(right, (ir.Lit, ir.Var)) and right_node is not node.comparators[-1]:
            local = frame.temp(ty_of(right), "c")
            steps.append(ir.Declare(frame.line, local, right))
            right = ir.Var(local.ty, local)
        compared = truth(frame, compare_exprs(frame, right_node, op, left, right, right_node))
        chain.append((steps, compared))
        left = right
    for steps, compared in reversed(chain):
        joined = compared if result is None else ir.BoolOp(as_type(BOOL), "&&", [compared, result])
        result = ir.Block(as_type(BOOL), steps, joined) if steps else joined
    assert result is not None
    items.append(result)
    return ir.Block(as_type(BOOL), body, result) if body else result


def comparison(
    frame: Frame, node: ast.AST, op: ast.cmpop, left: ir.Expr, right_node: ast.expr
) -> ir.Expr:
    if isinstance(op, (ast.In, ast.NotIn)) and isinstance(right_node, (ast.Tuple, ast.List, ast.Set)):
        found = _in_display(frame, node, left, right_node)
        if found is not None:
            return found if isinstance(op, ast.In) else ir.Not(as_type(BOOL), found)
    return compare_exprs(frame, node, op, left, frame.expr(right_node), right_node)


def _in_display(
    frame: Frame, node: ast.AST, left: ir.Expr, display: ast.Tuple | ast.List | ast.Set
) -> ir.Expr | None:
    """`x in (1, 2)` without building the container; items must be constants."""
    if not display.elts or not all(isinstance(e, ast.Constant) for e in display.elts):
        return None
    ty = ty_of(left)
    if ty.kind not in ("int", "str", "float", "bool") or ty.optional:
        return None
    items = [frame.expr(e) for e in display.elts]
    if any(ty_of(i).kind != ty.kind for i in items):
        return None
    body: list[ir.Stmt] = []
    if not isinstance(left, ir.Var):
        local = frame.temp(ty, "needle")
        body.append(ir.Declare(frame.line, local, left))
        left = ir.Var(local.ty, local)
    tests = [equality(frame, node, "==", left, item) for item in items]
    joined = tests[0] if len(tests) == 1 else ir.BoolOp(as_type(BOOL), "||", tests)
    return ir.Block(as_type(BOOL), body, joined) if body else joined


def compare_exprs(
    frame: Frame, node: ast.AST, op: ast.cmpop, left: ir.Expr, right: ir.Expr, right_node: ast.expr
) -> ir.Expr:
    if ty_of(left).kind == "never" or ty_of(right).kind == "never":
        return diverge(left, right)
    if isinstance(op, (ast.Is, ast.IsNot)):
        same = identity(frame, left, right)
        return same if isinstance(op, ast.Is) else ir.Not(as_type(BOOL), same)
    if isinstance(op, (ast.In, ast.NotIn)):
        found = contains(frame, node, left, right)
        return found if isinstance(op, ast.In) else ir.Not(as_type(BOOL), found)
    return equality(frame, node, COMPARE[type(op)], left, right)


def identity(frame: Frame, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    from portalis.translate.lower.narrowing import is_none

    lt, rt = ty_of(left), ty_of(right)
    if rt.kind == "none":
        return is_none(frame, left)
    if lt.kind == "none":
        return is_none(frame, right)
    if lt.same(rt) or one_hierarchy(lt, rt):
        pass
    else:
        joined = frame.engine.lattice.join(lt, rt)
        left, right = coerce(frame, left, joined), coerce(frame, right, joined)
    return ir.Op(
        as_type(BOOL),
        "{a}.py_is({b})",
        {"a": ir.Operand(left, "recv"), "b": ir.Operand(right, "ref")},
        False,
        pure=True,
    )


def one_hierarchy(a: Ty, b: Ty) -> bool:
    """Instances that share a Rust type."""
    if a.optional or b.optional or a.cls is None or b.cls is None:
        return False
    return a.kind == b.kind == "inst" and a.cls.root is b.cls.root


def contains(frame: Frame, node: ast.AST, needle: ir.Expr, container: ir.Expr) -> ir.Expr:
    from portalis.translate.lower import call

    cls = _user_class(ty_of(container))
    if cls is not None and cls.find_method("__contains__") is not None:
        made = call.method_exprs(frame, node, container, "__contains__", [needle])
        return truth(frame, made)
    if ty_of(container).kind == "tuple" and not ty_of(container).optional:
        return _in_tuple(frame, node, needle, container)
    return operation(frame, node, "in", [needle, container])


def _in_tuple(frame: Frame, node: ast.AST, needle: ir.Expr, container: ir.Expr) -> ir.Expr:
    a, b = frame.temp(ty_of(needle), "needle"), frame.temp(ty_of(container), "items")
    tests = [
        equality(
            frame,
            node,
            "==",
            ir.Var(a.ty, a),
            ir.TupleItem(as_type(frame.read(cell)), ir.Var(b.ty, b), i),
        )
        for i, cell in enumerate(ty_of(container).args)
    ]
    value: ir.Expr = ir.BoolOp(as_type(BOOL), "||", tests) if tests else ir.Lit(as_type(BOOL), False)
    body: list[ir.Stmt] = [ir.Declare(frame.line, a, needle), ir.Declare(frame.line, b, container)]
    return ir.Block(as_type(BOOL), body, value)


def equality(frame: Frame, node: ast.AST, op: str, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    from portalis.translate.lower import call

    lt, rt = ty_of(left), ty_of(right)
    if lt.kind == "never" or rt.kind == "never":
        return diverge(left, right)
    dunder = f"__{_COMPARE_DUNDERS[op]}__"
    if isinstance(left, ir.Lit) and isinstance(right, ir.Lit) and lt.kind == rt.kind == "int":
        return ir.Lit(as_type(BOOL), _LITERAL_COMPARE[op](left.value, right.value))
    lc, rc = _user_class(lt), _user_class(rt)
    if lc is not None and _usable(frame, lc, dunder):
        return call.method_exprs(frame, node, left, dunder, [right])
    if lc is not None and op == "!=" and _usable(frame, lc, "__eq__") and not lc.find_method("__ne__"):
        made = call.method_exprs(frame, node, left, "__eq__", [right])
        return ir.Not(as_type(BOOL), truth(frame, made))
    reflected = f"__{_COMPARE_DUNDERS[_REFLECTED[op]]}__"
    if rc is not None and lc is None and _usable(frame, rc, reflected):
        local = frame.temp(lt, "left")
        made = call.method_exprs(frame, node, right, reflected, [ir.Var(local.ty, local)])
        return ir.Block(made.ty, [ir.Declare(frame.line, local, left)], made)
    if not lt.optional and not rt.optional and (lt.kind in NUMERIC | {"bool", "str"}):
        found = find_row(frame, op, [left, right], {}, 1)
        if found is not None:
            return apply_row(frame, node, *found)
    if not lt.same(rt):
        if op in ("==", "!="):
            left, right = _for_equality(frame, left, right)
        elif lt.optional or rt.optional:
            error = operator_none_error(op, [left, right])
            left = coerce(frame, left, lt.required(), error) if lt.optional else left
            right = coerce(frame, right, rt.required(), error) if rt.optional else right
            return equality(frame, node, op, left, right)
        elif {lt.kind, rt.kind} <= {"tuple", "vartuple"} or (lt.kind == rt.kind and lt.args):
            joined = frame.engine.lattice.join(lt, rt)
            left, right = coerce(frame, left, joined), coerce(frame, right, joined)
        elif one_hierarchy(lt, rt):
            pass
        else:
            left, right = coerce(frame, left, VALUE), coerce(frame, right, VALUE)
    if ty_of(left).kind == "value" and op in DYNAMIC_COMPARES:
        operands = {"a": ir.Operand(left, "ref"), "b": ir.Operand(right, "ref")}
        user = any(c.find_method(dunder) for c in frame.engine.program.every_class())
        if user and op not in ("==", "!="):
            return ir.Op(as_type(VALUE), f"{DYNAMIC_COMPARES[op]}({{a}}, {{b}})", operands, True, name=op)
    operands = {"a": ir.Operand(left, "recv"), "b": ir.Operand(right, "ref")}
    return ir.Op(
        as_type(BOOL), f"{{a}}.{_PY_COMPARE[op]}({{b}})", operands, True, name=op, pure=True
    )


def _usable(frame: Frame, cls: Class, dunder: str) -> bool:
    from portalis.translate.lower import call

    return cls.find_method(dunder) is not None and not call.may_return_not_implemented(
        frame, cls, dunder
    )


def _for_equality(frame: Frame, left: ir.Expr, right: ir.Expr) -> tuple[ir.Expr, ir.Expr]:
    """Both sides as one type, whose equality is Python's across the two."""
    lt, rt = ty_of(left), ty_of(right)
    if lt.required().same(rt.required()):
        wanted = lt.or_none()
    elif lt.kind == rt.kind and lt.args and len(lt.args) == len(rt.args):
        wanted = frame.engine.lattice.join(lt, rt)
    elif one_hierarchy(lt, rt):
        return left, right
    else:
        wanted = VALUE
    return coerce(frame, left, wanted), coerce(frame, right, wanted)


def class_static(cls: Class | str) -> str:
    """The Rust path of a class descriptor."""
    if isinstance(cls, Class):
        return f"crate::{names.static_path(cls)}"
    return BUILTIN_CLASSES.get(cls) or _snake(cls).upper()


def _snake(name: str) -> str:
    """CamelCase → snake_case, as the runtime names its exception classes."""
    out = ""
    for i, c in enumerate(name):
        after_lower = i > 0 and c.isupper() and not name[i - 1].isupper()
        before_lower = i > 0 and c.isupper() and i + 1 < len(name) and name[i + 1].islower()
        out += f"_{c}" if after_lower or before_lower else c
    return out


def class_test(frame: Frame, value: ir.Expr, classes: list[Class], builtins: list[str]) -> ir.Expr:
    """isinstance of an instance or exception whose class only the value knows."""
    paths = ", ".join(f"&{class_static(c)}" for c in (*classes, *builtins))
    return ir.Op(
        as_type(BOOL),
        f"is_any_subclass({{x}}.py_class(), &[{paths}])",
        {"x": ir.Operand(value, "recv")},
        False,
        pure=True,
    )


# -- subscripts


def getitem(frame: Frame, node: ast.Subscript, value: ir.Expr, index: ast.expr) -> ir.Expr:
    from portalis.translate.lower import call

    ty = ty_of(value)
    if isinstance(node.value, ast.Name) and frame.engine.program.names.get(node.value) in BUILTIN_CLASSES:
        # `list[int]` outside an annotation: an alias, of which only the class matters.
        return value
    if ty.kind == "never":
        return diverge(value)
    if ty.kind == "value" and isinstance(index, ast.Slice):
        parts = [frame.expr(b) if b is not None else none() for b in (index.lower, index.upper, index.step)]
        return dynamic_operation(
            frame, node, "getslice", [value, *(coerce(frame, p, VALUE) for p in parts)]
        )
    cls = _user_class(ty)
    if cls is not None and _literal_int(index) is not None:
        value = call.as_plain_tuple(frame, node, value)
        ty = ty_of(value)
        cls = _user_class(ty)
    if cls is not None and cls.find_method("__getitem__") is not None:
        return call.method_exprs(frame, node, value, "__getitem__", [frame.expr(index)])
    if ty.kind == "tuple" and not ty.optional:
        fixed = _tuple_item(frame, node, value, index)
        if fixed is not None:
            return fixed
        value = as_vartuple(frame, node, value)
    if isinstance(index, ast.Slice) and ty_of(value).kind != "value":
        bounds = [frame.expr(b) if b is not None else none() for b in (index.lower, index.upper, index.step)]
        if all(ty_of(b).kind != "value" for b in bounds):
            return operation(frame, node, "getslice", [value, *bounds])
        value = coerce(frame, value, VALUE)
    return operation(frame, node, "getitem", [value, frame.expr(index)])


def _literal_int(node: ast.expr | None) -> int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _literal_int(node.operand)
        return None if inner is None else -inner
    return None


def _tuple_item(
    frame: Frame, node: ast.AST, value: ir.Expr, index: ast.expr
) -> ir.Expr | None:
    cells = ty_of(value).args
    position = _literal_int(index)
    if position is not None and -len(cells) <= position < len(cells):
        position %= len(cells)
        return ir.TupleItem(as_type(frame.read(cells[position])), value, position)
    if isinstance(index, ast.Slice):
        parts = (index.lower, index.upper, index.step)
        bounds = [_literal_int(p) for p in parts]
        if all(p is None or b is not None for p, b in zip(parts, bounds, strict=True)) and bounds[2] != 0:
            chosen = list(range(len(cells)))[slice(*bounds)]
            local = frame.temp(ty_of(value), "items")
            items: list[ir.Expr] = [
                ir.TupleItem(as_type(frame.read(cells[i])), ir.Var(local.ty, local), i) for i in chosen
            ]
            ty = Ty("tuple", tuple(cells[i] for i in chosen))
            return ir.Block(
                as_type(ty), [ir.Declare(frame.line, local, value)], ir.TupleLit(as_type(ty), items)
            )
    return None


__all__ = ["INT", "Cell", "binary", "compare"]
