"""Calls: of functions, methods, classes, builtins, and of values."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from portalis.translate.frontend.expand.named_tuple import AS_TUPLE
from portalis.translate.frontend.lattice import EXC, NEVER, NONE, STR, VALUE, Cell, Ty
from portalis.translate.frontend.program import Class, Function, Imported, Module, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type
from portalis.translate.lower import (
    arity,
    attribute,
    closure,
    comprehension,
    iteration,
    names,
    operators,
    special,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge, flow_into, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import (
    Arg,
    Binding,
    LazyArg,
    apply_row,
    find_row,
    finish_closure,
)
from portalis.translate.rows.table import MODULES, ROWS_BY_NAME

BUILTIN_NAMES = operators._DYNAMIC_BUILTINS | {"print", "input", "open", "super", "object"}

# Builtins that use up an iterable before anything else can happen: a generator
# expression given to them may as well be a list.
EAGER = frozenset(
    ("list", "set", "frozenset", "tuple", "sorted", "sum", "min", "max", "dict", "str.join",
     "math.prod", "math.fsum", "list.extend", "set.update", "dict.update", "collections.Counter")
)  # fmt: skip


def call(frame: Frame, node: ast.Call) -> ir.Expr:
    func = node.func
    if isinstance(func, ast.Name):
        target = frame.engine.program.names.get(func)
        if isinstance(target, str):
            return builtin_call(frame, node, target)
        if isinstance(target, Variable):
            found = _entity_call(frame, node, target.known_entity)
            if found is not None:
                return found
            made_by = attribute.class_of_parameter(frame, target)
            if made_by is not None:
                return construct_of_parameter(frame, node, func, made_by)
    elif isinstance(func, ast.Subscript):
        generic = attribute.named_entity(frame, func)
        if isinstance(generic, Class):
            return construct(frame, node, generic, given(frame, node))
    elif isinstance(func, ast.Attribute):
        found = attribute_call(frame, node, func)
        if found is not None:
            return found
    return value_call(frame, node, frame.expr(func))


def _entity_call(frame: Frame, node: ast.Call, entity: object) -> ir.Expr | None:
    if isinstance(entity, Function):
        closure.check_decorators(entity, node)
        return function_call(frame, node, entity, given(frame, node))
    if isinstance(entity, Class):
        return construct(frame, node, entity, given(frame, node))
    if isinstance(entity, Imported):
        return library_call(frame, node, entity.path)
    return None


def given(frame: Frame, node: ast.Call) -> Given:
    """The arguments, evaluated left to right.

    Raises:
        Refusal: more than one `*` or `**`, or something after it.
    """
    out = Given()
    for arg in node.args:
        if isinstance(arg, ast.Starred):
            value = frame.expr(arg.value)
            ty = ty_of(value)
            if ty.kind == "tuple" and not ty.optional and isinstance(value, (ir.Var, ir.TupleLit)):
                out.positional += [
                    ir.TupleItem(as_type(frame.read(c)), value, i) for i, c in enumerate(ty.args)
                ]
                continue
            if out.star is not None:
                raise Refusal("PT202", arg, "more than one * in a call is not translated")
            out.star = iteration.iterable(frame, arg, value)
        elif out.star is not None:
            raise Refusal("PT202", arg, "a positional argument after * is not translated")
        else:
            out.positional.append(frame.expr(arg))
    for keyword in node.keywords:
        if keyword.arg is None:
            if out.double_star is not None:
                raise Refusal("PT202", keyword.value, "more than one ** in a call")
            out.double_star = frame.expr(keyword.value)
        else:
            out.keywords[keyword.arg] = frame.expr(keyword.value)
    return out


# -- functions of ours


def function_call(
    frame: Frame, node: ast.AST, function: Function, args: Given, receiver: ir.Expr | None = None
) -> ir.Expr:
    frame.engine.reach(function)
    unfit = misfit(function, args, receiver is not None)
    if unfit is not None:
        return raised(frame, unfit, ([receiver] if receiver is not None else []), args)
    body: list[ir.Stmt] = []
    bound = bind(frame, node, function, args, receiver, body)
    path = names.function_path(function)
    made = ir.Call(
        as_type(result_of(frame, function)), path, bound, captures=closure.captures(frame, function)
    )
    return ir.Block(made.ty, body, made) if body else made


def misfit(function: Function, args: Given, has_receiver: bool) -> str | None:
    """What the call raises because its arguments do not fit; with `*` only time can tell."""
    if args.star is not None or args.double_star is not None:
        return None
    return arity.problem(function, len(args.positional) + has_receiver, args.keywords)


def raised(frame: Frame, text: str, first: list[ir.Expr], args: Given) -> ir.Expr:
    """The arguments are evaluated, then the call raises TypeError."""
    values = [*first, *args.positional, *args.keywords.values()]
    error = ir.Op(
        as_type(NEVER), f"Err::<Never, Exc>({operators.exception('type_error', text)})", {}, True
    )
    before: list[ir.Stmt] = [
        ir.Eval(frame.line, v) for v in values if not isinstance(v, (ir.Lit, ir.Var, ir.Diverge))
    ]
    return ir.Block(as_type(NEVER), before, error) if before else error


def result_of(frame: Frame, function: Function) -> Ty:
    if function.is_generator:
        return Ty("iter", (function.yields,))
    return frame.read(function.result)


def bind(
    frame: Frame,
    node: ast.AST,
    function: Function,
    args: Given,
    receiver: ir.Expr | None,
    before: list[ir.Stmt],
) -> list[ir.Expr]:
    """Arguments in parameter order. What must be evaluated first goes to `before`."""
    left = ([receiver] if receiver is not None else []) + list(args.positional)
    named = dict(args.keywords)
    if named and _out_of_order(function, named, len(left)):
        for key, value in list(named.items()):
            named[key] = _temp(frame, value, before)
    star = args.star
    if args.star is not None or args.double_star is not None:
        # What is spread is looked at before the call: so is all that stands before it.
        left = [a if isinstance(a, ir.Diverge) else _temp(frame, a, before) for a in left]
        args = Given(
            args.positional,
            args.keywords,
            _temp(frame, args.star, before) if args.star is not None else None,
            args.double_star,
        )
        named = {k: _temp(frame, v, before) for k, v in named.items()}
        star = args.star
        if args.double_star is not None:
            held = _temp(frame, args.double_star, before)
            args = Given(args.positional, args.keywords, args.star, held)
    if args.double_star is not None and any(p.kind == "double_star" for p in function.params):
        # Named parameters are taken out of the mapping, the rest stays.
        copied = operators.builtin(frame, function.node, "dict", [args.double_star])
        args = Given(args.positional, args.keywords, args.star, _temp(frame, copied, before))
    if star is not None and not any(p.kind == "star" for p in function.params):
        left += _spread(frame, node, function, star, len(left), named, before)
        star = None
    out: list[ir.Expr] = []
    for position, param in enumerate(function.params):
        cell = param.variable.cell
        if param.kind == "star":
            out.append(_rest(frame, function, cell, left, star))
            left, star = [], None
        elif param.kind == "double_star":
            out.append(_keywords(frame, function, cell, named, args.double_star))
            named = {}
        elif param.kind == "positional" and left:
            if param.name in named:
                raise Refusal(
                    "PT301", node, f"{function.name}() got multiple values for {param.name!r}"
                )
            out.append(flow_into(frame, left.pop(0), cell))
        elif param.name in named:
            out.append(flow_into(frame, named.pop(param.name), cell))
        elif args.double_star is not None:
            out.append(_from_mapping(frame, node, function, position, args.double_star, before))
        elif param.default is not None:
            out.append(flow_into(frame, closure.default_of(frame, function, position), cell))
        else:
            raise Refusal(
                "PT301", node, f"{function.name}() is called without its argument {param.name!r}"
            )
    if left or named:
        extra = ", ".join(named) if named else f"{len(left)} more"
        raise Refusal("PT301", node, f"{function.name}() is called with too many arguments: {extra}")
    return out


def _out_of_order(function: Function, named: dict[str, ir.Expr], positional: int) -> bool:
    order = [p.name for p in function.params]
    places = [order.index(k) for k in named if k in order]
    impure = any(not isinstance(v, (ir.Lit, ir.Var)) for v in named.values())
    del positional
    return impure and places != sorted(places)


def _temp(frame: Frame, value: ir.Expr, before: list[ir.Stmt]) -> ir.Expr:
    if isinstance(value, ir.Lit):
        return value
    local = frame.temp(ty_of(value), "arg")
    before.append(ir.Declare(frame.line, local, value))
    return ir.Var(local.ty, local)


def _spread(
    frame: Frame,
    node: ast.AST,
    function: Function,
    star: ir.Expr,
    have: int,
    named: dict[str, ir.Expr],
    before: list[ir.Stmt],
) -> list[ir.Expr]:
    """`f(*xs)` for a function of fixed arity: exactly as many items as are missing."""
    missing = [
        p
        for p in function.params[have:]
        if p.kind == "positional" and p.name not in named and p.default is None
    ]
    from portalis.translate.lower.match_rows import item_of, iterator

    item = item_of(frame, ty_of(star))
    if item is None or item.kind == "never":
        return [diverge(star) for _ in missing]
    cell = frame.site(node, "spread")
    frame.flow(item, cell)
    listed = Ty("list", (cell,))
    local = frame.temp(listed, "args")
    op = ir.Op(
        as_type(listed),
        f'unpack_args({{xs}}, {len(missing)}, "{function.name}")',
        {"xs": ir.Operand(iterator(frame, star, frame.read(cell)), "iter")},
        True,
        {"T": as_type(frame.read(cell))},
    )
    before.append(ir.Declare(frame.line, local, op))
    return [
        ir.Op(
            as_type(frame.read(cell)),
            f"unpacked({{xs}}, {i})",
            {"xs": ir.Operand(ir.Var(local.ty, local), "ref")},
            False,
        )
        for i in range(len(missing))
    ]


def _rest(
    frame: Frame, function: Function, cell: Cell, items: list[ir.Expr], star: ir.Expr | None
) -> ir.Expr:
    """The tuple that a `*args` parameter receives."""
    element = frame.engine.new_cell_for(function, "star")
    frame.flow(Ty("vartuple", (element,)), cell)
    for item in items:
        frame.flow(ty_of(item), element)
    if star is not None:
        from portalis.translate.lower.match_rows import item_of

        found = item_of(frame, ty_of(star))
        if found is not None:
            frame.flow(found, element)
    wanted = frame.read(element)
    ty = Ty("vartuple", (element,))
    listed = ir.ListLit(as_type(Ty("list", (element,))), [coerce(frame, i, wanted) for i in items])
    if star is None:
        return ir.Op(as_type(ty), "Tuple::from({xs}.into_vec())", {"xs": ir.Operand(listed)}, False)
    from portalis.translate.lower.match_rows import iterator

    return ir.Op(
        as_type(ty),
        "rest_args({xs}, {star})",
        {"xs": ir.Operand(listed), "star": ir.Operand(iterator(frame, star, wanted), "iter")},
        True,
    )


def _keywords(
    frame: Frame,
    function: Function,
    cell: Cell,
    named: dict[str, ir.Expr],
    double_star: ir.Expr | None,
) -> ir.Expr:
    key = frame.engine.new_cell_for(function, "keyword names")
    item = frame.engine.new_cell_for(function, "keywords")
    frame.flow(STR, key)
    ty = Ty("dict", (key, item))
    frame.flow(ty, cell)
    for value in named.values():
        frame.flow(ty_of(value), item)
    wanted = frame.read(item)
    made: ir.Expr = ir.DictLit(
        as_type(ty),
        [(ir.Lit(as_type(STR), k), coerce(frame, v, wanted)) for k, v in named.items()],
    )
    if double_star is None:
        return made
    local = frame.temp(ty, "keywords")
    me = ir.Var(local.ty, local)
    update = operators.method(frame, function.node, "dict.update", me, [double_star])
    return ir.Block(
        as_type(ty), [ir.Declare(frame.line, local, made), ir.Eval(frame.line, update)], me
    )


def _from_mapping(
    frame: Frame,
    node: ast.AST,
    function: Function,
    position: int,
    mapping: ir.Expr,
    before: list[ir.Stmt],
) -> ir.Expr:
    """`f(**d)` for a named parameter: looked up in `d`."""
    param = function.params[position]
    mapping = _temp(frame, mapping, before) if not isinstance(mapping, ir.Var) else mapping
    key = ir.Lit(as_type(STR), param.name)
    taken = any(p.kind == "double_star" for p in function.params)
    site = param.annotation or function.node
    if param.default is not None:
        default = closure.default_of(frame, function, position)
        name = "dict.pop" if taken else "dict.get"
        value = operators.method(frame, site, name, mapping, [key, default])
    elif taken:
        value = operators.method(frame, site, "dict.pop", mapping, [key])
    else:
        value = operators.operation(frame, site, "getitem", [mapping, key])
    return flow_into(frame, value, param.variable.cell)


# -- classes


def construct(frame: Frame, node: ast.AST, cls: Class, args: Given) -> ir.Expr:
    from portalis.translate.lower import klass

    klass.instantiate(frame, node, cls)
    if cls.is_plain_exception:
        return exception_value(frame, node, operators.class_static(cls), args)
    init = cls.find_method("__init__")
    ty = Ty("inst", (), cls)
    if init is None:
        if cls.is_exception:
            packed = [coerce(frame, a, VALUE) for a in args.positional]
            return ir.Op(
                as_type(ty),
                f"crate::{names.class_path(cls)}::new({{args}})",
                {"args": ir.Operand(ir.TupleLit(as_type(NONE), packed), "values")},
                True,
            )
        if args.star is not None or args.double_star is not None:
            raise Refusal("PT202", node, f"{cls.name}() takes no arguments, but is given * or **")
        if args.positional or args.keywords:
            return raised(frame, f"{cls.name}() takes no arguments", [], args)
        return ir.Call(as_type(ty), f"{names.class_path(cls)}::new", [])
    frame.engine.reach(init)
    unfit = misfit(init, args, True)
    if unfit is not None:
        return raised(frame, unfit, [], args)
    body: list[ir.Stmt] = []
    me = ir.Diverge(as_type(ty), [])
    bound = bind(frame, node, init, args, me, body)[1:]
    made = ir.Call(as_type(ty), f"{names.class_path(cls)}::new", bound)
    return ir.Block(made.ty, body, made) if body else made


def construct_of_parameter(
    frame: Frame, node: ast.Call, func: ast.Name, cls: Class
) -> ir.Expr:
    """`cls(…)` in a class method: the class itself or whichever subclass it was called on."""
    if not cls.descendants():
        return construct(frame, node, cls, given(frame, node))
    body: list[ir.Stmt] = []
    args = given(frame, node)
    held = Given(
        [_temp(frame, a, body) for a in args.positional],
        {k: _temp(frame, a, body) for k, a in args.keywords.items()},
        args.star,
        args.double_star,
    )
    which = frame.expr(func)
    cell = frame.site(node, "made")
    made = [(c, construct(frame, node, c, held)) for c in (*cls.descendants(), cls)]
    for _, value in made:
        frame.flow(ty_of(value), cell)
    ty = frame.read(cell)
    result = coerce(frame, made[-1][1], ty)
    for candidate, value in reversed(made[:-1]):
        test = ir.Op(
            as_type(Ty("bool")),
            f"is_class({{c}}, &{operators.class_static(candidate)})",
            {"c": ir.Operand(which, "ref")},
            False,
            pure=True,
        )
        result = ir.IfExp(as_type(ty), test, coerce(frame, value, ty), result)
    return ir.Block(as_type(ty), body, result) if body else result


def exception_value(frame: Frame, node: ast.AST, static: str, args: Given) -> ir.Expr:
    if args.star is not None or args.double_star is not None or args.keywords:
        raise Refusal("PT202", node, "an exception with * or keyword arguments")
    if any(ty_of(a).kind == "never" for a in args.positional):
        return diverge(*args.positional)
    packed = [coerce(frame, a, VALUE) for a in args.positional]
    return ir.Op(
        as_type(EXC),
        f"Exc::new(&{static}, {{args}})",
        {"args": ir.Operand(ir.TupleLit(as_type(NONE), packed), "values")},
        False,
    )


# -- methods


def implementations(cls: Class, name: str) -> dict[Function, list[Class]]:
    """Which function each possible class of the receiver runs."""
    out: dict[Function, list[Class]] = {}
    for candidate in (cls, *cls.descendants()):
        found = candidate.find_method(name)
        if found is not None:
            out.setdefault(found, []).append(candidate)
    return out


def method_exprs(
    frame: Frame,
    node: ast.AST,
    receiver: ir.Expr,
    name: str,
    args: Sequence[ir.Expr],
) -> ir.Expr:
    return method_call(frame, node, receiver, name, Given(list(args)))


def method_call(
    frame: Frame, node: ast.AST, receiver: ir.Expr, name: str, args: Given
) -> ir.Expr:
    """A method of an instance: static where one function can be meant, else by class."""
    ty = ty_of(receiver)
    assert ty.cls is not None
    return _dispatch(frame, node, receiver, implementations(ty.cls, name), args, name)


def _dispatch(
    frame: Frame,
    node: ast.AST,
    receiver: ir.Expr,
    found: dict[Function, list[Class]],
    args: Given,
    name: str,
) -> ir.Expr:
    if len(found) == 1:
        function = next(iter(found))
        if function.decorators and function.kind == "method":
            check_method_decorators(function, node)
        if function.kind == "static":
            made = function_call(frame, node, function, args)
            return ir.Block(made.ty, [ir.Eval(frame.line, receiver)], made)
        if function.kind == "class":
            which = ir.Op(
                as_type(VALUE), "Value::Class({x}.py_class())", {"x": ir.Operand(receiver, "recv")}, False
            )
            return class_method_call(frame, node, function, args, which)
        return function_call(frame, node, function, args, receiver)
    me = frame.temp(ty_of(receiver), "this")
    body: list[ir.Stmt] = [ir.Declare(frame.line, me, receiver)]
    held = Given(
        [_temp(frame, a, body) for a in args.positional],
        {k: _temp(frame, a, body) for k, a in args.keywords.items()},
        args.star,
        args.double_star,
    )
    cell = frame.site(node, "dispatch", name)
    arms: list[tuple[list[str], ir.Expr]] = []
    for function, classes in found.items():
        me_as = ir.Var(as_type(Ty("inst", (), classes[0])), me)
        if function.kind == "static":
            made = function_call(frame, node, function, held)
        elif function.kind == "class":
            made = class_method_call(
                frame, node, function, held, closure.class_value(frame, classes[0], node)
            )
        else:
            made = function_call(frame, node, function, held, me_as)
        frame.flow(ty_of(made), cell)
        arms.append(([f"crate::{names.static_path(c)}" for c in classes], made))
    ty = frame.read(cell)
    arms = [(classes, coerce(frame, made, ty)) for classes, made in arms]
    return ir.Block(as_type(ty), body, ir.VirtualCall(as_type(ty), me, arms))


def check_method_decorators(function: Function, node: ast.AST) -> None:
    text = ast.unparse(function.decorators[0])
    if text.rpartition(".")[2] in ("abstractmethod", "override", "final"):
        return
    raise Refusal("PT205", node, f"the decorator @{text} of {function.name} is not translated")


def class_method_call(
    frame: Frame, node: ast.AST, function: Function, args: Given, which: ir.Expr
) -> ir.Expr:
    """A classmethod; `which` is the class it is called on."""
    return function_call(frame, node, function, args, which)


def property_get(frame: Frame, node: ast.AST, value: ir.Expr, name: str) -> ir.Expr:
    return _property(frame, node, value, name, "get", Given())


def property_set(
    frame: Frame, node: ast.AST, value: ir.Expr, name: str, stored: ir.Expr
) -> ir.Expr:
    return _property(frame, node, value, name, "set", Given([stored]))


def _property(
    frame: Frame, node: ast.AST, value: ir.Expr, name: str, which: str, args: Given
) -> ir.Expr:
    cls = ty_of(value).cls
    assert cls is not None
    found: dict[Function, list[Class]] = {}
    for candidate in (cls, *cls.descendants()):
        functions = candidate.find_property(name) or {}
        if which in functions:
            found.setdefault(functions[which], []).append(candidate)
    if not found:
        error = operators.exception(
            "attribute_error", f"property '{name}' of '{cls.name}' object has no setter"
        )
        return ir.Op(as_type(Ty("never")), f"Err::<Never, Exc>({error})", {}, True)
    return _dispatch(frame, node, value, found, args, name)


def as_plain_tuple(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:
    """The tuple that an instance of a named tuple is; anything else as it is."""
    ty = ty_of(value)
    if ty.kind != "inst" or ty.optional or ty.cls is None:
        return value
    if ty.cls.find_method(AS_TUPLE) is None:
        return value
    return method_exprs(frame, node, value, AS_TUPLE, [])


def may_return_not_implemented(frame: Frame, cls: Class, dunder: str) -> bool:
    """The method's NotImplemented is live: only dynamic dispatch can try the other side."""
    function = cls.find_method(dunder)
    if function is None:
        return False
    mentions = any(
        isinstance(n, ast.Name) and n.id == "NotImplemented" for n in ast.walk(function.node)
    )
    return mentions and frame.read(function.result).kind == "value"


