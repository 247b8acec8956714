"""Truth, comparison, membership and identity; class descriptors."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from portalis.translate.frontend.lattice import (
    BOOL,
    NUMERIC,
    OBJECTS,
    VALUE,
    Ty,
)
from portalis.translate.frontend.program import EXCEPTIONS, Class
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    answers,
    call,
    class_identity,
    names,
    narrowing,
    operators,
    unions,
)
from portalis.translate.lower.coerce import coerce, diverge
from portalis.translate.lower.context import Frame, as_type, ty_of
from portalis.translate.lower.free_answers import FreeAnswers
from portalis.translate.lower.match_rows import apply_row
from portalis.translate.lower.row_calls import on_none
from portalis.translate.lower.row_choice import find_row
from portalis.translate.rows.dyn_rows import (
    BUILTIN_CLASSES,
    DYNAMIC_COMPARES,
    LIBRARY_CLASSES,
)

COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_COMPARE_DUNDERS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


# `Any`: literals of the kinds that Python itself can order.
_LITERAL_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_REFLECTED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_PY_COMPARE = {
    "==": "py_eq",
    "!=": "py_ne",
    "<": "py_lt",
    "<=": "py_le",
    ">": "py_gt",
    ">=": "py_ge",
}


# What `bool(x)` asks an instance, in this order.


def truth(frame: Frame, value: ir.Expr) -> ir.Expr:

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
    if kind in OBJECTS:
        asked = {_asked_for_truth(d) for c in ty.classes() for d in (c, *c.descendants())}
        if asked == {None} and ty.optional:
            return ir.Op(
                as_type(BOOL), "{x}.is_some()", {"x": ir.Operand(value, "recv")}, False, pure=True
            )
        if asked == {None}:
            always = ir.Lit(as_type(BOOL), True)
            return ir.Block(as_type(BOOL), [ir.Eval(frame.line, value)], always)
        if asked == {"__bool__"} and kind == "inst" and not ty.optional:
            made = call.method_exprs(frame, value_node(frame), value, "__bool__", [])
            return truth(frame, answers.checked(frame, made, "__bool__"))
    return ir.Op(
        as_type(BOOL),
        "{x}.py_truth()",
        {"x": ir.Operand(value, "recv", lends=True)},
        True,
        name="truth",
        pure=True,
    )


def _asked_for_truth(cls: Class) -> str | None:
    return next((d for d in ("__bool__", "__len__") if cls.find_method(d) is not None), None)


def value_node(frame: Frame) -> ast.AST:
    return frame.function.node


def compare(frame: Frame, node: ast.Compare) -> ir.Expr:

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
    if isinstance(op, (ast.In, ast.NotIn)) and isinstance(
        right_node, (ast.Tuple, ast.List, ast.Set)
    ):
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

    lt, rt = ty_of(left), ty_of(right)
    if rt.kind == "none":
        return narrowing.is_none(frame, left)
    if lt.kind == "none":
        return narrowing.is_none(frame, right)
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

    if not (_settled(needle) or _settled(container)):
        # Rust would evaluate the container first.
        local = frame.temp(ty_of(needle), "needle")
        found = contains(frame, node, ir.Var(local.ty, local), container)
        return ir.Block(found.ty, [ir.Declare(frame.line, local, needle)], found)
    if unions.is_union(container) and unions.any_has(ty_of(container), "__contains__"):
        body: list[ir.Stmt] = []
        needle, container = unions.held(frame, body, needle, container)
        found = unions.each(
            frame, node, container, "in", lambda it: contains(frame, node, needle, it)
        )
        return unions.block(body, found)
    cls = operators.user_class(ty_of(container))
    if cls is not None and cls.find_method("__contains__") is not None:
        made = call.method_exprs(frame, node, container, "__contains__", [needle])
        return truth(frame, made)
    if ty_of(container).kind == "tuple" and not ty_of(container).optional:
        return _in_tuple(frame, node, needle, container)
    return operators.operation(frame, node, "in", [needle, container])


def _settled(value: ir.Expr) -> bool:
    """Evaluating it runs nothing."""
    return isinstance(value, (ir.Lit, ir.Var))


def _in_tuple(frame: Frame, node: ast.AST, needle: ir.Expr, container: ir.Expr) -> ir.Expr:
    a, b = frame.temp(ty_of(needle), "needle"), frame.temp(ty_of(container), "items")
    me, items = ir.Var(a.ty, a), ir.Var(b.ty, b)
    tests = [
        _is_or_equals(frame, node, me, ir.TupleItem(as_type(frame.read(cell)), items, i))
        for i, cell in enumerate(ty_of(container).args)
    ]
    value: ir.Expr = (
        ir.BoolOp(as_type(BOOL), "||", tests) if tests else ir.Lit(as_type(BOOL), False)
    )
    body: list[ir.Stmt] = [ir.Declare(frame.line, a, needle), ir.Declare(frame.line, b, container)]
    return ir.Block(as_type(BOOL), body, value)


def _is_or_equals(frame: Frame, node: ast.AST, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """What containers ask of their items: an object is found that does not equal itself."""
    lt, rt = ty_of(left), ty_of(right)
    kinds = {lt.kind, rt.kind}
    if "never" not in kinds and (
        "value" in kinds or (lt.same(rt) and not kinds <= _EQUAL_THEMSELVES)
    ):
        wanted = VALUE if "value" in kinds else lt
        operands = {
            "a": ir.Operand(coerce(frame, left, wanted), "ref"),
            "b": ir.Operand(coerce(frame, right, wanted), "ref"),
        }
        return ir.Op(as_type(BOOL), "is_or_equals({a}, {b})", operands, True, pure=True)
    # An `__eq__` may give anything.
    return truth(frame, equality(frame, node, "==", left, right))


_EQUAL_THEMSELVES = frozenset(("int", "bool", "str", "bytes", "none"))


def equality(frame: Frame, node: ast.AST, op: str, left: ir.Expr, right: ir.Expr) -> ir.Expr:

    lt, rt = ty_of(left), ty_of(right)
    if lt.kind == "never" or rt.kind == "never":
        return diverge(left, right)
    dunder = f"__{_COMPARE_DUNDERS[op]}__"
    if isinstance(left, ir.Lit) and isinstance(right, ir.Lit) and lt.kind == rt.kind == "int":
        return ir.Lit(as_type(BOOL), _LITERAL_COMPARE[op](left.value, right.value))
    mixed = _of_unions(frame, node, op, left, right)
    if mixed is not None:
        return mixed
    lc, rc = operators.user_class(lt), operators.user_class(rt)
    reflected = f"__{_COMPARE_DUNDERS[_REFLECTED[op]]}__"
    asked = (reflected, "__eq__") if op == "!=" else (reflected,)
    if any(b.find_method(name) for _, b in operators.below(lc, rc) for name in asked):
        return _by_class(frame, op, left, right)
    if lc is not None and _usable(frame, lc, dunder, right):
        return call.method_exprs(frame, node, left, dunder, [right])
    if (
        lc is not None
        and op == "!="
        and _usable(frame, lc, "__eq__", right)
        and not lc.find_method("__ne__")
    ):
        made = call.method_exprs(frame, node, left, "__eq__", [right])
        return ir.Not(as_type(BOOL), truth(frame, made))
    if rc is not None and lc is None and _usable(frame, rc, reflected, left):
        local = frame.temp(lt, "left")
        made = call.method_exprs(frame, node, right, reflected, [ir.Var(local.ty, local)])
        return ir.Block(made.ty, [ir.Declare(frame.line, local, left)], made)
    if not lt.optional and not rt.optional and (lt.kind in NUMERIC | {"bool", "str"}):
        found = find_row(frame, op, [left, right], {}, 1)
        if found is not None:
            return apply_row(frame, node, *found)
    return _of_values(frame, node, op, left, right)


def _of_values(frame: Frame, node: ast.AST, op: str, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """A comparison that no class of the program decides by itself."""
    lt, rt = ty_of(left), ty_of(right)
    some_objects = lt.kind in OBJECTS or rt.kind in OBJECTS
    is_order = op not in ("==", "!=")
    if not lt.same(rt) or (is_order and some_objects and lt.optional):
        if not is_order:
            left, right = _for_equality(frame, left, right)
        elif (lt.optional or rt.optional) and _lacks_none(lt, rt, op):
            error = on_none(op, [left, right])
            if lt.optional:
                left = coerce(frame, left, lt.required(), error(0))
            else:
                right = coerce(frame, right, rt.required(), error(1))
            return equality(frame, node, op, left, right)
        elif {lt.kind, rt.kind} <= {"tuple", "vartuple"} or (lt.kind == rt.kind and lt.args):
            joined = frame.engine.lattice.join(lt, rt)
            left, right = coerce(frame, left, joined), coerce(frame, right, joined)
        elif one_hierarchy(lt, rt):
            pass
        else:
            left, right = coerce(frame, left, VALUE), coerce(frame, right, VALUE)
    cls = operators.user_class(ty_of(left))
    if cls is not None and cls.find_method(f"__{_COMPARE_DUNDERS[op]}__"):
        if _answered_freely(frame, op):
            left, right = coerce(frame, left, VALUE), coerce(frame, right, VALUE)
    if ty_of(left).kind == "value" and op in DYNAMIC_COMPARES:
        operands = {"a": ir.Operand(left, "ref"), "b": ir.Operand(right, "ref")}
        if _answered_freely(frame, op):
            return ir.Op(
                as_type(VALUE), f"{DYNAMIC_COMPARES[op]}({{a}}, {{b}})", operands, True, name=op
            )
    lists = all(ty_of(v).kind == "list" and not ty_of(v).optional for v in (left, right))
    method = _PY_COMPARE[op].removeprefix("py_") + "_list" if lists else _PY_COMPARE[op]
    operands = {"a": ir.Operand(left, "recv", lists), "b": ir.Operand(right, "ref", lists)}
    return ir.Op(as_type(BOOL), f"{{a}}.{method}({{b}})", operands, True, name=op, pure=True)


def _answered_freely(frame: Frame, op: str) -> bool:
    """Whether some class's answer to a comparison of dynamic values may be no bool."""
    engine = frame.engine
    both = (op, _REFLECTED[op])
    methods = [m for asked in both for m in engine.dunders(f"__{_COMPARE_DUNDERS[asked]}__")]
    if op not in ("==", "!=") or not methods:
        return bool(methods)
    found = engine.free_answers.get(op)
    if found is None:
        found = engine.free_answers[op] = FreeAnswers(methods)
        found.ask(engine.lattice)
    return frame.read(found.free).kind != "never"


