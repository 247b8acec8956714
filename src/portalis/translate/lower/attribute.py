"""Attributes: of modules, classes, instances, exceptions, dynamic values."""

from __future__ import annotations

import ast
import sys

from portalis.translate.frontend import definite
from portalis.translate.frontend.gone_names import is_gone, message
from portalis.translate.frontend.lattice import ATOMS, BOOL, EXC, NEVER, NONE, STR, VALUE, Ty
from portalis.translate.frontend.program import (
    EXCEPTION_ATTRIBUTES,
    Attribute,
    Class,
    Function,
    Imported,
    Module,
    Variable,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    by_name,
    call,
    class_attributes,
    class_names,
    closure,
    expression,
    opening,
    properties,
    row_calls,
    special,
    unions,
)
from portalis.translate.lower.coerce import always_raises, coerce, diverge
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.match_rows import apply_row
from portalis.translate.lower.row_choice import find_row
from portalis.translate.rows.row import Param, Signature, parse_signature
from portalis.translate.rows.table import AREAS, MODULES, ROWS_BY_NAME


def unknown_module(module: str, node: ast.AST) -> Refusal:
    if module.partition(".")[0] in sys.stdlib_module_names:
        return Refusal("PT103", node, f"the library module {module} is not supported")
    return Refusal(
        "PT101",
        node,
        f"the module {module} is neither given nor part of the standard library",
    )


def library_path(frame: Frame, node: ast.expr) -> str | None:
    """The dotted path of a library module or member that `node` names."""
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, Variable) and isinstance(target.entity, Imported):
            return None if target.known_entity is None else target.entity.path
        return None
    if isinstance(node, ast.Attribute):
        base = library_path(frame, node.value)
        if base is not None:
            return f"{base}.{node.attr}"
    return None


def named_entity(frame: Frame, node: ast.expr) -> Class | Module | Function | None:
    """The class, module or function of ours that `node` names."""
    if isinstance(node, ast.Name):
        target = frame.engine.program.names.get(node)
        if isinstance(target, Variable):
            entity = target.known_entity or class_attributes.held(frame, target)
            return None if isinstance(entity, Imported) else entity
    if isinstance(node, ast.Subscript):
        # `Stack[int]`: the class, as far as running it is concerned.
        base = named_entity(frame, node.value)
        return base if isinstance(base, Class) else None
    if isinstance(node, ast.Attribute):
        base = named_entity(frame, node.value)
        found: Variable | None = None
        if isinstance(base, Module):
            found = base.variables.get(node.attr)
            if found is None:
                return _submodule(frame, base, node)
        elif isinstance(base, Class):
            found = base.find_class_attribute(node.attr)
        entity = found.known_entity if found is not None else None
        return None if isinstance(entity, Imported) else entity
    return None


def _submodule(frame: Frame, package: Module, node: ast.Attribute) -> Module | None:
    """`package.module`, where the module or the function has imported it before."""
    program = frame.engine.program
    found = program.submodule(package, node.attr, frame.module)
    if found is not None or node.attr in package.variables:
        return found
    wanted = program.modules.get(f"{package.name}.{node.attr}")
    body = getattr(frame.function.node, "body", ())
    for statement in body if isinstance(body, list) else ():
        if statement.lineno < node.lineno and wanted in frame.engine.imports.get(statement, ()):
            return wanted
    return None


def is_library_value(frame: Frame, node: ast.expr) -> bool:
    """Whether `node` names a constant of a library, `string.digits`, not a module or class."""
    rows = ROWS_BY_NAME.get(library_path(frame, node) or "")
    return rows is not None and not rows[0].sig.startswith("(")


