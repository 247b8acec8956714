"""Attributes by name: `getattr`, `setattr`, `vars` and the like, and deletion.

A name that is computed may be that of any attribute: all of them are opened to dynamic
code, and what the runtime does not know of CPython's own objects stops the program.
"""

from __future__ import annotations

import ast
import builtins

from portalis.core import trees
from portalis.translate.frontend.lattice import BOOL, NONE, VALUE, Ty, doubt
from portalis.translate.frontend.library import pythons_has
from portalis.translate.frontend.program import Class, Module
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute,
    attribute_stores,
    klass,
    names,
    opening,
    properties,
    row_calls,
    unions,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _arguments(frame: Frame, node: ast.Call, least: int, most: int) -> list[ast.expr]:
    """The arguments, positional and of the right number.

    Raises:
        Refusal: other ones, or attributes of a module.
    """
    starred = any(isinstance(a, ast.Starred) for a in node.args)
    if node.keywords or starred or not least <= len(node.args) <= most:
        raise Refusal("PT206", node, f"{ast.unparse(node.func)} with these arguments")
    subject = node.args[0]
    path = attribute.library_path(frame, subject)
    if isinstance(attribute.named_entity(frame, subject), Module) or (
        path is not None and not attribute.is_library_value(frame, subject)
    ):
        raise Refusal("PT206", node, "an attribute of a module by name")
    return node.args


def getattr_(frame: Frame, node: ast.Call) -> ir.Expr:
    subject, name, *default = _arguments(frame, node, 2, 3)
    literal = _literal(name)
    if literal is not None and not default:
        made = ast.copy_location(ast.Attribute(subject, literal, ast.Load()), node)
        return attribute.get(frame, made)
    args = [_opened(frame, subject, literal), coerce(frame, frame.expr(name), VALUE)]
    args += [coerce(frame, frame.expr(d), VALUE) for d in default]
    return row_calls.dynamic_builtin(frame, "getattr", args, VALUE)


def hasattr_(frame: Frame, node: ast.Call) -> ir.Expr:
    subject, name = _arguments(frame, node, 2, 2)
    literal = _literal(name)
    builtin = _builtin_class(frame, subject)
    if builtin is not None and literal is not None:
        return ir.Lit(as_type(BOOL), hasattr(builtin, literal))
    named = attribute.named_entity(frame, subject)
    if isinstance(named, Class) and literal is not None:
        if not _has(named, literal):
            check_ours(node, named, literal)
        if named.find_property(literal) is not None or _is_special(literal):
            return ir.Lit(as_type(BOOL), _has(named, literal) or hasattr(type, literal))
    value = _opened(frame, subject, literal)
    if literal is not None and isinstance(value, ir.Coerce):
        for cls in ty_of(value.value).classes():
            if not any(_has(c, literal) for c in (cls, *cls.descendants())):
                check_ours(node, cls, literal)
    return row_calls.dynamic_builtin(
        frame, "hasattr", [value, coerce(frame, frame.expr(name), VALUE)], BOOL
    )


def check_ours(node: ast.AST, cls: Class, attr: str) -> None:
    """Of what our class lacks, CPython's class lacks it, too.

    Raises:
        Refusal: CPython's has it.
    """
    ours = next((c for c in cls.mro() if c.module.is_library), None)
    if ours is not None and pythons_has(ours.module.name, ours.name, attr):
        raise Refusal("PT203", node, f"{ours.name}.{attr} is not known")


def _has(cls: Class, name: str) -> bool:
    """A class statement gives it, or an instance's own code stores it."""
    doubt()
    named = (cls.find_method(name), cls.find_property(name))
    return (
        any(found is not None for found in named)
        or any(c.defines(name) for c in cls.mro())
        or name in cls.root.fields
    )


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _builtin_class(frame: Frame, node: ast.expr) -> type | None:
    """The class of Python's own that a name means."""
    named = frame.engine.program.names.get(node)
    found = getattr(builtins, named, None) if isinstance(named, str) else None
    return found if isinstance(found, type) else None


