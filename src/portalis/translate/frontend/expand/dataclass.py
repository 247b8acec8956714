"""`@dataclass`: the methods that it would generate, written out.

Source: CPython's Lib/dataclasses.py (3.11), `_process_class`. A default_factory
becomes a default that is evaluated at each call (`per_call` on its node), since
the class's own `__init__` would call it each time.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.translate.frontend.expand.unit import (
    Unit,
    bodies,
    copied,
    expr_at,
    is_constant,
    parse_at,
    place,
)

_OPTIONS = frozenset(
    ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots",
     "weakref_slot")
)  # fmt: skip
_FIELD_OPTIONS = frozenset(
    ("default", "default_factory", "init", "repr", "hash", "compare", "kw_only", "metadata")
)


@dataclass(slots=True)
class Field:
    """One field of a dataclass, or an InitVar."""

    name: str
    annotation: ast.expr
    default: ast.expr | None = None
    # The default is a call made anew for each instance.
    per_call: bool = False
    init: bool = True
    repr: bool = True
    compare: bool = True
    hash: bool | None = None
    kw_only: bool = False
    is_init_var: bool = False


@dataclass(slots=True)
class Shape:
    """What a dataclass statement asks for."""

    node: ast.ClassDef
    options: dict[str, bool]
    fields: dict[str, Field] = field(default_factory=dict)
    # It has, or inherits, a __post_init__.
    post_init: bool = False

    def option(self, name: str, default: bool = False) -> bool:
        return self.options.get(name, default)

    @property
    def real(self) -> list[Field]:
        return [f for f in self.fields.values() if not f.is_init_var]


class _Unknown(Exception):  # noqa: N818 - an outcome, not an error
    """A form that is left to be refused."""


def expand(unit: Unit) -> None:
    if not any(p.startswith("dataclasses.") or p == "dataclasses" for p in unit.imports.values()):
        return
    _Uses(unit).visit(unit.tree)
    for body, _ in bodies(unit.tree):
        for statement in list(body):
            if isinstance(statement, ast.ClassDef):
                shape = shape_of(unit, statement)
                if shape is not None:
                    at = body.index(statement)
                    body[at:at] = _rewrite(unit, shape)
    if "_portalis_fields" in _wanted(unit):
        _at_start(unit, parse_at(_FIELD, unit.tree.body[0]))
    _define_error(unit)


_FIELD = """\
class _PortalisField:
    def __init__(self, name):
        self.name = name
"""


# -- reading the class statement


def _decorator(unit: Unit, node: ast.ClassDef) -> ast.expr | None:
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if unit.path(target) == "dataclasses.dataclass":
            return decorator
    return None


def shape_of(unit: Unit, node: ast.ClassDef) -> Shape | None:
    """The dataclass that a class statement describes; None: it is none, or one not known."""
    known: Shape | None = getattr(node, "dataclass_shape", None)
    if known is not None:
        return known
    decorator = _decorator(unit, node)
    if decorator is None:
        return None
    try:
        options: dict[str, bool] = {}
        if isinstance(decorator, ast.Call):
            if decorator.args:
                raise _Unknown
            options = _flags(decorator.keywords, _OPTIONS)
        shape = Shape(node, options)
        for base in reversed(node.bases):
            _inherit(unit, shape, base)
        _read_fields(unit, shape)
        shape.post_init |= _has_method(node, "__post_init__")
    except _Unknown:
        return None
    node.dataclass_shape = shape  # type: ignore[attr-defined]
    return shape


def _flags(keywords: list[ast.keyword], known: frozenset[str]) -> dict[str, bool]:
    out: dict[str, bool] = {}
    for keyword in keywords:
        if keyword.arg not in known or not isinstance(keyword.value, ast.Constant):
            raise _Unknown
        out[keyword.arg] = bool(keyword.value.value)
    return out


def _inherit(unit: Unit, shape: Shape, base: ast.expr) -> None:
    found = unit.find_class(base)
    if found is None:
        return
    shape.post_init |= _has_method(found, "__post_init__")
    home = next((u for u in unit.units.values() if found in ast.walk(u.tree)), unit)
    inherited = shape_of(home, found)
    if inherited is None:
        if _decorator(home, found) is not None:
            raise _Unknown
        for deeper in reversed(found.bases):
            _inherit(home, shape, deeper)
        return
    shape.post_init |= inherited.post_init
    for f in inherited.fields.values():
        default = f.default
        if default is not None and not f.per_call and not is_constant(default):
            # Evaluated once, by the base's class statement.
            default = expr_at(f"{ast.unparse(base)}.{f.name}", shape.node)
        shape.fields[f.name] = Field(
            f.name, f.annotation, default, f.per_call, f.init, f.repr, f.compare, f.hash,
            f.kw_only, f.is_init_var,
        )  # fmt: skip


def _read_fields(unit: Unit, shape: Shape) -> None:
    kw_only = shape.option("kw_only")
    for statement in shape.node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        head = _head(statement.annotation)
        if head == "ClassVar":
            continue
        if head == "KW_ONLY":
            kw_only = True
            continue
        made = Field(statement.target.id, statement.annotation, kw_only=kw_only)
        if head == "InitVar":
            made.is_init_var = True
            if isinstance(statement.annotation, ast.Subscript):
                made.annotation = statement.annotation.slice
        _read_default(unit, made, statement.value)
        shape.fields[made.name] = made


def _head(annotation: ast.expr) -> str:
    """The last name of an annotation's head: `typing.ClassVar[int]` → ClassVar."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        text = annotation.value
    else:
        text = ast.unparse(annotation)
    return text.partition("[")[0].rpartition(".")[2].strip()


