"""Attributes of classes, read and assigned through the class or an instance."""

from __future__ import annotations

import ast

from portalis.translate.frontend.late_attributes import class_subject
from portalis.translate.frontend.lattice import BOOL, EXC, NEVER, NONE, STR, VALUE, Ty
from portalis.translate.frontend.program import Class, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    class_value,
    closure,
    comparing,
    expression,
    klass,
    names,
    row_calls,
)
from portalis.translate.lower.coerce import coerce, flow_into
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of


def of_parameter(frame: Frame, variable: Variable) -> Class | None:
    """The class whose method has `variable` as its `cls`."""
    del frame
    function = variable.owner
    if function is None or function.kind != "class" or function.cls is None:
        return None
    if not function.params or function.params[0].variable is not variable:
        return None
    return function.cls if variable.stores == 1 else None


def held(frame: Frame, variable: Variable) -> Class | None:
    """The one class that the variable can hold."""
    found = of_parameter(frame, variable)
    if found is not None or variable.maybe_unbound:
        return found
    ty = frame.read(variable.cell)
    return ty.cls if ty.kind == "class" and not ty.optional else None


def is_parameter(frame: Frame, node: ast.expr) -> bool:
    target = frame.engine.program.names.get(node)
    return isinstance(target, Variable) and of_parameter(frame, target) is not None


def check_not_overridden(frame: Frame, node: ast.Attribute, cls: Class) -> None:
    """`cls.name` is taken from the method's own class, which must be right for all."""
    if not is_parameter(frame, node.value):
        return
    for below in cls.descendants():
        if node.attr in below.methods or node.attr in below.class_attributes:
            raise Refusal(
                "PT204", node, f"cls.{node.attr} differs between {cls.name} and {below.name}"
            )


def may_be_below(frame: Frame, node: ast.expr) -> bool:
    """`cls` of a class method, which may stand for a class below the one that is named."""
    base = attribute.named_entity(frame, node)
    return isinstance(base, Class) and is_parameter(frame, node) and bool(base.descendants())


# What each class has for itself.
OWN = frozenset("__name__ __qualname__ __module__ __doc__ __bases__ __mro__".split())


def known_class(frame: Frame, node: ast.expr) -> tuple[Class, ir.Expr | None] | None:
    """The class that an expression names, and the class as a value where it may be one below."""
    base = attribute.named_entity(frame, node)
    if isinstance(base, Class):
        if is_parameter(frame, node) and base.descendants():
            return base, frame.expr(node)
        return base, None
    subject = class_subject(frame.engine.program, node)
    if subject is None:
        return None
    value = frame.expr(subject)
    ty = ty_of(value)
    if ty.kind != "inst" or ty.optional or ty.cls is None:
        return None
    if not ty.cls.descendants():
        return ty.cls, None
    which = "Value::Class({x}.py_class())"
    return ty.cls, ir.Op(as_type(VALUE), which, {"x": ir.Operand(value, "recv")}, False, pure=True)


def chain(cls: Class, name: str) -> tuple[Variable, ...]:
    """Where the attribute may be, up to the first class that surely has it."""
    out: list[Variable] = []
    for each in cls.mro():
        variable = each.class_attributes.get(name)
        if variable is not None:
            out.append(variable)
            if not variable.late:
                break
    return tuple(out)


def read(frame: Frame, node: ast.AST, cls: Class, name: str, shown: str = "") -> ir.Expr:
    """The attribute of exactly this class. shown: how the error names what lacks it."""
    places = chain(cls, name)
    *late, last = places
    if last.late:
        owner = shown or f"type object '{cls.name}'"
        text = f"{owner} has no attribute '{name}'"
        error = row_calls.exception("attribute_error", text)
        late.append(last)
        value: ir.Expr = ir.Op(as_type(NEVER), f"Err::<Never, Exc>({error})", {}, True)
    elif isinstance(last.known_entity, Class):
        value = expression.entity(frame, last.known_entity, last.known_entity.node)
    else:
        value = _stored(frame, last)
    if not late:
        return value
    cell = frame.site(node, "late", cls.qualname, name)
    values = [_stored(frame, variable) for variable in late]
    for each in (value, *values):
        frame.flow(ty_of(each), cell)
    ty = frame.read(cell)
    for variable, found in zip(reversed(late), reversed(values), strict=True):
        test = ir.Op(
            as_type(BOOL),
            f"is_bound(&crate::{names.global_path(variable)})",
            {},
            False,
        )
        value = ir.IfExp(as_type(ty), test, coerce(frame, found, ty), coerce(frame, value, ty))
    return value