def attribute_call(frame: Frame, node: ast.Call, func: ast.Attribute) -> ir.Expr | None:
    if _is_super(frame, func.value):
        return special.super_call(frame, node, func)
    path = attribute.library_path(frame, func)
    if path is not None:
        return library_call(frame, node, path)
    base = attribute.named_entity(frame, func.value)
    if isinstance(base, Module):
        variable = base.variables.get(func.attr)
        if variable is None:
            raise Refusal("PT104", func, f"module {base.name} has no attribute {func.attr!r}")
        return _entity_call(frame, node, variable.known_entity)
    if isinstance(base, Class):
        attribute.check_not_overridden(frame, func, base)
        return class_level_call(frame, node, base, func.attr)
    if isinstance(func.value, ast.Name):
        target = frame.engine.program.names.get(func.value)
        if isinstance(target, str) and f"{target}.{func.attr}" in ROWS_BY_NAME:
            return rows_call(frame, node, f"{target}.{func.attr}", None)
    return object_method(frame, node, func, frame.expr(func.value))


def _is_super(frame: Frame, node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and frame.engine.program.names.get(node.func) == "super"
    )


def class_level_call(frame: Frame, node: ast.Call, cls: Class, name: str) -> ir.Expr | None:
    """`Class.method(…)`."""
    function = cls.find_method(name)
    if function is None:
        if name == "__init__" and cls.find_method("__init__") is None:
            return none()
        return None
    args = given(frame, node)
    if function.kind == "class":
        assert isinstance(node.func, ast.Attribute)
        which = closure.class_value(frame, cls, node)
        if attribute.is_class_parameter(frame, node.func.value):
            which = frame.expr(node.func.value)
        return class_method_call(frame, node, function, args, which)
    if function.kind == "method" and function.decorators:
        check_method_decorators(function, node)
    return function_call(frame, node, function, args)