def _read_default(unit: Unit, made: Field, value: ast.expr | None) -> None:
    if not (isinstance(value, ast.Call) and unit.path(value.func) == "dataclasses.field"):
        made.default = value
        return
    if value.args:
        raise _Unknown
    for keyword in value.keywords:
        name = keyword.arg
        if name not in _FIELD_OPTIONS:
            raise _Unknown
        if name == "default":
            made.default = keyword.value
        elif name == "default_factory":
            made.default = _factory_call(keyword.value)
            made.per_call = True
        elif name != "metadata":
            if not isinstance(keyword.value, ast.Constant):
                raise _Unknown
            if name != "hash" or keyword.value.value is not None:
                setattr(made, name, bool(keyword.value.value))


def _factory_call(factory: ast.expr) -> ast.expr:
    if isinstance(factory, ast.Lambda):
        if factory.args.args or factory.args.vararg or factory.args.kwarg:
            raise _Unknown
        return factory.body
    call = ast.Call(copied(factory), [], [])
    place(call, factory)
    return call


# -- writing the methods


def _rewrite(unit: Unit, shape: Shape) -> list[ast.stmt]:
    """Rewrites the class; gives the statements that go before it."""
    node = shape.node
    node.decorator_list = [d for d in node.decorator_list if d is not _decorator(unit, node)]
    before = _hoist_factories(unit, shape)
    own = {s.name for s in node.body if isinstance(s, (ast.FunctionDef, ast.AsyncFunctionDef))}
    own |= {
        t.id
        for s in node.body
        if isinstance(s, ast.Assign)
        for t in s.targets
        if isinstance(t, ast.Name)
    }
    body = [s for s in node.body if not _is_field(s) or _keeps(unit, shape, s)]
    for statement in body:
        if _is_field(statement):
            _keep_default(shape, statement)
    made: list[ast.stmt] = []
    if shape.option("init", True) and "__init__" not in own:
        made.append(_init(shape))
    if shape.option("repr", True) and "__repr__" not in own:
        made += _repr(unit, shape)
    if shape.option("eq", True) and "__eq__" not in own:
        made += _comparison(shape, "__eq__", "==")
    if shape.option("order"):
        for name, sign in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=")):
            made += _comparison(shape, f"__{name}__", sign)
    if _needs_hash(shape) and "__hash__" not in own:
        made += _hash(shape)
    if shape.option("match_args", True) and "__match_args__" not in own:
        names = [f.name for f in shape.fields.values() if f.init and not f.kw_only]
        body = [*parse_at(f"__match_args__ = {tuple(names)!r}", node), *body]
    if shape.option("frozen"):
        node.frozen = "dataclass"  # type: ignore[attr-defined]
        _open_up(unit, shape)
    made += _on_demand(unit, shape)
    docstring = body[:1] if body and _is_docstring(body[0]) else []
    body = body[len(docstring) :]
    node.body = [*docstring, *body, *made] or parse_at("pass", node)
    return before


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_field(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and _head(statement.annotation) != "ClassVar"
    )