def _stored(frame: Frame, variable: Variable) -> ir.Expr:
    ty = frame.read(variable.cell)
    return ir.GlobalGet(as_type(ty), names.global_path(variable), variable.name, True)


def member(frame: Frame, cls: Class, node: ast.Attribute) -> ir.Expr:
    """`Class.name`."""
    if cls.find_class_attribute(node.attr) is not None:
        return read(frame, node, cls, node.attr)
    if node.attr == "__name__":
        return ir.Lit(as_type(STR), cls.name)
    if node.attr == "__qualname__":
        return ir.Lit(as_type(STR), cls.qualname)
    if node.attr == "__module__":
        return ir.Lit(as_type(STR), "__main__" if cls.module.is_main else cls.module.name)
    if node.attr == "__doc__":
        text = ast.get_docstring(cls.node, clean=False)
        return ir.Lit(as_type(NONE if text is None else STR), text)
    if node.attr == "__bases__":
        return _bases(frame, cls, node)
    if node.attr == "__mro__":
        for above in cls.mro():
            klass.instantiate(frame, node, above)
        made = class_value.class_object(frame, cls, node)
        return attribute.dynamic_get(frame, made, "__mro__")
    method = cls.find_method(node.attr)
    if method is not None and method.kind == "class":
        frame.engine.reach(method)
        static = comparing.class_static(cls)
        operands = {"f": ir.Operand(closure.dynamic_function(frame, method))}
        return ir.Op(as_type(VALUE), f"bound_to_class({{f}}, &{static})", operands, False)
    if method is not None:
        return closure.function_value(frame, method, node)
    if cls.find_property(node.attr) is not None:
        raise Refusal("PT204", node, "a property that is read through its class")
    raise Refusal("PT104", node, f"class {cls.name} has no attribute {node.attr!r}")


def _bases(frame: Frame, cls: Class, node: ast.Attribute) -> ir.Expr:
    bases = [class_value.class_object(frame, b, node) for b in cls.bases]
    if not bases:
        static = "classes::OBJECT"
        if cls.is_exception:
            static = comparing.class_static(cls.builtin_base)
        bases = [ir.Op(as_type(VALUE), f"Value::Class(&{static})", {}, False, pure=True)]
    cells = tuple(frame.site(node, "base", i) for i in range(len(bases)))
    for cell in cells:
        frame.flow(VALUE, cell)
    return ir.TupleLit(as_type(Ty("tuple", cells)), bases)


def by_class(frame: Frame, node: ast.Attribute, cls: Class, which: ir.Expr) -> ir.Expr | None:
    """`cls.name`, `type(self).name`, where the class may be one below `cls`."""
    every = [cls, *cls.descendants()]
    if not all(c.find_class_attribute(node.attr) for c in every):
        return None
    if len({chain(c, node.attr) for c in every}) == 1:
        return read(frame, node, cls, node.attr)
    held = frame.temp(VALUE, "class")
    cell = frame.site(node, "of class")
    values = [(c, read(frame, node, c, node.attr)) for c in every]
    for _, value in values:
        frame.flow(ty_of(value), cell)
    ty = frame.read(cell)
    result = coerce(frame, values[0][1], ty)
    for candidate, value in values[1:]:
        test = _is_class(ir.Var(held.ty, held), candidate)
        result = ir.IfExp(as_type(ty), test, coerce(frame, value, ty), result)
    return ir.Block(as_type(ty), [ir.Declare(frame.line, held, which)], result)