def object_method(frame: Frame, node: ast.Call, func: ast.Attribute, value: ir.Expr) -> ir.Expr:
    ty = ty_of(value)
    attr = func.attr
    if ty.kind == "never":
        for arg in node.args:
            if not isinstance(arg, ast.Starred):
                frame.expr(arg)
        return diverge(value)
    error = operators.exception(
        "attribute_error", f"'NoneType' object has no attribute '{attr}'"
    )
    if ty.kind == "none" and not attr.startswith("__"):
        return always_raises(frame, error, value)
    if ty.optional:
        return object_method(frame, node, func, coerce(frame, value, ty.required(), error))
    if ty.kind == "inst":
        assert ty.cls is not None
        if implementations(ty.cls, attr):
            if ty.cls.find_method(attr) is None:
                return dynamic_method(frame, node, value, attr, given(frame, node))
            return method_call(frame, node, value, attr, given(frame, node))
        held = attribute.of_instance(frame, func, value, attr)
        if held is not None:
            return value_call(frame, node, held)
        return dynamic_method(frame, node, value, attr, given(frame, node))
    if ty.kind == "value":
        return dynamic_method(frame, node, value, attr, given(frame, node))
    if ty.kind == "str" and attr == "format":
        return special.str_format(frame, node, value)
    if ty.kind in ("int", "float") and attr in ("real", "imag"):
        return value
    return rows_call(frame, node, f"{ty.kind}.{attr}", value)