def _keeps(unit: Unit, shape: Shape, statement: ast.stmt) -> bool:
    """Whether a field's default must stay readable as a class attribute."""
    assert isinstance(statement, ast.AnnAssign)
    assert isinstance(statement.target, ast.Name)
    made = shape.fields.get(statement.target.id)
    if made is None or made.default is None or made.per_call:
        return False
    if not is_constant(made.default):
        return any(_derives(unit, other, shape.node.name) for other in _classes(unit))
    return any(
        isinstance(n, ast.Attribute)
        and n.attr == made.name
        and isinstance(n.value, ast.Name)
        and n.value.id in (shape.node.name, "cls")
        for u in unit.units.values()
        for n in ast.walk(u.tree)
    )


def _classes(unit: Unit) -> list[ast.ClassDef]:
    return [
        n for u in unit.units.values() for n in ast.walk(u.tree) if isinstance(n, ast.ClassDef)
    ]


def _derives(unit: Unit, node: ast.ClassDef, name: str) -> bool:
    return any(_head(base) == name for base in node.bases)


def _keep_default(shape: Shape, statement: ast.stmt) -> None:
    """The default is evaluated by the class body; `__init__` then reads the name."""
    assert isinstance(statement, ast.AnnAssign)
    assert isinstance(statement.target, ast.Name)
    made = shape.fields[statement.target.id]
    assert made.default is not None
    statement.value = made.default
    if not is_constant(made.default):
        made.default = expr_at(made.name, shape.node)


def _hoist_factories(unit: Unit, shape: Shape) -> list[ast.stmt]:
    """A factory that is more than a call without arguments becomes a function before the class."""
    out: list[ast.stmt] = []
    for made in shape.fields.values():
        value = made.default
        if not made.per_call or value is None or _is_simple_call(value):
            continue
        name = unit.fresh(f"default_{made.name}")
        function = parse_at(f"def {name}():\n    return 0", value)[0]
        assert isinstance(function, ast.FunctionDef)
        last = function.body[0]
        assert isinstance(last, ast.Return)
        last.value = value
        out.append(function)
        made.default = expr_at(f"{name}()", value)
    return out


def _is_simple_call(value: ast.expr) -> bool:
    if isinstance(value, (ast.List, ast.Set, ast.Tuple)):
        return all(is_constant(e) for e in value.elts)
    if isinstance(value, ast.Dict):
        return not value.keys
    return (isinstance(value, ast.Call) and not value.args and not value.keywords) or is_constant(
        value
    )


def _init(shape: Shape) -> ast.stmt:
    node = shape.node
    wanted = [f for f in shape.fields.values() if f.init]
    me = "self" if all(f.name != "self" for f in wanted) else "_portalis_self"
    order = [f for f in wanted if not f.kw_only] + [f for f in wanted if f.kw_only]
    text = ", ".join([me, *_signature(order)])
    lines: list[str] = []
    for f in shape.real:
        if f.init:
            lines.append(f"    {me}.{f.name}: _annotation_{f.name} = {f.name}")
        elif f.default is not None:
            lines.append(f"    {me}.{f.name}: _annotation_{f.name} = _default_{f.name}")
    if shape.post_init:
        given = ", ".join(f.name for f in shape.fields.values() if f.is_init_var)
        lines.append(f"    {me}.__post_init__({given})")
    source = f"def __init__({text}):\n" + ("\n".join(lines) or "    pass")
    function = parse_at(source, node)[0]
    assert isinstance(function, ast.FunctionDef)
    _put_in(function, shape)
    for target in ast.walk(function):
        if isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store):
            target.initial = True  # type: ignore[attr-defined]
    return function


def _signature(order: list[Field]) -> list[str]:
    out: list[str] = []
    starred = False
    for f in order:
        if f.kw_only and not starred:
            out.append("*")
            starred = True
        default = f" = _default_{f.name}" if f.default is not None else ""
        out.append(f"{f.name}: _annotation_{f.name}{default}")
    return out


class _Put(ast.NodeTransformer):
    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def visit_Name(self, node: ast.Name) -> ast.expr:
        for prefix in ("_annotation_", "_default_"):
            found = self.shape.fields.get(node.id.removeprefix(prefix))
            if node.id.startswith(prefix) and found is not None:
                if prefix == "_annotation_":
                    return copied(found.annotation)
                assert found.default is not None
                made = copied(found.default)
                made.per_call = found.per_call  # type: ignore[attr-defined]
                return made
        return node


def _put_in(function: ast.FunctionDef, shape: Shape) -> None:
    """Annotations and defaults, as the class statement spelled them."""
    _Put(shape).visit(function)


def _has_method(node: ast.ClassDef, name: str) -> bool:
    return any(isinstance(s, ast.FunctionDef) and s.name == name for s in node.body)