def setattr_(frame: Frame, node: ast.Call) -> ir.Expr:
    subject, name, stored = _arguments(frame, node, 3, 3)
    literal = _literal(name)
    obj = frame.expr(subject)
    if literal is not None:
        body = attribute_stores.set_on(frame, node, obj, literal, frame.expr(stored))
        return ir.Block(as_type(NONE), body, none())
    key, value = frame.expr(name), frame.expr(stored)
    if any(ty_of(e).kind == "never" for e in (obj, key, value)):
        return diverge(obj, key, value)
    for cls in _candidates(frame, obj):
        _take_anything(frame, node, cls, ty_of(value))
    args = [coerce(frame, e, VALUE) for e in (obj, key, value)]
    return row_calls.dynamic_builtin(frame, "setattr", args, NONE)


def delattr_(frame: Frame, node: ast.Call) -> ir.Expr:
    subject, name = _arguments(frame, node, 2, 2)
    literal = _literal(name)
    obj = frame.expr(subject)
    if literal is not None:
        return delete(frame, node, obj, literal)
    _check_open(frame, node, obj)
    args = [coerce(frame, obj, VALUE), coerce(frame, frame.expr(name), VALUE)]
    return row_calls.dynamic_builtin(frame, "delattr", args, NONE)


def _opened(frame: Frame, subject: ast.expr, literal: str | None) -> ir.Expr:
    """The subject as a value of which dynamic code may ask for the name."""
    value = frame.expr(subject)
    for name in _every_name(_candidates(frame, value)) if literal is None else [literal]:
        opening.by_name(frame, name)
    opening.missing(frame)
    return coerce(frame, value, VALUE)


def _candidates(frame: Frame, value: ir.Expr) -> list[Class]:
    """The classes of ours that the value, or the class that it is, may be of."""
    doubt()  # What fields they have may still grow.
    known = [d for c in ty_of(value).classes() for d in (c, *c.descendants())]
    return known or frame.engine.program.every_class()


def _every_name(classes: list[Class]) -> list[str]:
    found: dict[str, None] = {}
    seen: set[Class] = set()
    roots: set[Class] = set()
    for cls in classes:
        for each in cls.mro():
            if each not in seen:
                seen.add(each)
                found |= dict.fromkeys((*each.methods, *each.properties, *each.class_attributes))
        if cls.root not in roots:
            roots.add(cls.root)
            found |= dict.fromkeys(cls.root.fields)
    return [n for n in found if not _is_special(n)]


def _check_open(frame: Frame, node: ast.AST, obj: ir.Expr) -> None:
    for cls in _candidates(frame, obj):
        if klass.slots(cls) is not None or any(hasattr(c.node, "frozen") for c in cls.mro()):
            raise Refusal("PT206", node, f"{cls.name} does not let any attribute be changed")


def _take_anything(frame: Frame, node: ast.AST, cls: Class, ty: Ty) -> None:
    """Any field of the class may be given a `ty`."""
    if klass.slots(cls) is not None or any(hasattr(c.node, "frozen") for c in cls.mro()):
        raise Refusal("PT206", node, f"{cls.name} does not let any attribute be changed")
    fields = cls.root.fields
    for name in (n for c in cls.mro() for n in c.class_attributes):
        # It may be hidden by the instance's own from now on.
        frame.engine.new_field(cls, name)
    for field in fields.values():
        frame.flow(ty, field.cell)
    for name in (n for c in cls.mro() for n in c.properties):
        attribute.open_setter(frame, name)


# -- deletion


def delete(frame: Frame, node: ast.AST, obj: ir.Expr, attr: str) -> ir.Expr:
    """`del obj.attr`."""
    ty = ty_of(obj)
    if ty.kind == "never":
        return diverge(obj)
    error = row_calls.exception("attribute_error", f"'NoneType' object has no attribute '{attr}'")
    if ty.kind == "none":
        return always_raises(frame, error, obj)
    if ty.optional:
        return delete(frame, node, coerce(frame, obj, ty.required(), error), attr)
    if ty.kind == "union":
        return unions.each(
            frame, node, obj, f"del {attr}", lambda it: delete(frame, node, it, attr)
        )
    cls = ty.cls if ty.kind == "inst" else None
    if cls is None:
        boxed = coerce(frame, obj, VALUE)
        template = f'dynamic::del_attr({{x}}, "{attr}")'
        return ir.Op(as_type(NONE), template, {"x": ir.Operand(boxed, "ref")}, True)
    if any(attr in c.properties for c in (*cls.mro(), *cls.descendants())):
        return properties.delete(frame, node, obj, attr)
    if any(hasattr(c.node, "frozen") for c in cls.mro()):
        raise Refusal("PT206", node, f"del of a field of {cls.name}, which is frozen")
    field = frame.engine.new_field(cls, attr)
    frame.read(field.cell)
    template = f'delete_attribute(&{{x}}.0.{names.rust_identifier(attr)}, "{cls.name}", "{attr}")'
    made = ir.Op(as_type(NONE), template, {"x": ir.Operand(obj, "recv")}, True)
    if not frame.engine.uses.reads_dict:
        return made
    forget = ir.Op(
        as_type(NONE),
        f'fields::of(&{{x}}.0.py_order).forget("{attr}")',
        {"x": ir.Operand(obj, "recv")},
        False,
    )
    return ir.Block(as_type(NONE), [ir.Eval(frame.line, made)], forget)