def _is_class(which: ir.Expr, cls: Class) -> ir.Expr:
    return ir.Op(
        as_type(BOOL),
        f"is_class({{c}}, &{comparing.class_static(cls)})",
        {"c": ir.Operand(which, "ref")},
        False,
        pure=True,
    )


def of_instance(frame: Frame, node: ast.AST, value: ir.Expr, cls: Class, attr: str) -> ir.Expr:
    """A class attribute seen through an instance: a subclass may have its own."""
    found: dict[tuple[Variable, ...], list[Class]] = {}
    for candidate in (cls, *cls.descendants()):
        places = chain(candidate, attr)
        if places:
            found.setdefault(places, []).append(candidate)
    me = frame.temp(ty_of(value), "this")
    shown = f"'{cls.name}' object"
    if len(found) == 1:
        got = read(frame, node, cls, attr, shown)
        bound = _bound(frame, got, me)
        if bound is got:
            return got
        return ir.Block(bound.ty, [ir.Declare(frame.line, me, value)], bound)
    cell = frame.site(node, "class attribute", attr)
    values = [
        (classes, read(frame, node, classes[0], attr, f"'{classes[0].name}' object"))
        for classes in found.values()
    ]
    for _, each in values:
        frame.flow(ty_of(each), cell)
    ty = frame.read(cell)
    arms = [
        ([f"crate::{names.static_path(c)}" for c in classes], coerce(frame, each, ty))
        for classes, each in values
    ]
    chosen = _bound(frame, ir.VirtualCall(as_type(ty), me, arms), me)
    return ir.Block(chosen.ty, [ir.Declare(frame.line, me, value)], chosen)


def _bound(frame: Frame, got: ir.Expr, me: ir.Local) -> ir.Expr:
    """A function kept in a class attribute is a method of the instance it is read from."""
    if ty_of(got).kind not in ("func", "value"):
        return got
    operands = {
        "x": ir.Operand(coerce(frame, got, VALUE)),
        "me": ir.Operand(coerce(frame, ir.Var(me.ty, me), VALUE)),
    }
    return ir.Op(as_type(VALUE), "bound_to({x}, {me})", operands, False)


def assign(
    frame: Frame, target: ast.Attribute, cls: Class, which: ir.Expr | None, value: ir.Expr
) -> list[ir.Stmt]:
    """`Class.name = value`, of `which` where that may be a class below."""
    shape = getattr(cls.node, "enum_shape", None)
    if shape is not None and target.attr in {*shape.members, *shape.aliases}:
        if not getattr(target, "makes_member", False):
            text = f"cannot reassign member {target.attr!r}"
            error = row_calls.exception("attribute_error", text)
            raised = ir.Op(as_type(EXC), error, {}, False)
            return [ir.Eval(frame.line, value), ir.Raise(frame.line, raised)]
    every = [cls] if which is None else [cls, *cls.descendants()]
    for each in every:
        if target.attr not in each.class_attributes:
            raise Refusal(
                "PT204", target, f"{each.name} has no attribute {target.attr!r} to assign"
            )
    if which is None:
        return [_store(frame, cls, target.attr, value)]
    out: list[ir.Stmt] = []
    held = frame.temp(ty_of(value), "value")
    out.append(ir.Declare(frame.line, held, value))
    local = frame.temp(VALUE, "class")
    out.append(ir.Declare(frame.line, local, which))
    stored = ir.Var(held.ty, held)
    body = [_store(frame, cls, target.attr, stored)]
    for below in every[1:]:
        test = _is_class(ir.Var(local.ty, local), below)
        body = [ir.If(frame.line, test, [_store(frame, below, target.attr, stored)], body)]
    return [*out, *body]


def _store(frame: Frame, cls: Class, name: str, value: ir.Expr) -> ir.Stmt:
    variable = cls.class_attributes[name]
    frame.engine.varies(variable)
    stored = flow_into(frame, value, variable.cell)
    return ir.SetGlobal(frame.line, names.global_path(variable), stored)
