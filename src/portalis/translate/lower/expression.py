"""Expressions: AST to IR. `expr` dispatches on the node's type."""

from __future__ import annotations

import ast
import builtins
import re

from portalis.translate.frontend.expand.unit import is_constant
from portalis.translate.frontend.lattice import (
    BOOL,
    BYTES,
    COMPLEX,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECTS,
    STR,
    VALUE,
    Ty,
)
from portalis.translate.frontend.program import (
    EXCEPTION_ALIASES,
    EXCEPTIONS,
    Class,
    Function,
    Imported,
    Module,
    Variable,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    binding,
    call,
    class_value,
    closure,
    comparing,
    mappings,
    names,
    narrowing,
    opening,
    operators,
    regex_flags,
    row_calls,
    special,
    unions,
)
from portalis.translate.lower.coerce import coerce, diverge, flow_into, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.match_rows import item_of
from portalis.translate.rows.dyn_rows import BUILTIN_CLASSES

_CONSTANTS: dict[type, Ty] = {
    bool: BOOL,
    int: INT,
    float: FLOAT,
    complex: COMPLEX,
    str: STR,
    bytes: BYTES,
    type(None): NONE,
}


_SURROGATES = re.compile(r"[\ud800-\udfff]")


def constant(frame: Frame, node: ast.Constant) -> ir.Expr:
    value = node.value
    if value is ...:
        return ir.Op(as_type(VALUE), "Value::Ellipsis", {}, False, pure=True)
    if isinstance(value, str) and not value.isascii() and _SURROGATES.search(value):
        raise Refusal("PT202", node, "a string with a lone surrogate has no Rust counterpart")
    return ir.Lit(as_type(_CONSTANTS[type(value)]), value)


def name(frame: Frame, node: ast.Name) -> ir.Expr:
    target = frame.engine.program.names.get(node)
    check_certain(frame, node)
    if isinstance(target, Variable):
        return variable(frame, target, node)
    if target is None:
        raise Refusal("PT104", node, f"the name {node.id!r} cannot be resolved")
    return builtin_value(frame, target, node)


def check_certain(frame: Frame, node: ast.Name) -> None:
    if node in frame.engine.program.uncertain:
        raise Refusal("PT104", node, f"{node.id} may be the builtin or the module's own here")


def builtin_value(frame: Frame, target: str, node: ast.AST) -> ir.Expr:
    if target == "NotImplemented":
        return ir.Op(as_type(VALUE), "Value::NotImplemented", {}, False, pure=True)
    if target == "__name__":
        main = "__main__" if frame.module.is_main else frame.module.name
        return ir.Lit(as_type(STR), main)
    if target == "__file__":
        raise Refusal("PT203", node, "__file__ has no meaning in a compiled program")
    if target in BUILTIN_CLASSES:
        static = f"Value::Class(&{BUILTIN_CLASSES[target]})"
        return ir.Op(as_type(VALUE), static, {}, False, pure=True)
    if target in call.BUILTIN_NAMES:
        return ir.Op(
            as_type(VALUE),
            f'dynamic::builtin("{target}").expect("a known builtin")',
            {},
            False,
            pure=True,
        )
    if target in EXCEPTIONS:
        static = comparing.class_static(EXCEPTION_ALIASES.get(target, target))
        return ir.Op(as_type(VALUE), f"Value::Class(&{static})", {}, False, pure=True)
    if target == "__doc__" and frame.module.body is not None:
        return _text_or_none(ast.get_docstring(frame.module.tree, clean=False))
    if target not in dir(builtins) and (frame.expects_name_error or not _imports_all(frame)):
        return special.undefined_name(target)
    raise Refusal(
        "PT104",
        node,
        f"the name {target!r} is not defined here, and no builtin of that name is known",
    )


def _imports_all(frame: Frame) -> bool:
    """A star import that nobody could follow may have brought any name."""
    statements = frame.module.nodes.every(ast.ImportFrom)
    return any(alias.name == "*" for n in statements for alias in n.names)


def _text_or_none(text: str | None) -> ir.Expr:
    return ir.Lit(as_type(NONE if text is None else STR), text)