def library_value(frame: Frame, path: str, node: ast.AST) -> ir.Expr:
    if path.rpartition(".")[2] == "TYPE_CHECKING":
        return ir.Lit(as_type(BOOL), False)
    home, _, name = path.rpartition(".")
    if home == "builtins":
        return expression.builtin_value(frame, name, node)
    found = find_row(frame, path, [], {})
    if found is not None and not found[0].sig.startswith("("):
        return apply_row(frame, node, *found)
    if path in ROWS_BY_NAME:
        return row_as_function(frame, path, node)
    if path in MODULES:
        raise Refusal("PT202", node, f"the module {path} is used as a value")
    if is_gone(path):
        return gone(frame, path)
    module = path.rpartition(".")[0] or path
    if module in MODULES:
        raise Refusal("PT203", node, f"{path} is not known")
    raise unknown_module(module, node)


def gone(frame: Frame, path: str) -> ir.Expr:
    """A member that its module no longer has."""
    return always_raises(frame, row_calls.exception("attribute_error", message(path)))


def row_as_function(frame: Frame, path: str, node: ast.AST) -> ir.Expr:
    """`math.sin` kept as a value: its first row whose types are all definite, or one with as
    many parameters that takes ints and floats alike."""
    signatures = [(row, parse_signature(row.sig)) for row in ROWS_BY_NAME[path]]
    usable = [(row, s, required) for row, s in signatures if (required := _atoms(s)) is not None]
    if usable:
        mixed = (u for u in usable if any(p.type.kind == "num" for p in u[2]))
        chosen = next((u for u in mixed if len(u[2]) == len(usable[0][2])), usable[0])
        row, signature, required = chosen
        tys = [ATOMS[p.type.kind] for p in required]
        locals_ = [frame.temp(ty, "p") for ty in tys]
        args: list[ir.Expr | None] = [ir.Var(p.ty, p) for p in locals_]
        args += [None] * (len(signature.params) - len(required))
        made = apply_row(frame, node, row, args)
        cells = [frame.site(node, "param", i) for i in range(len(tys))]
        result = frame.site(node, "result")
        for ty, cell in zip([*tys, ty_of(made)], [*cells, result], strict=True):
            frame.flow(ty, cell)
        body = [
            coerce(frame, ir.Var(as_type(frame.read(c)), p), ty)
            for c, p, ty in zip(cells, locals_, tys, strict=True)
        ]
        for local, cell in zip(locals_, cells, strict=True):
            local.ty = as_type(frame.read(cell))
        made = apply_row(frame, node, row, [*body, *args[len(body) :]])
        closure_ = ir.RustClosure(
            as_type(frame.read(result)), locals_, coerce(frame, made, frame.read(result))
        )
        return ir.Op(
            as_type(Ty("func", (*cells, result))),
            f'Func::builtin("{path.rpartition(".")[2]}", {{f}})',
            {"f": ir.Operand(closure_, "func_closure")},
            False,
        )
    raise Refusal("PT203", node, f"{path} is used as a value; call it, or wrap it in a lambda")


def _atoms(signature: Signature) -> list[Param] | None:
    """The parameters that have to be given, if their types are all definite."""
    required = [p for p in signature.params if p.default is None]
    if signature.variables or any(p.form or p.type.kind not in ATOMS for p in required):
        return None
    return required


def get(frame: Frame, node: ast.Attribute) -> ir.Expr:
    path = library_path(frame, node)
    if path is not None:
        return library_value(frame, path, node)
    base = named_entity(frame, node.value) or _getter(frame, node)
    if isinstance(base, Module):
        return module_member(frame, base, node)
    known = class_attributes.known_class(frame, node.value)
    if known is not None and known[1] is not None:
        found = class_attributes.by_class(frame, node, known[0], known[1])
        if found is not None:
            return found
    if isinstance(base, Class):
        if node.attr in class_attributes.OWN and class_attributes.may_be_below(frame, node.value):
            return dynamic_get(frame, frame.expr(node.value), node.attr)
        class_attributes.check_not_overridden(frame, node, base)
        return class_attributes.member(frame, base, node)
    if known is not None and known[0].find_class_attribute(node.attr) is not None:
        return class_attributes.member(frame, known[0], node)
    if isinstance(base, Function):
        shown = _function_attribute(base, node.attr)
        if shown is not None:
            return shown
    if node.attr == "__dict__":
        return by_name.mapping(frame, node, node.value)
    if call.is_super(frame, node.value):
        return properties.of_super(frame, node)
    special = class_names.of_value(frame, node)
    if special is not None:
        return special
    return of_value(frame, node, frame.expr(node.value))