def _of_unions(
    frame: Frame, node: ast.AST, op: str, left: ir.Expr, right: ir.Expr
) -> ir.Expr | None:
    """A comparison for each class that an operand may be of, where classes say how."""
    mine, theirs = (f"__{_COMPARE_DUNDERS[o]}__" for o in (op, _REFLECTED[op]))
    asked = {mine, theirs, "__eq__"} if op == "!=" else {mine, theirs}
    if not (unions.is_union(left) or unions.is_union(right)):
        return None
    if not any(
        ty_of(v).kind in OBJECTS and unions.any_has(ty_of(v), *asked) for v in (left, right)
    ):
        return None
    body: list[ir.Stmt] = []
    left, right = unions.held(frame, body, left, right)
    if unions.is_union(left):
        made = unions.each(frame, node, left, op, lambda it: equality(frame, node, op, it, right))
        return unions.block(body, made)
    lt = ty_of(left)
    own = lt.cls is not None and not lt.optional and lt.cls.find_method(mine) is not None
    sharing = [c for c in ty_of(right).members if operators.below(operators.user_class(lt), c)]
    if own and not sharing:
        return None
    name = lt.cls.name if lt.cls is not None else ""
    made = unions.each(
        frame, node, right, f"{op} {name}", lambda it: equality(frame, node, op, left, it)
    )
    return unions.block(body, made)