def rows_call(frame: Frame, node: ast.Call, name: str, receiver: ir.Expr | None) -> ir.Expr:
    args: list[Arg] = [argument(frame, a, name) for a in node.args]
    keywords: dict[str, Arg] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise Refusal("PT202", keyword.value, f"** in a call of {name} is not translated")
        keywords[keyword.arg] = argument(frame, keyword.value, name)
    if receiver is None:
        if not args or isinstance(args[0], LazyArg):
            found = find_row(frame, name, args, keywords)
            if found is None:
                raise Refusal("PT203", node, f"{name} is not known with these arguments")
            return apply_row(frame, node, *found)
        receiver, args = args[0], args[1:]
        if find_row(frame, name, [receiver, *args], keywords) is None:
            raise Refusal("PT203", node, f"{name} is not known with these arguments")
    return operators.method(frame, node, name, receiver, args, keywords)


def argument(frame: Frame, node: ast.expr, callee: str) -> Arg:
    """An argument of a builtin: functions wait for the parameter's type."""
    if isinstance(node, ast.Starred):
        raise Refusal("PT202", node, f"* in a call of {callee} is not translated")
    if isinstance(node, ast.Lambda):
        return LazyArg(node, lambda pattern, binding: _lambda(frame, node, pattern, binding))
    if isinstance(node, ast.GeneratorExp) and callee in EAGER:
        return comprehension.listed(frame, node)
    function = attribute.named_entity(frame, node)
    if isinstance(function, Function) and not function.is_generator:
        closure.check_decorators(function, node)
        return LazyArg(node, lambda pattern, binding: _named(frame, node, function, pattern, binding))
    if isinstance(function, Class):
        return LazyArg(node, lambda pattern, binding: _made(frame, node, function, pattern, binding))
    builtin = _builtin_function(frame, node)
    if builtin is not None:
        return LazyArg(node, lambda pattern, binding: _by_row(frame, node, builtin, pattern, binding))
    bound = _bound_builtin(frame, node)
    if bound is not None:
        return bound
    value = frame.expr(node)
    ty = ty_of(value)
    if ty.kind == "inst" and not ty.optional and ty.cls is not None and not ty.cls.is_exception:
        if callee not in ("len", "abs", "str", "repr", "print", "id", "hash", "isinstance", "bool",
                          "int", "float", "round", "next", "type", "format", "list.append",
                          "callable"):  # fmt: skip
            walks = ty.cls.find_method("__iter__")
            if walks is not None and not callee.startswith(("list.", "set.", "dict.", "heapq")):
                return iteration.instance_iterator(frame, node, value)
    return value