def _tuple(me: str, names: list[str]) -> str:
    return "(" + "".join(f"{me}.{n}, " for n in names) + ")"


def _repr(unit: Unit, shape: Shape) -> list[ast.stmt]:
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in shape.real if f.repr)
    name = f"{{{'self.__class__.__qualname__'}}}"
    del unit
    return parse_at(f"def __repr__(self):\n    return f\"{name}({shown})\"", shape.node)


def _comparison(shape: Shape, dunder: str, sign: str) -> list[ast.stmt]:
    names = [f.name for f in shape.real if f.compare]
    cls = shape.node.name
    return parse_at(
        f"def {dunder}(self, other):\n"
        f"    if isinstance(other, {cls}) and other.__class__ is self.__class__:\n"
        f"        return {_tuple('self', names)} {sign} {_tuple('other', names)}\n"
        f"    return NotImplemented",
        shape.node,
    )


def _needs_hash(shape: Shape) -> bool:
    return shape.option("unsafe_hash") or (shape.option("eq", True) and shape.option("frozen"))


def _hash(shape: Shape) -> list[ast.stmt]:
    names = [f.name for f in shape.real if (f.compare if f.hash is None else f.hash)]
    return parse_at(f"def __hash__(self):\n    return hash({_tuple('self', names)})", shape.node)


def _open_up(unit: Unit, shape: Shape) -> None:
    """The ways around it that the class's own methods may use."""
    for function in shape.node.body:
        if isinstance(function, ast.FunctionDef):
            _Initial(unit).visit(function)


class _Initial(ast.NodeTransformer):
    """`object.__setattr__(self, "x", v)` → a marked `self.x = v`."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        call = node.value
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "__setattr__"
            and self.unit.is_builtin(call.func.value, "object")
            and len(call.args) == 3
            and isinstance(call.args[1], ast.Constant)
        ):
            target = ast.Attribute(call.args[0], str(call.args[1].value), ast.Store())
            target.initial = True  # type: ignore[attr-defined]
            made = ast.Assign([ast.copy_location(target, call)], call.args[2])
            return ast.copy_location(made, node)
        return node


_ERROR = "FrozenInstanceError"


def _define_error(unit: Unit) -> None:
    """The exception that assigning to a frozen instance raises, as a class of the module."""
    path = f"dataclasses.{_ERROR}"
    local = next((n for n, p in unit.imports.items() if p == path), None)
    uses = [n for n in ast.walk(unit.tree) if isinstance(n, ast.Attribute) and unit.path(n) == path]
    frozen = any(getattr(n, "frozen", "") == "dataclass" for n in ast.walk(unit.tree))
    if (local is None and not uses and not frozen) or _ERROR in unit.bound:
        return
    for body, _ in bodies(unit.tree):
        for statement in list(body):
            if isinstance(statement, ast.ImportFrom) and statement.module == "dataclasses":
                statement.names = [a for a in statement.names if a.name != _ERROR]
                if not statement.names:
                    body[body.index(statement)] = ast.copy_location(ast.Pass(), statement)
    _Renamed(uses).visit(unit.tree)
    made = parse_at(f"class {_ERROR}(AttributeError):\n    pass", unit.tree.body[0])
    if local is not None and local != _ERROR:
        made += parse_at(f"{local} = {_ERROR}", unit.tree.body[0])
    _at_start(unit, made)


class _Renamed(ast.NodeTransformer):
    def __init__(self, uses: list[ast.Attribute]) -> None:
        self.uses = uses

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if any(node is u for u in self.uses):
            return ast.copy_location(ast.Name(_ERROR, ast.Load()), node)
        self.generic_visit(node)
        return node


def _at_start(unit: Unit, made: list[ast.stmt]) -> None:
    """Puts statements after the docstring and the first imports."""
    start = 0
    while start < len(unit.tree.body) and (
        isinstance(unit.tree.body[start], ast.ImportFrom) or _is_docstring(unit.tree.body[start])
    ):
        start += 1
    unit.tree.body[start:start] = made


# -- dataclasses.replace, asdict, astuple, fields


class _Uses(ast.NodeTransformer):
    """Calls of the module's functions become calls of methods that the classes then get."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        path = self.unit.path(node.func)
        if path == "dataclasses.replace" and len(node.args) == 1:
            names = [k.arg for k in node.keywords]
            if None in names:
                return node
            method = "_portalis_replace_" + "_".join(str(n) for n in names)
            _wanted(self.unit)[method] = [str(n) for n in names]
            made = ast.Call(ast.Attribute(node.args[0], method, ast.Load()), [], node.keywords)
        elif path in ("dataclasses.asdict", "dataclasses.astuple") and len(node.args) == 1:
            if node.keywords:
                return node
            method = "_portalis_" + path.rpartition(".")[2]
            _wanted(self.unit)[method] = []
            made = ast.Call(ast.Attribute(node.args[0], method, ast.Load()), [], [])
        elif path == "dataclasses.fields" and len(node.args) == 1:
            _wanted(self.unit)["_portalis_fields"] = []
            made = ast.Call(ast.Attribute(node.args[0], "_portalis_fields", ast.Load()), [], [])
        else:
            return node
        ast.copy_location(made, node)
        ast.copy_location(made.func, node)
        return made


