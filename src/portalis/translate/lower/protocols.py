"""What an instance does when containers, printing or dynamic code meet it."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from portalis.translate.frontend import library
from portalis.translate.frontend.lattice import BOOL, INT, STR, VALUE, Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    answers,
    call,
    class_attributes,
    closure,
    comparing,
    klass,
    names,
    operators,
)
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.dunders import COMPARISONS, DUNDERS
from portalis.translate.lower.given import Given
from portalis.translate.lower.holes import attempt, hole

if TYPE_CHECKING:
    from portalis.translate.lower.elaborate import Elaborator

# Dunder → the type that the runtime's `Instance` trait wants back.
RESULTS: dict[str, Ty] = {
    "__repr__": STR,
    "__str__": STR,
    "__eq__": BOOL,
    "__ne__": BOOL,
    "__lt__": BOOL,
    "__le__": BOOL,
    "__gt__": BOOL,
    "__ge__": BOOL,
    "__hash__": INT,
    "__len__": INT,
    "__bool__": BOOL,
}
_WITH_OTHER = frozenset(COMPARISONS)


def bare(cls: Class) -> ir.ClassDef:
    """The struct of a class, without what the runtime calls on its instances."""
    fields = (
        [ir.FieldDef(f.name, as_type(f.cell.find().ty)) for f in cls.fields.values()]
        if cls.root is cls
        else []
    )
    module = cls.module.name
    if cls.module.is_library:
        module = library.shown_module(module)
    return ir.ClassDef(
        names.class_path(cls),
        library.shown_class(module, cls.name) if cls.module.is_library else cls.name,
        "__main__" if cls.module.is_main else module,
        cls.qualname,
        [f"crate::{names.static_path(b)}" for b in cls.mro()[1:]] + _builtin_mro(cls),
        names.class_path(cls.root),
        cls.builtin_base,
        fields,
        ast.get_docstring(cls.node) or "",
        cls.node.lineno,
        cls.static_name,
        is_exception=any(c.is_exception for c in cls.group),
        is_plain=cls.is_plain_exception,
    )


def class_def(elaborator: Elaborator, cls: Class) -> ir.ClassDef:
    engine = elaborator.engine
    made = bare(cls)
    if made.is_plain:
        return made
    body = cls.module.body
    assert body is not None
    frame = elaborator.frame(body)
    init = cls.find_method("__init__")
    definition = engine.results.get(init) if init is not None else None
    # One that takes no object is not called: every call has raised, or was refused.
    if init is not None and definition is not None and klass.takes_object(init):
        made.init = ir.Call(definition.result, names.function_path(init), [])
        made.init_params = definition.params[1:]
    if cls.root is cls:
        made.protocols = [p for p in (protocol(frame, cls, n) for n in RESULTS) if p is not None]
        made.dynamic = dynamic_methods(frame, cls)
        made.reflected = _reflected(cls)
        made.family = {
            names.static_path(c): tuple(names.static_path(b) for b in c.mro() if b.root is cls)
            for c in cls.group
        }
        # The runtime takes the value of a member where it wants a text or a number.
        made.escapes = any(c.escapes or _mixin(c) for c in cls.group)
        made.is_copied = engine.copies
        made.is_ordered = engine.uses.reads_dict
        made.is_open = engine.uses.sets_any
        made.method_names = sorted({n for c in cls.group for n in c.methods})
    return made


def _reflected(root: Class) -> list[tuple[str, str, str]]:
    """Where several classes of the hierarchy have an operator's reflected method."""
    if len(root.group) == 1:
        return []
    return [
        (f"__r{name}__", comparing.class_static(cls), comparing.class_static(method.cls))
        for name in operators.DUNDERS.values()
        for cls in root.group
        if (method := cls.find_method(f"__r{name}__")) is not None and method.cls is not None
    ]


def _mixin(cls: Class) -> str:
    """The builtin class that members of an enum are instances of, too."""
    return next((m for c in cls.mro() if (m := getattr(c.node, "mixin", ""))), "")


def _builtin_mro(cls: Class) -> list[str]:
    if any(getattr(c.node, "frozen", None) == "tuple" for c in cls.mro()):
        return [comparing.class_static("tuple")]
    enum = _enum_mro(cls)
    if mixed := _mixin(cls):
        return [comparing.class_static(mixed), *enum]
    if not cls.is_exception:
        return enum
    base = getattr(__import__("builtins"), cls.builtin_base)
    return [comparing.class_static(c.__name__) for c in base.__mro__ if c is not object]


def _enum_mro(cls: Class) -> list[str]:
    shape = next((s for c in cls.mro() if (s := getattr(c.node, "enum_shape", None))), None)
    if shape is None:
        return []
    return ["classes::FLAG", "classes::ENUM"] if shape.is_flag else ["classes::ENUM"]