def _getter(frame: Frame, node: ast.Attribute) -> Function | None:
    """The method, or a property's getter, that `Class.name.__doc__` asks."""
    if not isinstance(node.value, ast.Attribute):
        return None
    cls = named_entity(frame, node.value.value)
    if not isinstance(cls, Class):
        return None
    found = cls.find_property(node.value.attr)
    if found is not None and node.attr == "__doc__":
        return found.get("get")
    return cls.find_method(node.value.attr)


def _function_attribute(function: Function, attr: str) -> ir.Expr | None:
    if attr == "__name__":
        return ir.Lit(as_type(STR), function.name)
    if attr == "__qualname__":
        return ir.Lit(as_type(STR), function.shown_qualname)
    if attr == "__doc__" and isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        text = ast.get_docstring(function.node, clean=False)
        return ir.Lit(as_type(NONE if text is None else STR), text)
    return None


def module_member(frame: Frame, module: Module, node: ast.Attribute) -> ir.Expr:

    found = module.variables.get(node.attr)
    if found is None and module.is_library and is_gone(f"{module.name}.{node.attr}"):
        return gone(frame, f"{module.name}.{node.attr}")
    if found is None and _submodule(frame, module, node) is not None:
        raise Refusal("PT202", node, "a module is used as a value")
    if found is None:
        raise Refusal("PT104", node, f"module {module.name} has no attribute {node.attr!r}")
    found = frame.engine.program.aliases.get(found, found)
    return expression.variable(frame, found, node)


# What only CPython's own objects have.
_INTERNALS = frozenset(
    f"__{name}__"
    for name in "code closure globals defaults kwdefaults annotations subclasses mro bases".split()
)


def of_value(frame: Frame, node: ast.Attribute, value: ir.Expr) -> ir.Expr:
    ty = ty_of(value)
    attr = node.attr
    if attr in _INTERNALS and ty.kind in ("func", "value", "inst", "union"):
        raise Refusal("PT206", node, f"{attr} looks inside CPython's objects")
    if attr.startswith(("gi_", "cr_")) and ty.kind in ("iter", "value"):
        raise Refusal("PT206", node, f"{attr} looks inside CPython's objects")
    if attr == "__traceback__":
        raise Refusal("PT206", node, f"{attr} looks inside CPython's objects")
    if ty.kind == "never":
        return diverge(value)
    error = row_calls.exception("attribute_error", f"'NoneType' object has no attribute '{attr}'")
    if ty.kind == "none" and not attr.startswith("__"):
        return always_raises(frame, error, value)
    if ty.optional:
        return of_value(frame, node, coerce(frame, value, ty.required(), error))
    if ty.kind == "union":
        return unions.each(frame, node, value, attr, lambda it: of_value(frame, node, it))
    if ty.kind == "inst":
        assert ty.cls is not None
        if lacks(frame, node, ty.cls, attr):
            return lacking(frame, value, attr)
        found = of_instance(frame, node, value, attr)
        if found is not None:
            return found
    if ty.kind == "class" and ty.cls is not None:
        member = class_attributes.member(frame, ty.cls, node)
        return ir.Block(member.ty, [ir.Eval(frame.line, value)], member)
    row = find_row(frame, f"{ty.kind}.{attr}", [], {}) or find_row(
        frame, f"{ty.kind}.{attr}", [value], {}
    )
    if row is not None and row[0].name in DATA_ROWS:
        return apply_row(frame, node, *row)
    return dynamic_get(frame, coerce(frame, value, VALUE), attr)