def variable(frame: Frame, target: Variable, node: ast.AST) -> ir.Expr:
    known_entity = target.entity and target.known_entity
    if known_entity is not None:
        return closure.once_defined(frame, target, entity(frame, known_entity, node))
    if target.is_global:
        if target.constant is not None:
            return frame.expr(target.constant)
        ty = frame.read(target.cell)
        got = ir.GlobalGet(as_type(ty), names.global_path(target), target.name)
        fact = frame.narrow.get(target)
        return narrowing.narrowed(frame, got, fact) if fact is not None else got
    local = frame.local(target)
    value: ir.Expr = ir.Var(local.ty, local)
    known = frame.narrow.get(target)
    return narrowing.narrowed(frame, value, known) if known is not None else value


def entity(frame: Frame, target: Function | Class | Module | Imported, node: ast.AST) -> ir.Expr:
    if isinstance(target, Function) and target.kind in ("property", "class"):
        raise Refusal("PT204", node, f"{target.name} of a class is used as a value in its body")
    if isinstance(target, Function):
        return closure.function_value(frame, target, node)
    if isinstance(target, Class):
        return class_value.known_class(frame, target, node)
    if isinstance(target, Imported):
        return attribute.library_value(frame, target.path, node)
    raise Refusal("PT202", node, "a module is used as a value")


def list_display(frame: Frame, node: ast.List) -> ir.Expr:
    cell = frame.site(node)
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return spread(frame, node, node.elts, Ty("list", (cell,)))
    items = [frame.expr(item) for item in node.elts]
    for item in items:
        frame.flow(ty_of(item), cell)
    wanted = frame.read(cell)
    return ir.ListLit(as_type(Ty("list", (cell,))), [coerce(frame, i, wanted) for i in items])


def spread(frame: Frame, node: ast.AST, items: list[ast.expr], ty: Ty) -> ir.Expr:
    """`[*xs, y]`: a list that is extended piece by piece."""
    cell = ty.args[0]
    listed = Ty("list", (cell,))
    local = frame.temp(listed, "items")
    body: list[ir.Stmt] = [ir.Declare(frame.line, local, ir.ListLit(as_type(listed), []))]
    me = ir.Var(as_type(listed), local)
    for item in items:
        starred = isinstance(item, ast.Starred)
        value = frame.expr(item.value if isinstance(item, ast.Starred) else item)
        if starred and ty.kind != "set" and _may_not_iterate(frame, ty_of(value)):
            value = ir.Op(
                as_type(VALUE),
                "spreadable({xs})",
                {"xs": ir.Operand(coerce(frame, value, VALUE), "own")},
                True,
            )
        if starred:
            push = row_calls.method(frame, item, "list.extend", me, [value])
        else:
            push = row_calls.method(frame, item, "list.append", me, [value])
        body.append(ir.Eval(frame.line, push))
    built: ir.Expr = me
    if ty.kind != "list":
        built = row_calls.builtin(frame, node, "tuple" if ty.kind == "vartuple" else ty.kind, [me])
        if ty_of(built).args:
            frame.engine.lattice.unify(ty_of(built).args[0], cell)
    return ir.Block(as_type(ty), body, built)


def _may_not_iterate(frame: Frame, ty: Ty) -> bool:
    return ty.kind == "value" or (ty.kind != "never" and item_of(frame, ty) is None)


def tuple_display(frame: Frame, node: ast.Tuple) -> ir.Expr:
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return spread(frame, node, node.elts, Ty("vartuple", (frame.site(node),)))
    return make_tuple(frame, node, [frame.expr(item) for item in node.elts])


def make_tuple(frame: Frame, node: ast.AST, items: list[ir.Expr]) -> ir.Expr:
    if len(items) > 12:
        cell = frame.site(node)
        for item in items:
            frame.flow(ty_of(item), cell)
        wanted = frame.read(cell)
        listed = ir.ListLit(as_type(Ty("list", (cell,))), [coerce(frame, i, wanted) for i in items])
        return ir.Op(
            as_type(Ty("vartuple", (cell,))),
            "Tuple::from({xs}.to_vec())",
            {"xs": ir.Operand(listed, "own")},
            False,
        )
    cells = tuple(frame.site(node, i) for i in range(len(items)))
    out = [flow_into(frame, item, cell) for item, cell in zip(items, cells, strict=True)]
    return ir.TupleLit(as_type(Ty("tuple", cells)), out)