def _wanted(unit: Unit) -> dict[str, list[str]]:
    """Methods that some module of the program asks of its dataclasses."""
    first = next(iter(unit.units.values()))
    found: dict[str, list[str]] | None = getattr(first.tree, "dataclass_methods", None)
    if found is None:
        found = {}
        first.tree.dataclass_methods = found  # type: ignore[attr-defined]
    return found


def _on_demand(unit: Unit, shape: Shape) -> list[ast.stmt]:
    out: list[ast.stmt] = []
    for method, names in _wanted(unit).items():
        if method.startswith("_portalis_replace"):
            out += _replace(shape, method, names)
        elif method == "_portalis_fields":
            items = "".join(f"_PortalisField({f.name!r}), " for f in shape.real)
            out += parse_at(
                f"@staticmethod\ndef {method}():\n    return ({items})", shape.node
            )
        elif method == "_portalis_asdict":
            parts = [
                f"{f.name!r}: {_deep(unit, f'self.{f.name}', f.annotation, method)}"
                for f in shape.real
            ]
            out += parse_at(
                f"def {method}(self):\n    return {{{', '.join(parts)}}}", shape.node
            )
        else:
            items = "".join(
                _deep(unit, f"self.{f.name}", f.annotation, method) + ", " for f in shape.real
            )
            out += parse_at(f"def {method}(self):\n    return ({items})", shape.node)
    return out


def _replace(shape: Shape, method: str, names: list[str]) -> list[ast.stmt]:
    wanted = [f for f in shape.fields.values() if f.init]
    if not set(names) <= {f.name for f in wanted} or any(f.is_init_var for f in wanted):
        return []
    parts = [
        f"{f.name}={f.name if f.name in names else 'self.' + f.name}"
        for f in wanted
    ]
    return parse_at(
        f"def {method}(self, {', '.join(names)}):\n"
        f"    return {shape.node.name}({', '.join(parts)})",
        shape.node,
    )


_ATOMS = frozenset(("int", "float", "str", "bool", "bytes", "complex", "None", "Any", "object"))


def _deep(unit: Unit, value: str, annotation: ast.expr, method: str, depth: int = 0) -> str:
    """How asdict and astuple copy a field, told by its annotation."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    head = _head(annotation)
    if head in _ATOMS or isinstance(annotation, ast.Constant):
        return value
    found = unit.find_class(annotation)
    if found is not None:
        return f"{value}.{method}()" if _decorator(unit, found) or hasattr(
            found, "dataclass_shape"
        ) else value
    if isinstance(annotation, ast.BinOp):
        parts = [annotation.left, annotation.right]
        rest = [p for p in parts if not (isinstance(p, ast.Constant) and p.value is None)]
        if len(rest) == 1:
            return _optional(unit, value, rest[0], method, depth)
        return value
    if not isinstance(annotation, ast.Subscript):
        return f"{head}({value})" if head in ("list", "dict", "set") else value
    args = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    if head == "Optional":
        return _optional(unit, value, args[0], method, depth)
    item = f"_i{depth}"
    if head in ("list", "List"):
        return f"[{_deep(unit, item, args[0], method, depth + 1)} for {item} in {value}]"
    if head in ("dict", "Dict") and len(args) == 2:
        deep = _deep(unit, item, args[1], method, depth + 1)
        return f"{{_k{depth}: {deep} for _k{depth}, {item} in {value}.items()}}"
    if head in ("set", "Set"):
        return f"set({value})"
    return value


def _optional(unit: Unit, value: str, inner: ast.expr, method: str, depth: int) -> str:
    deep = _deep(unit, value, inner, method, depth)
    return value if deep == value else f"({deep} if {value} is not None else None)"