def protocol(frame: Frame, root: Class, dunder: str) -> ir.Protocol | None:
    """One method of `Instance`: an arm a class whose dunder is known."""
    arms: list[tuple[list[str], ir.Expr]] = []
    me = ir.Local("this", as_type(Ty("inst", (), root)))
    other = ir.Local("other", as_type(Ty("inst", (), root)))
    found: dict[Function, list[Class]] = {}
    for cls in root.group:
        method = cls.find_method(dunder)
        if method is not None and method in frame.engine.results and method.kind == "method":
            found.setdefault(method, []).append(cls)
    for method, classes in found.items():
        if len(method.params) != (2 if dunder in _WITH_OTHER else 1):
            text = f"{method.qualname} takes other arguments than Python passes"
            raise Refusal("PT206", method.node, text)
        args = [ir.Var(other.ty, other)] if dunder in _WITH_OTHER else []
        this = ir.Var(as_type(Ty("inst", (), classes[0])), me)
        made = call.function_call(frame, method.node, method, Given(list(args)), this)
        wanted = RESULTS[dunder]
        if dunder not in _WITH_OTHER:
            value = answers.checked(frame, made, dunder)
        elif ty_of(made).kind == "value":
            # It may be NotImplemented, which only the runtime can ask further about.
            value = made
        else:
            value = comparing.truth(frame, made)
        if ty_of(value).kind == "never":
            value = ir.Coerce(as_type(wanted), value, as_type(Ty("never")))
        arms.append(([f"crate::{names.static_path(c)}" for c in classes], value))
    if not arms:
        return None
    return ir.Protocol(dunder, me, other, arms)


def dynamic_methods(frame: Frame, root: Class) -> list[ir.DynamicMethod]:
    """Methods and properties callable by name, once an instance is boxed."""
    out: list[ir.DynamicMethod] = []
    if any(c.escapes for c in root.group):
        used = set(frame.engine.dynamic_readers) | set(DUNDERS)
    elif any(c.is_mixed for c in root.group):
        used = set(COMPARISONS)
    else:
        return out
    for cls in root.group:
        out += (given := _class_attributes(frame, cls, used))
        done = {(d.name, False) for d in given}
        for base in cls.mro():
            candidates = [(n, f, "method") for n, f in base.methods.items()]
            for word, kind in (("get", "property"), ("set", "setter")):
                candidates += [(n, p[word], kind) for n, p in base.properties.items() if word in p]
            for name, function, kind in candidates:
                if name not in used or function not in frame.engine.results:
                    continue
                if cls.find_method(name) is not function and not cls.find_property(name):
                    continue
                if (name, kind == "setter") in done:
                    continue
                made = dynamic_method(frame, cls, name, function, kind)
                if made is not None:
                    out.append(made)
                    done.add((name, kind == "setter"))
    return out


def _class_attributes(frame: Frame, cls: Class, used: set[str]) -> list[ir.DynamicMethod]:
    out: list[ir.DynamicMethod] = []
    for name in sorted(used & {n for c in cls.mro() for n in c.class_attributes}):
        if cls.find_class_attribute(name) is not None:
            shown = f"'{cls.name}' object"
            ask = partial(class_attributes.read, frame, cls.node, cls, name, shown)
            got = attempt(cls.node, ask)
            if isinstance(got, Refusal):
                # A class within that was not translated: who asks for it stops there.
                got = hole(frame.function, got)
            value = coerce(frame, got, VALUE)
            made = ir.DynamicMethod(names.static_path(cls), name, "", [], [], value, "class")
            out.append(made)
    return out


def dynamic_method(
    frame: Frame, cls: Class, name: str, function: Function, kind: str
) -> ir.DynamicMethod | None:
    if function.kind not in ("method", "property", "static", "class"):
        return None
    skip = 0 if function.kind == "static" else 1
    if skip and (not function.params or function.params[0].kind != "positional"):
        raise Refusal("PT204", function.node, "a dynamic call of a method that names no instance")
    params: list[ir.DynamicParam] = []
    locals_: list[ir.Local] = []
    args: list[ir.Expr] = []
    if skip:
        wanted = frame.read(function.params[0].variable.cell).required()
        # Classes of one hierarchy share a handle: the method takes it as its own class's.
        own = wanted.kind == "inst" and wanted.cls in cls.mro()
        me = ir.Local("this", as_type(wanted if own else Ty("inst", (), cls)))
        # Methods of unrelated classes that were merged take their receiver as a value.
        receiver: ir.Expr = ir.Var(me.ty, me)
        if function.kind == "class":
            operands = {"x": ir.Operand(receiver, "recv")}
            receiver = ir.Op(as_type(VALUE), "Value::Class({x}.py_class())", operands, False)
        first = function.params[0]
        args.append(coerce(frame, receiver, frame.read(first.variable.cell)))
        params.append(ir.DynamicParam(first.name, "positional_only", as_type(VALUE)))
    for i, param in enumerate(function.params[skip:]):
        cell = param.variable.cell
        if param.kind in ("star", "double_star"):
            boxed = ir.Local(
                f"a{i}", closure.open_rest(frame.engine, frame.function, function, param)
            )
        else:
            boxed = ir.Local(f"a{i}", as_type(VALUE))
        ty = frame.read(cell)
        value: ir.Expr = ir.Var(boxed.ty, boxed)
        if param.kind not in ("star", "double_star") and ty.kind != "value":
            value = ir.Coerce(as_type(ty), value, as_type(VALUE))
        locals_.append(boxed)
        args.append(value)
        default = None
        if param.default is not None:
            default = coerce(frame, closure.default_of(frame, function, i + skip), VALUE)
        shown = "positional_only" if param.by_position_only else param.kind
        params.append(ir.DynamicParam(param.name, shown, boxed.ty, default))
    made = ir.Call(as_type(call.result_of(frame, function)), names.function_path(function), args)
    return ir.DynamicMethod(
        names.static_path(cls),
        name,
        function.shown_qualname,
        params,
        locals_,
        coerce(frame, made, VALUE),
        kind,
    )