def set_display(frame: Frame, node: ast.Set, walked: bool = False) -> ir.Expr:
    """walked: only to be iterated over, for which CPython makes a frozenset of constants."""
    cell = frame.site(node)
    if any(isinstance(item, ast.Starred) for item in node.elts):
        return spread(frame, node, node.elts, Ty("set", (cell,)))
    items = [frame.expr(item) for item in node.elts]
    for item in items:
        frame.flow(ty_of(item), cell)
    wanted = frame.read(cell)
    constants = all(map(is_constant, node.elts))
    kind = "frozenset" if walked and constants else "set"
    made = [coerce(frame, i, wanted) for i in items]
    return ir.SetLit(as_type(Ty(kind, (cell,))), made, constants and len(items) > 2)


def dict_display(frame: Frame, node: ast.Dict) -> ir.Expr:
    key_cell, item_cell = frame.site(node, "key"), frame.site(node, "item")
    ty = Ty("dict", (key_cell, item_cell))
    if any(key is None for key in node.keys):
        return _dict_spread(frame, node, ty)
    pairs = [
        (frame.expr(k), frame.expr(v))
        for k, v in zip(node.keys, node.values, strict=True)
        if k is not None
    ]
    for key, item in pairs:
        frame.flow(ty_of(key), key_cell)
        frame.flow(ty_of(item), item_cell)
    key_ty, item_ty = frame.read(key_cell), frame.read(item_cell)
    return ir.DictLit(
        as_type(ty), [(coerce(frame, k, key_ty), coerce(frame, v, item_ty)) for k, v in pairs]
    )


def _dict_spread(frame: Frame, node: ast.Dict, ty: Ty) -> ir.Expr:
    local = frame.temp(ty, "items")
    body: list[ir.Stmt] = [ir.Declare(frame.line, local, ir.DictLit(as_type(ty), []))]
    me = ir.Var(as_type(ty), local)
    for key, value in zip(node.keys, node.values, strict=True):
        item = frame.expr(value)
        if key is None:
            item = mappings.plain(frame, item)
            step = row_calls.method(frame, value, "dict.update", me, [item])
        else:
            step = operators.operation(frame, value, "setitem", [me, frame.expr(key), item])
        body.append(ir.Eval(frame.line, step))
    return ir.Block(as_type(ty), body, me)


def joined_string(frame: Frame, node: ast.JoinedStr) -> ir.Expr:
    parts: list[ir.Expr] = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(
                ir.Op(
                    as_type(STR),
                    "{text}",
                    {"text": ir.Operand(frame.expr(value), "literal")},
                    False,
                )
            )
        else:
            assert isinstance(value, ast.FormattedValue)
            parts.append(formatted(frame, value))
    if not parts:
        return ir.Lit(as_type(STR), "")
    return ir.Op(
        as_type(STR),
        "fstr(&[{parts}])",
        {"parts": ir.Operand(ir.TupleLit(as_type(NONE), parts), "shows", lends=True)},
        True,
        name="fstr",
    )


def formatted(frame: Frame, node: ast.FormattedValue) -> ir.Expr:
    """One replacement field: a piece for `fstr`."""
    value = frame.expr(node.value)
    if ty_of(value).kind == "never":
        return diverge(value)
    conversion = chr(node.conversion) if node.conversion != -1 else ""
    regex_flags.check_shown(frame, node.value)
    if conversion and isinstance(node.format_spec, ast.JoinedStr):
        if not all(isinstance(v, ast.Constant) for v in node.format_spec.values):
            return _converted_late(frame, node, value, _CONVERSIONS[conversion])
    if conversion == "a":
        value = row_calls.builtin(frame, node, "ascii", [value])
    elif conversion == "r" and node.format_spec is None:
        return ir.Op(
            as_type(STR),
            "&Repr({x})",
            {"x": ir.Operand(value, "ref", lends=True)},
            False,
            name="piece",
        )
    elif conversion:
        value = row_calls.builtin(frame, node, _CONVERSIONS[conversion], [value])
    ty = ty_of(value)
    cls = operators.user_class(ty)
    if ty.kind == "value" or (
        ty.kind in OBJECTS
        and unions.any_has(ty, "__format__")
        and not (cls is not None and call.always_has(cls, "__format__"))
    ):
        opening.by_name(frame, "__format__")
        value = coerce(frame, value, VALUE)
    own = _own_format(frame, node, value)
    if own is not None:
        return ir.Op(as_type(STR), "{x}", {"x": ir.Operand(own, "ref")}, False, name="piece")
    spec = node.format_spec
    if spec is None and ty_of(value).kind == "value" and _says_how(frame):
        # The object's class, not what `str` makes of it.
        spec = ast.JoinedStr([])
    if spec is None:
        shown = ir.Operand(value, "ref", lends=True)
        return ir.Op(as_type(STR), "{x}", {"x": shown}, False, name="piece")
    assert isinstance(spec, ast.JoinedStr)
    operands = {"x": ir.Operand(value, "ref")}
    if all(isinstance(v, ast.Constant) for v in spec.values):
        text = "".join(str(v.value) for v in spec.values if isinstance(v, ast.Constant))
        operands["spec"] = ir.Operand(ir.Lit(as_type(STR), text), "literal")
        return ir.Op(as_type(STR), "&Format({x}, {spec})", operands, False, name="piece")
    operands["spec"] = ir.Operand(joined_string(frame, spec), "ref")
    return ir.Op(as_type(STR), "&Format({x}, {spec}.as_str())", operands, False, name="piece")