def _bound_builtin(frame: Frame, node: ast.expr) -> LazyArg | None:
    """`counts.get` as a function argument: the method of a variable of a built-in type."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return None
    receiver = frame.engine.program.names.get(node.value)
    if not isinstance(receiver, Variable) or receiver.known_entity is not None:
        return None
    ty = ty_of(frame.expr(node.value))
    name = f"{ty.kind}.{node.attr}"
    if ty.optional or name not in ROWS_BY_NAME or name in attribute.DATA_ROWS:
        return None

    def make(pattern: Type, binding: Binding) -> ir.Expr | None:
        locals_, items = _closure_params(frame, pattern, binding)
        if any(ty_of(i).kind == "never" for i in items):
            return None
        made = operators.method(frame, node, name, frame.expr(node.value), items)
        return finish_closure(frame, made, locals_, pattern, binding)

    return LazyArg(node, make)


def _builtin_function(frame: Frame, node: ast.expr) -> str | None:
    """`len`, `str.lower`, `math.sqrt` as a function argument."""
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, str) and target in ROWS_BY_NAME and target not in ("__name__",):
            return target
    path = attribute.library_path(frame, node)
    if path is not None and path in ROWS_BY_NAME:
        if ROWS_BY_NAME[path][0].sig.startswith("("):
            return path
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        target = frame.engine.program.names.get(node.value)
        if isinstance(target, str) and f"{target}.{node.attr}" in ROWS_BY_NAME:
            return f"{target}.{node.attr}"
    return None


def _closure_params(
    frame: Frame, pattern: Type, binding: Binding
) -> tuple[list[ir.Local], list[ir.Expr]]:
    types = [binding.read(p) for p in pattern.args[:-1]]
    locals_ = [frame.temp(ty, "p") for ty in types]
    return locals_, [ir.Var(local.ty, local) for local in locals_]


def _lambda(frame: Frame, node: ast.Lambda, pattern: Type, binding: Binding) -> ir.Expr | None:
    """A lambda given to a builtin: a Rust closure over the frame's own locals."""
    function = frame.engine.program.functions[node]
    types = [binding.read(p) for p in pattern.args[:-1]]
    if len([p for p in function.params if p.default is None]) > len(types):
        raise Refusal("PT301", node, "the lambda takes more arguments than it is given")
    params: list[ir.Local] = []
    stores: list[ir.Stmt] = closure.evaluate_defaults(frame, function)
    for i, param in enumerate(function.params):
        if i < len(types):
            local = frame.local(param.variable)
            frame.flow(types[i], param.variable.cell)
            local = frame.local(param.variable)
            if ty_of_local(local).same(types[i]):
                params.append(local)
            else:
                outer = frame.temp(types[i], "p")
                params.append(outer)
                value = coerce(frame, ir.Var(outer.ty, outer), frame.read(param.variable.cell))
                stores.append(ir.Declare(frame.line, local, value))
    saved_loops, frame.loops = frame.loops, []
    body = frame.expr(node.body)
    frame.loops = saved_loops
    if stores:
        body = ir.Block(body.ty, stores, body)
    return finish_closure(frame, body, params, pattern, binding)


