"""Calls: of functions, methods, classes, builtins, and of values."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from portalis.translate.frontend.expand.named_tuple import AS_TUPLE
from portalis.translate.frontend.gone_names import is_gone
from portalis.translate.frontend.lattice import EXC, NEVER, OBJECTS, VALUE, Ty
from portalis.translate.frontend.program import (
    EXCEPTIONS,
    Class,
    Function,
    Imported,
    Module,
    Variable,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    allocation,
    attribute,
    binding,
    class_attributes,
    closure,
    comparing,
    comprehension,
    construct,
    expression,
    held_methods,
    iteration,
    keywords,
    length_asked,
    lone_star,
    names,
    opening,
    regex_flags,
    row_arguments,
    row_calls,
    special,
    special_form,
    spreading,
    unions,
    versions,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge, flow_into, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import (
    Arg,
    LazyArg,
    apply_row,
)
from portalis.translate.lower.row_choice import find_row
from portalis.translate.rows.table import MODULES, ROWS_BY_NAME, takes_no_receiver

BUILTIN_NAMES = row_calls.DYNAMIC_BUILTINS | {"print", "input", "open", "super", "object"}


def call(frame: Frame, node: ast.Call) -> ir.Expr:
    func = node.func
    if isinstance(func, ast.Name):
        target = frame.engine.program.names.get(func)
        expression.check_certain(frame, func)
        if isinstance(target, str):
            return builtin_call(frame, node, target)
        if isinstance(target, Variable):
            found = _entity_call(frame, node, target.known_entity)
            if found is not None:
                return closure.once_defined(frame, target, found)
            if target.library and held_methods.is_function(target.library):
                return library_call(frame, node, target.library)
            method = held_methods.call(frame, node, target)
            if method is not None:
                return call(frame, method)
            made_by = class_attributes.of_parameter(frame, target)
            if made_by is not None:
                return construct.construct_of_parameter(frame, node, func, made_by)
            held = class_attributes.held(frame, target)
            if held is not None:
                return construct.construct(frame, node, held, given(frame, node))
    elif isinstance(func, ast.Subscript):
        generic = attribute.named_entity(frame, func)
        if isinstance(generic, Class):
            return construct.construct(frame, node, generic, given(frame, node))
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
        return construct.construct(frame, node, entity, given(frame, node))
    if isinstance(entity, Imported):
        return library_call(frame, node, entity.path)
    return None


def given(frame: Frame, node: ast.Call) -> Given:
    """The arguments, evaluated left to right.

    Raises:
        Refusal: a keyword between two `**`.
    """
    out = Given()
    several = _several_stars(node)
    for position, arg in enumerate(node.args):
        if isinstance(arg, ast.Starred) and several:
            out.star = iteration.iterable(frame, arg, _listed(frame, arg, node.args[position:]))
            break
        if isinstance(arg, ast.Starred):
            value = frame.expr(arg.value)
            ty = ty_of(value)
            if ty.kind == "tuple" and not ty.optional and isinstance(value, (ir.Var, ir.TupleLit)):
                out.positional += [
                    ir.TupleItem(as_type(frame.read(c)), value, i) for i, c in enumerate(ty.args)
                ]
                continue
            if out.positional and lone_star.walked_before(frame, node, ty):
                value = _listed(frame, arg, [arg])
            out.star = length_asked.asking(frame, "list", iteration.iterable(frame, arg, value))
        else:
            out.positional.append(frame.expr(arg))
    for keyword in node.keywords:
        if keyword.arg is None:
            value = spreading.entries(frame, frame.expr(keyword.value))
            if out.double_star is not None:
                value = spreading.both(frame, node, out.double_star, value)
            else:
                out.keywords_before = len(out.keywords)
            out.double_star = value
        else:
            out.keywords[keyword.arg] = frame.expr(keyword.value)
    if sum(k.arg is None for k in node.keywords) > 1:
        between = [k.arg is None for k in node.keywords]
        first, last = between.index(True), len(between) - between[::-1].index(True)
        if not all(between[first:last]):
            raise Refusal("PT202", node, "a keyword between two ** of a call")
    return out


def _listed(frame: Frame, site: ast.AST, args: list[ast.expr]) -> ir.Expr:
    rest = Ty("list", (frame.site(site, "rest"),))
    return expression.spread(frame, site, args, rest)


def _several_stars(node: ast.Call) -> bool:
    """Something follows a `*`: together they are one iterable."""
    return any(isinstance(a, ast.Starred) for a in node.args[:-1])


# -- functions of ours


def function_call(
    frame: Frame, node: ast.AST, function: Function, args: Given, receiver: ir.Expr | None = None
) -> ir.Expr:
    unfit = binding.misfit(node, function, args, receiver is not None)
    if unfit is None:
        function = versions.chosen(frame, function, args, receiver is not None)
    frame.engine.reach(function)
    if unfit is not None:
        return binding.raised(frame, unfit, ([receiver] if receiver is not None else []), args)
    body: list[ir.Stmt] = []
    bound = binding.bind(frame, node, function, args, receiver, body)
    versions.settled(frame, function, args, receiver is not None)
    path = names.function_path(function)
    made = ir.Call(
        as_type(result_of(frame, function)), path, bound, captures=closure.captures(frame, function)
    )
    return ir.Block(made.ty, body, made) if body else made


def result_of(frame: Frame, function: Function) -> Ty:
    if function.is_generator:
        return Ty("iter", (function.yields,))
    return frame.read(function.result)


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


def method_call(frame: Frame, node: ast.AST, receiver: ir.Expr, name: str, args: Given) -> ir.Expr:
    """A method of an instance: static where one function can be meant, else by class."""
    ty = ty_of(receiver)
    assert ty.cls is not None
    if not always_has(ty.cls, name):
        return dynamic_method(frame, node, receiver, name, args)
    return dispatch(frame, node, receiver, implementations(ty.cls, name), args, name)


def always_has(cls: Class, name: str) -> bool:
    """Every instance of the class, whatever its own class is, has the method."""
    return all(c.find_method(name) is not None for c in (cls, *cls.descendants()) if c.can_exist())


def dispatch(
    frame: Frame,
    node: ast.AST,
    receiver: ir.Expr,
    found: dict[Function, list[Class]],
    args: Given,
    name: str,
    lacking: tuple[list[Class], str] = ([], ""),
) -> ir.Expr:
    """The function that the receiver's class means; `lacking`: classes that have none, and what
    is raised for them, as a Rust expression."""
    if len(found) == 1 and not lacking[0]:
        function = next(iter(found))
        if function.decorators and function.kind == "method":
            check_method_decorators(function, node)
        if function.kind == "static":
            made = function_call(frame, node, function, args)
            return ir.Block(made.ty, [ir.Eval(frame.line, receiver)], made)
        if function.kind == "class":
            return class_method_call(frame, node, function, args, _class_of(receiver))
        return function_call(frame, node, function, args, receiver)
    me = frame.temp(ty_of(receiver), "this")
    body: list[ir.Stmt] = [ir.Declare(frame.line, me, receiver)]
    held = Given(
        [binding.temporary(frame, a, body) for a in args.positional],
        {k: binding.temporary(frame, a, body) for k, a in args.keywords.items()},
        args.star,
        args.double_star,
        args.keywords_before,
    )
    cell = frame.site(node, "dispatch", name)
    arms: list[tuple[list[str], ir.Expr]] = []
    for function, classes in found.items():
        me_as = ir.Var(as_type(Ty("inst", (), classes[0])), me)
        if function.kind == "static":
            made = function_call(frame, node, function, held)
        elif function.kind == "class":
            which = closure.class_value(frame, classes[0], node)
            if len(classes) > 1:
                which = _class_of(me_as)
            made = class_method_call(frame, node, function, held, which)
        else:
            made = function_call(frame, node, function, held, me_as)
        frame.flow(ty_of(made), cell)
        arms.append(([f"crate::{names.static_path(c)}" for c in classes], made))
    ty = frame.read(cell)
    if lacking[0]:
        raised = ir.Op(as_type(NEVER), f"Err::<Never, Exc>({lacking[1]})", {}, True)
        arms.append(([f"crate::{names.static_path(c)}" for c in lacking[0]], raised))
    arms = [(classes, coerce(frame, made, ty)) for classes, made in arms]
    return ir.Block(as_type(ty), body, ir.VirtualCall(as_type(ty), me, arms))


def _class_of(instance: ir.Expr) -> ir.Expr:
    operands = {"x": ir.Operand(instance, "recv")}
    return ir.Op(as_type(VALUE), "Value::Class({x}.py_class())", operands, False)


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


def as_plain_tuple(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:
    """The tuple that an instance of a named tuple is; anything else as it is."""
    ty = ty_of(value)
    if ty.kind != "inst" or ty.optional or ty.cls is None:
        return value
    if ty.cls.find_method(AS_TUPLE) is None:
        return value
    return method_exprs(frame, node, value, AS_TUPLE, [])


def attribute_call(frame: Frame, node: ast.Call, func: ast.Attribute) -> ir.Expr | None:
    if is_super(frame, func.value):
        return special.super_call(frame, node, func)
    path = attribute.library_path(frame, func)
    if path is not None and (
        path in ROWS_BY_NAME
        or path in special.LIBRARY
        or not attribute.is_library_value(frame, func.value)
    ):
        return library_call(frame, node, path)
    base = attribute.named_entity(frame, func.value)
    if isinstance(base, Module):
        variable = base.variables.get(func.attr)
        if variable is None:
            return attribute.module_member(frame, base, func)
        return _entity_call(frame, node, variable.known_entity)
    if isinstance(base, Class):
        class_attributes.check_not_overridden(frame, func, base)
        nested = attribute.named_entity(frame, func)
        if isinstance(nested, Class):
            return construct.construct(frame, node, nested, given(frame, node))
        return class_level_call(frame, node, base, func.attr)
    if func.attr == "__new__" and base is None:
        if (made_by := special.new_of(frame, node, func.value)) is not None:
            return made_by
    if isinstance(func.value, ast.Name):
        target = frame.engine.program.names.get(func.value)
        if target == "object" and func.attr == "__new__":
            return allocation.bare(frame, node)
        if isinstance(target, str) and f"{target}.{func.attr}" in ROWS_BY_NAME:
            return rows_call(frame, node, f"{target}.{func.attr}", None)
    return object_method(frame, node, func, frame.expr(func.value))


def is_super(frame: Frame, node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and frame.engine.program.names.get(node.func) == "super"
    )


def class_level_call(frame: Frame, node: ast.Call, cls: Class, name: str) -> ir.Expr | None:
    """`Class.method(…)`."""
    function = cls.find_method(name)
    if name == "__new__":
        return special.new_call(frame, node, function)
    if function is None:
        if name == "__init__" and cls.find_method("__init__") is None:
            return none()
        return None
    args = given(frame, node)
    if function.kind == "class":
        assert isinstance(node.func, ast.Attribute)
        which = closure.class_value(frame, cls, node)
        if class_attributes.is_parameter(frame, node.func.value):
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
    error = row_calls.exception("attribute_error", f"'NoneType' object has no attribute '{attr}'")
    if ty.kind == "none" and not attr.startswith("__"):
        return always_raises(frame, error, value)
    if ty.optional:
        return object_method(frame, node, func, coerce(frame, value, ty.required(), error))
    if ty.kind == "union":
        return unions.method(frame, node, func, value)
    if ty.kind == "inst":
        return instance_method(frame, node, func, value)
    if ty.kind == "value":
        return dynamic_method(frame, node, value, attr, given(frame, node))
    if ty.kind == "class" and ty.cls is not None:
        called = class_level_call(frame, node, ty.cls, attr)
        if called is None:
            called = value_call(frame, node, class_attributes.member(frame, ty.cls, func))
        return ir.Block(called.ty, [ir.Eval(frame.line, value)], called)
    if ty.kind == "str" and attr == "format":
        return special.str_format(frame, node, value)
    if ty.kind in ("int", "float") and attr in ("real", "imag"):
        return value
    name = f"{ty.kind}.{attr}"
    if takes_no_receiver(name):
        made = rows_call(frame, node, name, None)
        return ir.Block(made.ty, [ir.Eval(frame.line, value)], made)
    return keywords.looked_up(frame, func.value, node, rows_call(frame, node, name, value))


def instance_method(
    frame: Frame, node: ast.Call, func: ast.Attribute, value: ir.Expr, args: Given | None = None
) -> ir.Expr:
    """A method, or something callable that the instance has; args: if they are known."""
    cls, attr = ty_of(value).cls, func.attr
    assert cls is not None
    if implementations(cls, attr):
        return method_call(frame, node, value, attr, args or given(frame, node))
    variable = cls.find_class_attribute(attr)
    if variable is not None and isinstance(variable.known_entity, Class):
        return construct.construct(frame, node, variable.known_entity, args or given(frame, node))
    if cls.is_exception and attr in ("add_note", "with_traceback"):
        made = rows_call(frame, node, f"exc.{attr}", coerce(frame, value, EXC))
        return made if attr == "add_note" else coerce(frame, made, ty_of(value))
    if attribute.lacks(frame, func, cls, attr):
        return attribute.lacking(frame, value, attr)
    held = attribute.of_instance(frame, func, value, attr)
    if held is not None:
        return value_call(frame, node, held, args)
    return dynamic_method(frame, node, value, attr, args or given(frame, node))


def rows_call(frame: Frame, node: ast.Call, name: str, receiver: ir.Expr | None) -> ir.Expr:
    spread = any(isinstance(a, ast.Starred) for a in node.args)
    if receiver is not None and (spread or any(k.arg is None for k in node.keywords)):
        return dynamic_method(frame, node, receiver, name.rpartition(".")[2], given(frame, node))
    if spread and isinstance(node.func, ast.Attribute):
        # `set.union(*sets)`: the receiver is known only when it runs.
        return value_call(frame, node, frame.expr(node.func))
    args: list[Arg] = [row_arguments.argument(frame, a, name) for a in node.args]
    keywords: dict[str, Arg] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise Refusal("PT202", keyword.value, f"** in a call of {name} is not translated")
        keywords[keyword.arg] = row_arguments.argument(frame, keyword.value, name)
    if receiver is None:
        if not args or isinstance(args[0], LazyArg):
            found = find_row(frame, name, args, keywords)
            if found is None:
                raise Refusal("PT203", node, f"{name} is not known with these arguments")
            return apply_row(frame, node, *found)
        args = row_arguments.walked(frame, node, name, args)
        first, *args = args
        assert not isinstance(first, LazyArg)
        receiver = first
        if find_row(frame, name, [receiver, *args], keywords) is None:
            raise Refusal("PT203", node, f"{name} is not known with these arguments")
    else:
        _, *args = row_arguments.walked(frame, node, name, [receiver, *args])
    return row_calls.method(frame, node, name, receiver, args, keywords)


# -- builtins and libraries


def builtin_call(frame: Frame, node: ast.Call, name: str) -> ir.Expr:
    regex_flags.check_call(frame, node, name)
    handler = special_form.handler_of(special.HANDLERS, name, node)
    if handler is not None:
        return handler(frame, node)
    if name in EXCEPTIONS:
        return construct.exception_value(
            frame, node, comparing.class_static(name), given(frame, node)
        )
    if name not in ROWS_BY_NAME and name not in row_calls.DYNAMIC_BUILTINS:
        code = "PT206" if name in ("eval", "exec", "compile", "globals", "locals") else "PT203"
        if name not in dir(__import__("builtins")):
            return special.undefined_name(name)
        raise Refusal(code, node, f"the builtin {name}() is not translated")
    return rows_function(frame, node, name)


def rows_function(frame: Frame, node: ast.Call, name: str) -> ir.Expr:
    if len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.GeneratorExp):
        whole = comprehension.of_generator(frame, node.args[0], name)
        if whole is not None:
            return whole
    if any(isinstance(a, ast.Starred) for a in node.args) or None in (k.arg for k in node.keywords):
        return special.starred_builtin(frame, node, name)
    args: list[Arg] = [row_arguments.argument(frame, a, name) for a in node.args]
    keywords: dict[str, Arg] = {
        k.arg: row_arguments.argument(frame, k.value, name) for k in node.keywords if k.arg
    }
    args = row_arguments.walked(frame, node, name, args)
    if name.startswith(("os.", "posixpath.")):
        args = [row_arguments.as_path(frame, node, a) for a in args]
    given_node = next((k.value for k in node.keywords if k.arg == "key"), None)
    if isinstance(given_node, ast.Constant) and given_node.value is None:
        del keywords["key"]
    return row_calls.builtin(frame, node, name, args, keywords)


def library_call(frame: Frame, node: ast.Call, path: str) -> ir.Expr:
    handler = special_form.handler_of(special.LIBRARY, path, node)
    if handler is not None:
        return handler(frame, node)
    if path.startswith("builtins."):
        return builtin_call(frame, node, path.removeprefix("builtins."))
    if path in ROWS_BY_NAME:
        return rows_function(frame, node, path)
    if is_gone(path):
        return attribute.gone(frame, path)
    module = path.rpartition(".")[0]
    if module in MODULES:
        raise Refusal("PT203", node, f"{path}() is not known")
    raise attribute.unknown_module(module, node)


# -- values


def dynamic_method(frame: Frame, node: ast.AST, value: ir.Expr, name: str, args: Given) -> ir.Expr:
    """A method of a dynamic value: every class that has it may be meant."""
    boxed = [coerce(frame, a, VALUE) for a in args.positional]
    named = {k: coerce(frame, a, VALUE) for k, a in args.keywords.items()}
    for cls in opening.holders(frame.engine, frame.function, name):
        field_ = cls.root.fields.get(name)
        if field_ is not None:
            frame.engine.lattice.box_inside(field_.cell)
    opening.called(frame, name, args)
    opening.missing(frame)
    callee = coerce(frame, value, VALUE)
    if getattr(node, "is_entering", False):
        made = ir.Op(as_type(VALUE), "dynamic::enter({x})", {"x": ir.Operand(callee, "ref")}, True)
        opening.by_name(frame, "__exit__")
        return made
    if args.star is not None or args.double_star is not None:
        return spreading.dynamic_call(
            frame, "call_method_spread", callee, f'"{name}", ', boxed, named, args
        )
    return row_calls.dynamic_call(
        frame,
        f'dynamic::call_method({{x}}, "{name}", {{args}})',
        {"x": ir.Operand(callee, "ref")},
        boxed,
        named,
    )


def value_call(frame: Frame, node: ast.Call, callee: ir.Expr, args: Given | None = None) -> ir.Expr:
    ty = ty_of(callee)
    args = args or given(frame, node)
    every = [callee, *args.positional, *args.keywords.values()]
    if any(ty_of(e).kind == "never" for e in every):
        return diverge(*every)
    error = row_calls.exception("type_error", "'NoneType' object is not callable")
    if ty.kind == "none":
        return always_raises(frame, error, *every)
    if ty.optional:
        callee = coerce(frame, callee, ty.required(), error)
        ty = ty.required()
    if ty.kind in OBJECTS and all(always_has(c, "__call__") for c in ty.classes()):
        if ty.kind == "union":
            return unions.called(frame, node, callee, args, "__call__")
        return method_call(frame, node, callee, "__call__", args)
    if ty.kind == "class" and ty.cls is not None:
        made = construct.construct(frame, node, ty.cls, args)
        return ir.Block(made.ty, [ir.Eval(frame.line, callee)], made)
    if ty.kind == "func" and not args.keywords and args.star is None:
        params = ty.args[:-1]
        if len(params) == len(args.positional):
            items = [flow_into(frame, a, c) for a, c in zip(args.positional, params, strict=True)]
            return ir.CallValue(as_type(frame.read(ty.args[-1])), callee, items)
    boxed = [coerce(frame, a, VALUE) for a in args.positional]
    named = {k: coerce(frame, a, VALUE) for k, a in args.keywords.items()}
    opening.called(frame, "__call__", args)
    if args.star is not None or args.double_star is not None:
        boxed_callee = coerce(frame, callee, VALUE)
        return spreading.dynamic_call(frame, "call_spread", boxed_callee, "", boxed, named, args)
    return row_calls.dynamic_call(
        frame,
        "dynamic::call({f}, {args})",
        {"f": ir.Operand(coerce(frame, callee, VALUE), "ref")},
        boxed,
        named,
    )