_CONVERSIONS = {"a": "ascii", "r": "repr", "s": "str"}


def _converted_late(
    frame: Frame, node: ast.FormattedValue, value: ir.Expr, convert: str
) -> ir.Expr:
    """`{x!r:{width}}`: the conversion is called once what it is formatted by is known."""
    assert isinstance(node.format_spec, ast.JoinedStr)
    before: list[ir.Stmt] = []
    held = binding.temporary(frame, value, before)
    spec = binding.temporary(frame, joined_string(frame, node.format_spec), before)
    text = row_calls.builtin(frame, node, convert, [held])
    made = ir.Block(as_type(STR), before, row_calls.builtin(frame, node, "format", [text, spec]))
    return ir.Op(as_type(STR), "{x}", {"x": ir.Operand(made, "ref")}, False, name="piece")


def _says_how(frame: Frame) -> bool:
    """Some class of the program has a `__format__`."""
    return any("__format__" in c.methods for c in frame.engine.program.every_class())


def _own_format(frame: Frame, node: ast.FormattedValue, value: ir.Expr) -> ir.Expr | None:
    """What the value's class says in `__format__`."""
    ty = ty_of(value)
    if ty.kind != "inst" or ty.optional or ty.cls is None:
        return None
    if not call.implementations(ty.cls, "__format__"):
        return None
    spec = node.format_spec
    assert spec is None or isinstance(spec, ast.JoinedStr)
    text = joined_string(frame, spec) if spec is not None else ir.Lit(as_type(STR), "")
    return coerce(frame, call.method_exprs(frame, node, value, "__format__", [text]), STR)


def if_expression(frame: Frame, node: ast.IfExp) -> ir.Expr:
    condition, yes, no = narrowing.test(frame, node.test)
    if isinstance(condition, ir.Lit):
        branch = node.body if condition.value else node.orelse
        return _side(frame, node, branch)
    if ty_of(condition).kind == "never":
        # Nothing is known of it yet, or it raises: neither branch says anything.
        return condition
    saved = dict(frame.narrow)
    frame.narrow.update(yes)
    then = _side(frame, node, node.body)
    frame.narrow = dict(saved)
    frame.narrow.update(no)
    other = _side(frame, node, node.orelse)
    frame.narrow = saved
    return choose(frame, node, condition, then, other)


_WALK_ALIKE = frozenset(("range", "list", "vartuple", "str"))


def _side(frame: Frame, node: ast.IfExp, branch: ast.expr) -> ir.Expr:
    """A branch; of a choice that is only walked, an iterator where it walks the same whenever
    the walk is begun."""
    value = frame.expr(branch)
    ty = ty_of(value)
    if node not in frame.engine.program.walked or ty.optional or ty.kind not in _WALK_ALIKE:
        return value
    return row_calls.builtin(frame, branch, "iter", [value])


def choose(frame: Frame, node: ast.AST, condition: ir.Expr, a: ir.Expr, b: ir.Expr) -> ir.Expr:
    cell = frame.site(node, "join")
    frame.flow(ty_of(a), cell)
    frame.flow(ty_of(b), cell)
    ty = frame.read(cell)
    return ir.IfExp(as_type(ty), condition, coerce(frame, a, ty), coerce(frame, b, ty))


def bool_operation(frame: Frame, node: ast.BoolOp) -> ir.Expr:
    """`and`/`or` as values: the operand that decided."""
    values = node.values
    head, rest = values[0], values[1:]
    first = frame.expr(head)
    if ty_of(first).kind == "bool" and _all_bool(frame, node):
        condition, _, _ = narrowing.test(frame, node)
        return condition
    return _decide(frame, node, first, head, rest, isinstance(node.op, ast.And))