def ty_of_local(local: ir.Local) -> Ty:
    from typing import cast

    return cast("Ty", local.ty)


def _named(
    frame: Frame, node: ast.AST, function: Function, pattern: Type, binding: Binding
) -> ir.Expr:
    locals_, items = _closure_params(frame, pattern, binding)
    made = function_call(frame, node, function, Given(list(items)))
    return finish_closure(frame, made, locals_, pattern, binding)


def _made(frame: Frame, node: ast.AST, cls: Class, pattern: Type, binding: Binding) -> ir.Expr:
    locals_, items = _closure_params(frame, pattern, binding)
    made = construct(frame, node, cls, Given(list(items)))
    return finish_closure(frame, made, locals_, pattern, binding)


def _by_row(
    frame: Frame, node: ast.AST, name: str, pattern: Type, binding: Binding
) -> ir.Expr | None:
    locals_, items = _closure_params(frame, pattern, binding)
    if any(ty_of(i).kind == "never" for i in items):
        return None
    if name in special.SPECIAL_FUNCTIONS:
        made = special.apply_named(frame, node, name, items)
    elif "." in name and name.partition(".")[0] not in MODULES:
        made = operators.method(frame, node, name, items[0], list(items[1:]))
    else:
        made = operators.builtin(frame, node, name, list(items))
    return finish_closure(frame, made, locals_, pattern, binding)