# Rows that are attributes, not methods.
DATA_ROWS = frozenset(row.name for area in AREAS for row in area if row.data) | frozenset(
    ("exc.args", "exc.code", "exc.value", "exc.__cause__", "exc.__context__", "exc.errno",
     "exc.strerror", "exc.filename", "complex.real", "complex.imag", "int.real", "int.imag",
     "int.numerator", "int.denominator", "float.real", "float.imag", "range.start", "range.stop",
     "range.step", "slice.start", "slice.stop", "slice.step", "deque.maxlen")
)  # fmt: skip


def dynamic_get(frame: Frame, value: ir.Expr, attr: str) -> ir.Expr:
    """An attribute of a dynamic value."""
    opening.by_name(frame, attr)
    return ir.Op(
        as_type(VALUE), f'dynamic::get_attr({{x}}, "{attr}")', {"x": ir.Operand(value, "ref")}, True
    )


def answers_missing(cls: Class) -> bool:
    """Some instance may answer for attributes that it lacks."""
    return any("__getattr__" in c.methods for c in (*cls.mro(), *cls.descendants()))


def open_setter(frame: Frame, attr: str) -> None:
    """Dynamic code assigns `attr`, which some class has a property for."""
    for cls in opening.holders(frame.engine, frame.function, attr):
        setter = cls.properties.get(attr, {}).get("set")
        if setter is not None:
            opening.to_anything(frame.engine, frame.function, setter)


def field_of(frame: Frame, cls: Class, attr: str) -> Attribute | None:
    """The field of that name; who found that there is none is elaborated again if there is."""
    found = cls.root.fields.get(attr)
    if found is None:
        frame.engine.without.setdefault((cls.root, attr), {})[frame.function] = None
    return found


def lacks(frame: Frame, node: ast.AST, cls: Class, attr: str) -> bool:
    """No instance has the attribute; who asked is elaborated again if some code sets it.

    A library class that is ours may lack what CPython's has: that is refused.
    """
    if attr.startswith("__") or cls.is_exception or frame.engine.uses.sets_any:
        return False
    if answers_missing(cls):
        return False
    if any(
        c.find_method(attr) or c.find_property(attr) or c.find_class_attribute(attr)
        for c in (cls, *cls.descendants())
    ):
        return False
    frame.engine.lacking.setdefault((cls.root, attr), {})[frame.function] = None
    if attr in cls.root.fields:
        return False
    by_name.check_ours(node, cls, attr)
    return True


def lacking(frame: Frame, value: ir.Expr, attr: str) -> ir.Expr:
    """What reading an attribute raises that the instance's class lacks."""
    error = f'no_attribute({{x}}.py_class(), "{attr}")'
    operands = {"x": ir.Operand(value, "recv")}
    return ir.Op(as_type(NEVER), f"Err::<Never, Exc>({error})", operands, True)