def _lacks_none(left: Ty, right: Ty, op: str) -> bool:
    """Where one operand is None an order raises, with a message that is known."""
    reflected = f"__{_COMPARE_DUNDERS[_REFLECTED[op]]}__"
    other = right if left.optional else left
    if other.kind == "union" or (other.cls is not None and other.cls.descendants()):
        return False
    return not (left.optional and right.kind in OBJECTS and unions.any_has(right, reflected))


def _by_class(frame: Frame, op: str, left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """The right operand may be of a class below the left one's, and is asked first then."""
    for name in (op, "==") if op == "!=" else (op,):
        dunder, reflected = _COMPARE_DUNDERS[name], _COMPARE_DUNDERS[_REFLECTED[name]]
        operators.accept(frame, operators.user_class(ty_of(left)), f"__{dunder}__", right)
        operators.accept(frame, operators.user_class(ty_of(right)), f"__{reflected}__", left)
    boxed = [coerce(frame, left, VALUE), coerce(frame, right, VALUE)]
    operands = {"a": ir.Operand(boxed[0], "ref"), "b": ir.Operand(boxed[1], "ref")}
    return ir.Op(as_type(VALUE), f"{DYNAMIC_COMPARES[op]}({{a}}, {{b}})", operands, True, name=op)


def _usable(frame: Frame, cls: Class, dunder: str, other: ir.Expr) -> bool:

    return cls.find_method(dunder) is not None and not operators.may_return_not_implemented(
        frame, cls, dunder, other
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
    elif lt.kind in OBJECTS and rt.kind in OBJECTS:
        wanted = frame.engine.lattice.join(lt, rt)
    else:
        wanted = VALUE
    return coerce(frame, left, wanted), coerce(frame, right, wanted)


def class_static(cls: Class | str) -> str:
    """The Rust path of a class descriptor."""
    if isinstance(cls, Class):
        return f"crate::{names.static_path(cls)}"
    return BUILTIN_CLASSES.get(cls) or LIBRARY_CLASSES.get(cls) or snake(cls).upper()


def is_known_class(name: str) -> bool:
    """The runtime has a descriptor for the built-in class."""
    return name in BUILTIN_CLASSES or name in EXCEPTIONS


def snake(name: str) -> str:
    """CamelCase → snake_case, as the runtime names its exception classes."""
    out = ""
    for i, c in enumerate(name):
        after_lower = i > 0 and c.isupper() and not name[i - 1].isupper()
        before_lower = i > 0 and c.isupper() and i + 1 < len(name) and name[i + 1].islower()
        out += f"_{c}" if after_lower or before_lower else c
    return out


def class_test(frame: Frame, value: ir.Expr, classes: list[Class], builtins: list[str]) -> ir.Expr:
    """isinstance of an instance or exception whose class only the value knows."""
    named: list[Class | str] = [*classes, *builtins]
    paths = ", ".join(f"&{class_static(c)}" for c in named)
    return ir.Op(
        as_type(BOOL),
        f"is_any_subclass({{x}}.py_class(), &[{paths}])",
        {"x": ir.Operand(value, "recv")},
        False,
        pure=True,
    )