# -- vars

# Functions that look at a mapping once and keep nothing of it.
_LOOK = frozenset(
    "len sorted list tuple dict set frozenset print str repr bool any all max min sum".split()
)
_LOOKING_METHODS = frozenset(("get", "copy"))
_VIEWS = frozenset(("items", "keys", "values"))


def vars_(frame: Frame, node: ast.Call) -> ir.Expr:
    if len(node.args) != 1:
        raise Refusal("PT206", node, "vars() without an argument is the frame's own mapping")
    return mapping(frame, node, node.args[0])


def mapping(frame: Frame, node: ast.expr, subject: ast.expr) -> ir.Expr:
    """`vars(subject)`, `subject.__dict__`: a copy, so it must only be looked at.

    Raises:
        Refusal: it is kept or changed, or is that of a class.
    """
    if attribute.named_entity(frame, subject) is not None:
        raise Refusal("PT206", node, "the mapping of a class or module is not available")
    if not _only_looked_at(frame, node):
        raise Refusal("PT206", node, "the mapping of an object's attributes is kept or changed")
    value = frame.expr(subject)
    if ty_of(value).kind == "never":
        return diverge(value)
    for cls in _candidates(frame, value):
        if any(cls.find_class_attribute(f"_{p}_is_known") for p in cls.properties):
            raise Refusal("PT206", node, f"the mapping of {cls.name}, which caches a property")
        for name in cls.root.fields:
            opening.by_name(frame, name)
    boxed = coerce(frame, value, VALUE)
    return ir.Op(as_type(VALUE), "dynamic::vars({x})", {"x": ir.Operand(boxed, "ref")}, True)


def _only_looked_at(frame: Frame, node: ast.expr) -> bool:
    parents = frame.engine.parents(frame.module)
    parent = parents.get(node)
    if isinstance(parent, ast.Attribute):
        above = parents.get(parent)
        if not (isinstance(above, ast.Call) and above.func is parent):
            return False
        if parent.attr in _LOOKING_METHODS:
            return True
        return parent.attr in _VIEWS and _looks(frame, above, parents)
    return _looks(frame, node, parents)


def _looks(frame: Frame, node: ast.expr, parents: dict[ast.AST, ast.AST]) -> bool:
    """What the node stands in takes a look at it."""
    parent = parents.get(node)
    match parent:
        case ast.Call():
            if node in parent.args and isinstance(parent.func, ast.Name):
                target = frame.engine.program.names.get(parent.func)
                return isinstance(target, str) and target in _LOOK
            if isinstance(parent.func, ast.Attribute) and parent.func.attr in ("join", "update"):
                return node in parent.args
            return attribute.library_path(frame, parent.func) in ("json.dumps", "copy.deepcopy")
        case ast.For():
            changes = (ast.Delete, ast.Attribute)
            return node is parent.iter and not any(
                isinstance(n, changes) and not isinstance(getattr(n, "ctx", None), ast.Load)
                for s in parent.body
                for n in trees.walk(s)
            )
        case ast.comprehension():
            return node is parent.iter
        case ast.Subscript():
            return node is parent.value and isinstance(parent.ctx, ast.Load)
        case ast.Compare():
            return all(isinstance(o, (ast.In, ast.NotIn, ast.Eq, ast.NotEq)) for o in parent.ops)
        case ast.Dict():
            return node in parent.values and parent.keys[parent.values.index(node)] is None
    return isinstance(parent, (ast.FormattedValue, ast.Starred, ast.keyword)) and (
        not isinstance(parent, ast.keyword) or parent.arg is None
    )
