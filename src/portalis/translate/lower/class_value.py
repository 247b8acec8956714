"""Classes that are kept, passed or stored: what can be asked of them when they run."""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.enums import BY_NAME, BY_VALUE, MEMBERS
from portalis.translate.frontend.lattice import VALUE, Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    class_attributes,
    closure,
    comparing,
    klass,
    names,
    opening,
    row_calls,
)
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, Refusal, as_type


def class_object(frame: Frame, cls: Class, node: ast.AST) -> ir.Expr:
    """The class as a value that can construct, and that answers for its attributes."""
    static = f"&{comparing.class_static(cls)}"
    frame.engine.class_makers.setdefault(cls, {})[frame.function] = None
    klass.instantiate(frame, node, cls)
    if cls.is_plain_exception:
        return ir.Op(as_type(VALUE), f"plain_exception_class({static})", {}, False, pure=True)
    operands = {"construct": ir.Operand(_constructor(frame, cls))}
    members: list[str] = []
    names = {name for c in cls.mro() for name in (*c.methods, *c.class_attributes)}
    wanted = names & frame.engine.dynamic_readers.keys()
    if getattr(cls.node, "enum_shape", None) is not None:
        if cls.find_method(BY_VALUE) is None or cls.find_method(BY_NAME) is None:
            raise Refusal("PT204", node, f"the enumeration {cls.name} as a value")
        wanted |= {MEMBERS, BY_NAME}
    for name in sorted(wanted):
        text = _member(frame, node, cls, name, static, operands)
        if text is not None:
            members.append(f'("{name}", {text})')
    return ir.Op(
        as_type(VALUE),
        f"class_value({static}, {{construct}}, vec![{', '.join(members)}])",
        operands,
        False,
    )


def known_class(frame: Frame, cls: Class, node: ast.AST) -> ir.Expr:
    """The class where it is kept or passed: its own static type, while nothing boxes it."""
    if cls.is_exception:
        return class_object(frame, cls, node)
    frame.flow(Ty("class", (), cls), cls.as_value)
    if frame.read(cls.as_value).kind == "value":
        return class_object(frame, cls, node)
    static = comparing.class_static(cls)
    return ir.Op(as_type(Ty("class", (), cls)), f"ClassRef(&{static})", {}, False, pure=True)


def _constructor(frame: Frame, cls: Class) -> ir.Expr:
    """`Class(…)` as a function of any arguments."""
    refused = klass.not_instantiable(cls)
    if refused is not None:
        error = row_calls.exception("type_error", refused)
        text = f'Value::Func(DynFunc::new("{cls.name}", move |_| Err({error})))'
        return ir.Op(as_type(VALUE), text, {}, False)
    me = Ty("inst", (), cls)
    frame.engine.lattice.box(me)
    by_value = cls.find_method(BY_VALUE)
    if by_value is not None:
        frame.engine.reach(by_value)
        return closure.dynamic_function(frame, by_value)
    if cls.find_method("__new__") is not None:
        return closure.dynamic_function(frame, klass.maker(cls, cls.node))
    init = cls.find_method("__init__")
    params: list[ir.DynamicParam] = []
    if init is not None:
        if not klass.takes_object(init):
            raise Refusal("PT204", init.node, "a method without a parameter for its object")
        frame.engine.reach(init)
        frame.flow(me, init.params[0].variable.cell)
        me_first = ir.DynamicParam(init.params[0].name, "positional_only", as_type(me))
        params = [me_first, *closure.dynamic_params(frame, init, 1)]
    elif cls.is_exception:
        item = frame.engine.new_cell_for(cls.body or frame.function, "args")
        frame.flow(VALUE, item)
        params = [ir.DynamicParam("args", "star_list", as_type(Ty("vartuple", (item,))))]
    else:
        made = f"crate::{names.class_path(cls)}::new()?.to_value()"
        body = f'no_arguments(&args, "{cls.name}")?; Ok({made})'
        text = f'Value::Func(DynFunc::new("__init__", move |args| {{{{ {body} }}}}))'
        return ir.Op(as_type(VALUE), text, {}, False)
    path = f"{names.class_path(cls)}::new"
    name = f"{cls.name}.__init__"
    result = as_type(me)
    return ir.DynamicFunction(
        as_type(VALUE), path, name, [], params, result, implied=init is not None
    )


def _member(
    frame: Frame,
    node: ast.AST,
    cls: Class,
    name: str,
    static: str,
    operands: dict[str, ir.Operand],
) -> str | None:
    """What `name` is, read from the class: Rust text over operands; None: it has none."""
    if cls.find_class_attribute(name) is not None:
        read = coerce(frame, class_attributes.read(frame, cls.node, cls, name), VALUE)
        operands[f"m_{name}"] = ir.Operand(ir.RustClosure(as_type(VALUE), [], read), "closure")
        return f"Member::Variable(Box::new({{m_{name}}}))"
    method = cls.find_method(name)
    if method is None or (name.startswith("__") and name.endswith("__")):
        return None
    return _method(frame, node, cls, name, method, static, operands)


def _method(
    frame: Frame,
    node: ast.AST,
    cls: Class,
    name: str,
    method: Function,
    static: str,
    operands: dict[str, ir.Operand],
) -> str:
    if method.kind not in ("static", "class"):
        opening.to_anything(frame.engine, frame.function, method)
        if any(name in c.methods for c in cls.descendants()):
            # The class's own one is meant, whatever the instance is of.
            operands[f"m_{name}"] = ir.Operand(closure.dynamic_function(frame, method))
            return f"Member::Function({{m_{name}}})"
        return f'Member::Function(unbound_method({static}, "{name}"))'
    frame.engine.reach(method)
    operands[f"m_{name}"] = ir.Operand(closure.dynamic_function(frame, method))
    if method.kind == "static":
        return f"Member::Function({{m_{name}}})"
    return f"Member::Function(bound_to_class({{m_{name}}}, {static}))"
