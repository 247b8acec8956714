"""`@dataclass`: the methods that it would generate, written out.

Source: CPython's Lib/dataclasses.py (3.11), `_process_class`. A default_factory
becomes a default that is evaluated at each call (`per_call` on its node), since
the class's own `__init__` would call it each time.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.dataclass_calls import Uses, on_demand, wanted_methods
from portalis.translate.frontend.expand.dataclass_shape import (
    Field,
    Shape,
    decorator_of,
    last_name,
    shape_of,
)
from portalis.translate.frontend.expand.shown_within import may_stand_within
from portalis.translate.frontend.expand.unit import (
    Unit,
    bodies,
    copied,
    expr_at,
    is_constant,
    parse_at,
)


def expand(unit: Unit) -> bool:
    if not any(p.startswith("dataclasses.") or p == "dataclasses" for p in unit.origins()):
        return False
    Uses(unit).visit(unit.tree)
    for body, _ in bodies(unit.tree):
        for statement in list(body):
            if isinstance(statement, ast.ClassDef):
                shape = shape_of(unit, statement)
                if shape is not None:
                    at = body.index(statement)
                    body[at:at] = _rewrite(unit, shape)
    if "_portalis_fields" in wanted_methods(unit):
        _at_start(unit, parse_at(_FIELD, unit.tree.body[0]))
    _define_error(unit)
    return True


_FIELD = """\
class _PortalisField:
    def __init__(self, name):
        self.name = name
"""


def _rewrite(unit: Unit, shape: Shape) -> list[ast.stmt]:
    """Rewrites the class; gives the statements that go before it."""
    node = shape.node
    node.decorator_list = [d for d in node.decorator_list if d is not decorator_of(unit, node)]
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
    if shape.option("slots"):
        names = [n.target.id for n in node.body if _is_field(n)]  # type: ignore[attr-defined]
        body = [*parse_at(f"__slots__ = {tuple(names)!r}", node), *body]
    if shape.option("frozen"):
        node.frozen = "dataclass"  # type: ignore[attr-defined]
        _open_up(unit, shape)
    made += on_demand(unit, shape)
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
        and last_name(statement.annotation) != "ClassVar"
    )


def _keeps(unit: Unit, shape: Shape, statement: ast.stmt) -> bool:
    """Whether a field's default must stay readable as a class attribute."""
    assert isinstance(statement, ast.AnnAssign)
    assert isinstance(statement.target, ast.Name)
    made = shape.fields.get(statement.target.id)
    if made is None or made.default is None or made.per_call:
        return False
    if not is_constant(made.default):
        return any(_derives(other, shape.node.name) for other in _classes(unit))
    return any(
        n.attr == made.name
        and isinstance(n.value, ast.Name)
        and n.value.id in (shape.node.name, "cls")
        for u in unit.units.values()
        for n in u.every(ast.Attribute)
    )


def _classes(unit: Unit) -> list[ast.ClassDef]:
    return [n for u in unit.units.values() for n in u.every(ast.ClassDef)]


def _derives(node: ast.ClassDef, name: str) -> bool:
    return any(last_name(base) == name for base in node.bases)


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
    for target in trees.walk(function):
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


class _Put(trees.Transformer):
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


def _tuple(me: str, names: list[str]) -> str:
    return "(" + "".join(f"{me}.{n}, " for n in names) + ")"


def _repr(unit: Unit, shape: Shape) -> list[ast.stmt]:
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in shape.real if f.repr)
    text = f'f"{{self.__class__.__qualname__}}({shown})"'
    if may_stand_within(unit, shape.node):
        text = f"_portalis_show_once(self, lambda self: {text})"
    return parse_at(f"def __repr__(self):\n    return {text}", shape.node)


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


class _Initial(trees.Transformer):
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
    uses = [
        n for n in trees.walk(unit.tree) if isinstance(n, ast.Attribute) and unit.path(n) == path
    ]
    frozen = any(getattr(n, "frozen", "") == "dataclass" for n in trees.walk(unit.tree))
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


class _Renamed(trees.Transformer):
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