def of_instance(frame: Frame, node: ast.AST, value: ir.Expr, attr: str) -> ir.Expr | None:

    cls = ty_of(value).cls
    assert cls is not None
    prop = cls.find_property(attr)
    class_level = cls.find_class_attribute(attr)
    field = field_of(frame, cls, attr)
    if (prop is not None and "get" in prop) or (
        (class_level is not None or field is not None)
        and any("get" in (d.find_property(attr) or ()) for d in cls.descendants())
    ):
        if answers_missing(cls):
            return dynamic_get(frame, coerce(frame, value, VALUE), attr)
        return properties.get(frame, node, value, attr)
    if field is not None:
        ty = frame.read(field.cell)
        sure = not frame.engine.uses.deletes(attr) and attr in definite.fields_below(
            frame.engine.program, cls
        )
        if not sure and answers_missing(cls):
            return dynamic_get(frame, coerce(frame, value, VALUE), attr)
        if class_level is not None and not (sure and frame.function.name != "__init__"):
            cell = frame.site(node, "either")
            frame.flow(ty, cell)
            frame.flow(frame.read(class_level.cell), cell)
            frame.engine.lattice.unify(field.cell, cell)
            ty = frame.read(cell)
            me = frame.temp(ty_of(value), "owner")
            by_class = class_attributes.of_instance(frame, node, ir.Var(me.ty, me), cls, attr)
            frame.flow(ty_of(by_class), cell)
            ty = frame.read(cell)
            fallback = coerce(frame, by_class, ty)
            got = ir.FieldGet(as_type(ty), ir.Var(me.ty, me), attr, False, attr, fallback)
            return ir.Block(as_type(ty), [ir.Declare(frame.line, me, value)], got)
        sure = sure and frame.function.name != "__init__"
        return ir.FieldGet(as_type(ty), value, attr, sure, attr)
    if class_level is not None:
        return class_attributes.of_instance(frame, node, value, cls, attr)
    method = cls.find_method(attr)
    if method is not None:
        return bound_method(frame, node, value, attr)
    below = [
        d
        for d in cls.descendants()
        if d.find_class_attribute(attr) or d.find_method(attr) or d.find_property(attr)
    ]
    if below or answers_missing(cls):
        return dynamic_get(frame, coerce(frame, value, VALUE), attr)
    if cls.is_exception and attr == "args":
        return ir.Op(as_type(VALUE), "{x}.py_args()", {"x": ir.Operand(value, "recv")}, False)
    if cls.is_exception and attr in EXCEPTION_ATTRIBUTES:
        assert isinstance(node, ast.Attribute)
        return of_value(frame, node, coerce(frame, value, EXC))
    return None


def bound_method(frame: Frame, node: ast.AST, value: ir.Expr, attr: str) -> ir.Expr:
    """`obj.method` kept as a value."""

    cls = ty_of(value).cls
    assert cls is not None
    method = cls.find_method(attr)
    assert method is not None
    if method.kind == "static":
        below = cls.descendants()
        if any(d.find_method(attr) is not method or d.find_class_attribute(attr) for d in below):
            return dynamic_get(frame, coerce(frame, value, VALUE), attr)
        static = closure.function_value(frame, method, node)
        return ir.Block(static.ty, [ir.Eval(frame.line, value)], static)
    params = method.params[1:]
    if any(p.default is not None or p.kind != "positional" or p.by_position_only for p in params):
        return dynamic_get(frame, coerce(frame, value, VALUE), attr)
    me = frame.temp(ty_of(value), "me")
    locals_ = [frame.temp(frame.read(p.variable.cell), "p") for p in params]
    made = call.method_exprs(
        frame, node, ir.Var(me.ty, me), attr, [ir.Var(p.ty, p) for p in locals_]
    )
    result = frame.site(node, "bound result")
    frame.flow(ty_of(made), result)
    ty = Ty("func", (*(p.variable.cell for p in params), result))
    wanted = frame.read(result)
    body = ir.RustClosure(as_type(wanted), locals_, coerce(frame, made, wanted))
    listed = ", ".join(f'"{p.name}"' for p in method.params)
    func = ir.Op(
        as_type(ty),
        f'Func::bound("{method.shown_qualname}", &[{listed}], {{f}})',
        {"f": ir.Operand(body, "func_closure")},
        False,
    )
    return ir.Block(as_type(ty), [ir.Declare(frame.line, me, value)], func)


def known_library(path: str) -> bool:
    """Whether an imported path is a module or member that some row or special knows."""

    root = path.partition(".")[0]
    return (
        path in MODULES
        or path in ROWS_BY_NAME
        or path in special.LIBRARY
        or root in TYPING_MODULES
        or path.rpartition(".")[0] in TYPING_MODULES
        or path in TYPING_MODULES
        or path.rpartition(".")[0] in MODULES
        or any(m.startswith(f"{path}.") for m in MODULES)
    )


# Modules that only speak to type checkers, or are handled by syntax.
TYPING_MODULES = frozenset(
    ("typing", "__future__", "abc", "collections.abc", "dataclasses", "enum", "contextlib",
     "functools", "operator", "typing_extensions", "types", "numbers", "builtins")
)  # fmt: skip