def _all_bool(frame: Frame, node: ast.BoolOp) -> bool:
    saved = dict(frame.narrow)
    kinds = []
    for value in node.values:
        kinds.append(ty_of(frame.expr(value)).kind)
        _, yes, no = narrowing.test(frame, value)
        frame.narrow.update(yes if isinstance(node.op, ast.And) else no)
    frame.narrow = saved
    return all(kind in ("bool", "never") for kind in kinds)


def _decide(
    frame: Frame,
    node: ast.BoolOp,
    first: ir.Expr,
    head: ast.expr,
    rest: list[ast.expr],
    is_and: bool,
) -> ir.Expr:
    if not rest:
        return first
    ty = ty_of(first)
    if ty.kind == "never":
        return diverge(first)
    local = frame.temp(ty, "left")
    left = ir.Var(as_type(ty), local)
    condition = comparing.truth(frame, left)
    _, yes, no = narrowing.test(frame, head)
    saved = dict(frame.narrow)
    frame.narrow.update(yes if is_and else no)
    if isinstance(condition, ir.Lit):
        frame.narrow = saved
        keeps = bool(condition.value) != is_and
        if keeps:
            return first
        value = _decide(frame, node, frame.expr(rest[0]), rest[0], rest[1:], is_and)
        return ir.Block(value.ty, [ir.Eval(frame.line, first)], value)
    other = _decide(frame, node, frame.expr(rest[0]), rest[0], rest[1:], is_and)
    frame.narrow = saved
    kept: ir.Expr = left
    if not is_and and ty.optional:
        kept = narrowing.narrowed(frame, left, ty.required())
    if is_and:
        value = choose(frame, rest[0], condition, other, kept)
    else:
        value = choose(frame, rest[0], condition, kept, other)
    return ir.Block(value.ty, [ir.Declare(frame.line, local, first)], value)


def unary(frame: Frame, node: ast.UnaryOp) -> ir.Expr:
    if isinstance(node.op, ast.Not):
        condition, _, _ = narrowing.test(frame, node)
        return condition
    operand = node.operand
    if isinstance(node.op, ast.USub) and isinstance(operand, ast.Constant):
        value = operand.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return ir.Lit(as_type(_CONSTANTS[type(value)]), -value)
    op = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}[type(node.op)]
    return operators.operation(frame, node, op, [frame.expr(operand)])


def binary(frame: Frame, node: ast.BinOp) -> ir.Expr:
    left = frame.expr(node.left)
    right = frame.expr(node.right)
    return operators.binary(frame, node, type(node.op), left, right)


def subscript(frame: Frame, node: ast.Subscript) -> ir.Expr:
    cls = attribute.named_entity(frame, node.value)
    if isinstance(cls, Class) and _is_generic(cls):
        raise Refusal("PT206", node, f"{cls.name}[…] is used as a value: a type, not the class")
    value = frame.expr(node.value)
    return operators.getitem(frame, node, value, node.slice)


def _is_generic(cls: Class) -> bool:
    """Whether CPython makes a type of `cls[…]`."""
    return any(
        hasattr(c.node, "makes_types") or any(isinstance(b, ast.Subscript) for b in c.node.bases)
        for c in cls.mro()
    )


def slice_object(frame: Frame, node: ast.Slice) -> ir.Expr:
    parts = [
        frame.expr(p) if p is not None else none() for p in (node.lower, node.upper, node.step)
    ]
    return ir.Op(
        as_type(VALUE),
        "dynamic::make_slice({a}, {b}, {c})",
        {k: ir.Operand(coerce(frame, p, VALUE), "ref") for k, p in zip("abc", parts, strict=True)},
        True,
    )


def walrus(frame: Frame, node: ast.NamedExpr) -> ir.Expr:
    value = frame.expr(node.value)
    target = frame.engine.program.names[node.target]
    assert isinstance(target, Variable)
    store = closure.store_variable(frame, target, value)
    frame.narrow[target] = ty_of(value)
    result = variable(frame, target, node)
    return ir.Block(result.ty, [store], result)


def lambda_(frame: Frame, node: ast.Lambda) -> ir.Expr:
    return closure.function_value(frame, frame.engine.program.functions[node], node)


def attribute_(frame: Frame, node: ast.Attribute) -> ir.Expr:
    return attribute.get(frame, node)


def never() -> ir.Expr:
    return ir.Diverge(as_type(NEVER), [])