# -- builtins and libraries


def builtin_call(frame: Frame, node: ast.Call, name: str) -> ir.Expr:
    handler: Callable[[Frame, ast.Call], ir.Expr] | None = special.HANDLERS.get(name)
    if handler is not None:
        return handler(frame, node)
    if name in special.EXCEPTIONS:
        return exception_value(frame, node, operators.class_static(name), given(frame, node))
    if name not in ROWS_BY_NAME and name not in operators._DYNAMIC_BUILTINS:
        code = "PT206" if name in ("eval", "exec", "compile", "globals", "locals") else "PT203"
        known = name in dir(__import__("builtins"))
        if not known:
            return special.undefined_name(frame, node, name)
        raise Refusal(code, node, f"the builtin {name}() is not translated")
    return _rows_function(frame, node, name)


def _rows_function(frame: Frame, node: ast.Call, name: str) -> ir.Expr:
    if len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.GeneratorExp):
        whole = comprehension.of_generator(frame, node.args[0], name)
        if whole is not None:
            return whole
    if any(isinstance(a, ast.Starred) for a in node.args):
        return special.starred_builtin(frame, node, name)
    args: list[Arg] = [argument(frame, a, name) for a in node.args]
    keywords: dict[str, Arg] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise Refusal("PT202", keyword.value, f"** in a call of {name} is not translated")
        keywords[keyword.arg] = argument(frame, keyword.value, name)
    for key, absent in (("key", None), ("default", None)):
        given_node = next((k.value for k in node.keywords if k.arg == key), None)
        if key == "key" and isinstance(given_node, ast.Constant) and given_node.value is absent:
            del keywords[key]
    return operators.builtin(frame, node, name, args, keywords)


def library_call(frame: Frame, node: ast.Call, path: str) -> ir.Expr:
    handler = special.LIBRARY.get(path)
    if handler is not None:
        return handler(frame, node)
    if path in ROWS_BY_NAME:
        return _rows_function(frame, node, path)
    module = path.rpartition(".")[0]
    if module in MODULES:
        raise Refusal("PT203", node, f"{path}() is not known")
    raise Refusal("PT103", node, f"the library module {module} is not supported")


# -- values


def dynamic_method(
    frame: Frame, node: ast.AST, value: ir.Expr, name: str, args: Given
) -> ir.Expr:
    """A method of a dynamic value: every class that has it may be meant."""
    frame.engine.dynamic_readers.setdefault(name, {})[frame.function] = None
    for cls in frame.engine.program.every_class():
        function = cls.methods.get(name)
        if function is not None:
            attribute.open_to_anything(frame, function)
        field_ = cls.root.fields.get(name)
        if field_ is not None:
            frame.engine.lattice.box_inside(field_.cell)
    boxed = [coerce(frame, a, VALUE) for a in args.positional]
    named = {k: coerce(frame, a, VALUE) for k, a in args.keywords.items()}
    callee = coerce(frame, value, VALUE)
    if args.star is not None or args.double_star is not None:
        return spread_call(frame, "call_method_spread", callee, f'"{name}", ', boxed, named, args)
    return operators.dynamic_call(
        frame,
        f'dynamic::call_method({{x}}, "{name}", {{args}})',
        {"x": ir.Operand(callee, "ref")},
        boxed,
        named,
    )


def spread_call(
    frame: Frame,
    function: str,
    callee: ir.Expr,
    name: str,
    boxed: list[ir.Expr],
    named: dict[str, ir.Expr],
    args: Given,
) -> ir.Expr:
    """A dynamic call with `*` or `**`."""
    operands = {
        "f": ir.Operand(callee, "ref"),
        "args": ir.Operand(ir.TupleLit(as_type(NONE), boxed), "values"),
        **{f"kw_{k}": ir.Operand(v) for k, v in named.items()},
    }
    texts = {"star": "None", "double_star": "None"}
    for key, value in (("star", args.star), ("double_star", args.double_star)):
        if value is not None:
            operands[key] = ir.Operand(coerce(frame, value, VALUE), "ref")
            texts[key] = f"Some({{{key}}})"
    pairs = ", ".join(f'(Str::lit("{k}"), {{kw_{k}}})' for k in named)
    template = (
        f"{function}({{f}}, {name}{{args}}, {texts['star']}, vec![{pairs}], {texts['double_star']})"
    )
    return ir.Op(as_type(VALUE), template, operands, True)


def value_call(frame: Frame, node: ast.Call, callee: ir.Expr) -> ir.Expr:
    ty = ty_of(callee)
    args = given(frame, node)
    every = [callee, *args.positional, *args.keywords.values()]
    if any(ty_of(e).kind == "never" for e in every):
        return diverge(*every)
    error = operators.exception("type_error", "'NoneType' object is not callable")
    if ty.kind == "none":
        return always_raises(frame, error, *every)
    if ty.optional:
        callee = coerce(frame, callee, ty.required(), error)
        ty = ty.required()
    if ty.kind == "inst":
        return method_call(frame, node, callee, "__call__", args)
    if ty.kind == "func" and not args.keywords and args.star is None:
        params = ty.args[:-1]
        if len(params) == len(args.positional):
            items = [
                flow_into(frame, a, c) for a, c in zip(args.positional, params, strict=True)
            ]
            return ir.CallValue(as_type(frame.read(ty.args[-1])), callee, items)
    boxed = [coerce(frame, a, VALUE) for a in args.positional]
    named = {k: coerce(frame, a, VALUE) for k, a in args.keywords.items()}
    if args.star is not None or args.double_star is not None:
        boxed_callee = coerce(frame, callee, VALUE)
        return spread_call(frame, "call_spread", boxed_callee, "", boxed, named, args)
    return operators.dynamic_call(
        frame,
        "dynamic::call({f}, {args})",
        {"f": ir.Operand(coerce(frame, callee, VALUE), "ref")},
        boxed,
        named,
    )
