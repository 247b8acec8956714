"""Descriptors of the program's own: `x = Typed()` in a class body becomes a class attribute that
holds the descriptor and a property that asks it.

What a descriptor keeps in `instance.__dict__` under the attribute's own name is kept in a field
of another name. Source: CPython's Objects/object.c (3.11), `_PyObject_GenericGetAttrWithDict`:
a descriptor without `__set__` comes after the instance's own attributes.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Unit,
    bodies,
    expr_at,
    load,
    own_nodes,
    parse_at,
)

_NAMES = {
    "__get__": "_portalis_get",
    "__set__": "_portalis_set",
    "__delete__": "_portalis_delete",
    "__set_name__": "_portalis_set_name",
}
_OWN = "_portalis_own_"


class _LeftError(Exception):
    """A use whose meaning would differ."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A descriptor in a class's body. function: what it decorates, if it decorates."""

    owner: ast.ClassDef
    statement: ast.stmt
    name: str
    value: ast.expr
    kind: ast.ClassDef
    function: ast.FunctionDef | None = None

    @property
    def kept(self) -> str:
        return f"_portalis_descriptor_{self.name}"


def expand(unit: Unit) -> bool:
    """All modules at once, with the first: a descriptor may be used in any."""
    if unit is not next(iter(unit.units.values())):
        return getattr(unit.tree, "has_descriptors", False)
    names = {n.name for u in unit.units.values() for n in u.every(ast.FunctionDef)}
    if not names & {"__get__", "__set__"}:
        return False
    kinds = {
        id(cls): cls
        for each in unit.units.values()
        for cls in each.every(ast.ClassDef)
        if not each.is_library and _methods(each, cls).keys() & {"__get__", "__set__"}
    }
    if not kinds:
        return False
    try:
        plan = [(each, _uses(each, kinds)) for each in unit.units.values() if not each.is_library]
        _check(plan, kinds)
    except _LeftError:
        return False
    for each, uses in plan:
        _Reads(each, [use for _, others in plan for use in others]).visit(each.tree)
        for use in uses:
            _write(each, use, _methods(each, use.kind))
    for each, _ in plan:
        for cls in each.every(ast.ClassDef):
            if id(cls) in kinds:
                _Storage(cls, "__set__" in _methods(each, cls)).visit(cls)
        _Renamed().visit(each.tree)
        each.tree.has_descriptors = True  # type: ignore[attr-defined]
    return True


def _methods(unit: Unit, cls: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    """The special methods that a class has or inherits."""
    found: dict[str, ast.FunctionDef] = {}
    for each in (cls, *(above for _, above in unit.classes_above(cls))):
        for statement in each.body:
            if isinstance(statement, ast.FunctionDef) and statement.name in _NAMES:
                found.setdefault(statement.name, statement)
    return found


def _uses(unit: Unit, kinds: dict[int, ast.ClassDef]) -> list[_Use]:
    out: list[_Use] = []
    for cls in unit.every(ast.ClassDef):
        for statement in cls.body:
            use = _use(unit, kinds, cls, statement)
            if use is not None:
                if cls.decorator_list or use.name.startswith("__"):
                    raise _LeftError
                out.append(use)
    return out


def _use(
    unit: Unit, kinds: dict[int, ast.ClassDef], cls: ast.ClassDef, statement: ast.stmt
) -> _Use | None:
    if isinstance(statement, ast.FunctionDef) and len(statement.decorator_list) == 1:
        kind = _kind(unit, kinds, statement.decorator_list[0])
        if kind is not None:
            value = statement.decorator_list[0]
            return _Use(cls, statement, statement.name, value, kind, statement)
    target: ast.expr | None = None
    value_of: ast.expr | None = None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value_of = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign):
        target, value_of = statement.target, statement.value
    if isinstance(target, ast.Name) and isinstance(value_of, ast.Call):
        kind = _kind(unit, kinds, value_of.func)
        if kind is not None:
            return _Use(cls, statement, target.id, value_of, kind)
    return None


def _kind(unit: Unit, kinds: dict[int, ast.ClassDef], node: ast.expr) -> ast.ClassDef | None:
    found = unit.find_class(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
    return found if found is not None and id(found) in kinds else None


def _check(plan: list[tuple[Unit, list[_Use]]], kinds: dict[int, ast.ClassDef]) -> None:
    """Descriptors are made in class bodies only, and nobody looks at what instances hold."""
    inside = {id(n) for cls in kinds.values() for n in trees.walk(cls)}
    for unit, uses in plan:
        made = {id(u.value.func if isinstance(u.value, ast.Call) else u.value) for u in uses}
        named = {id(base) for cls in unit.every(ast.ClassDef) for base in cls.bases}
        for call in unit.every(ast.Call):
            if unit.is_builtin(call.func, "isinstance", "issubclass"):
                named |= {id(n) for given in call.args[1:] for n in ast.walk(given)}
        parts: list[ast.AST] = [*unit.every(ast.Name), *unit.every(ast.Attribute)]
        for node in parts:
            assert isinstance(node, (ast.Name, ast.Attribute))
            if _kind(unit, kinds, node) is not None and id(node) not in made | named | inside:
                raise _LeftError
            if isinstance(node, ast.Attribute) and node.attr in {"__dict__", *_NAMES}:
                if id(node) not in inside:
                    raise _LeftError
        if any(unit.is_builtin(n.func, "vars") for n in unit.every(ast.Call)):
            raise _LeftError
        for use in uses:
            _check_names(unit, use)


def _check_names(unit: Unit, use: _Use) -> None:
    """Nothing but `self` and classes named as such is asked for the attribute as a class."""
    for node in unit.every(ast.Attribute):
        if node.attr == use.name and (
            (isinstance(node.value, ast.Call) and unit.is_builtin(node.value.func, "type", "super"))
            or (isinstance(node.value, ast.Name) and node.value.id == "cls")
            or (isinstance(node.value, ast.Attribute) and node.value.attr == "__class__")
        ):
            raise _LeftError
    same = [
        s
        for s in use.owner.body
        if isinstance(s, FunctionDef) and s.name == use.name and s is not use.statement
    ]
    if same:
        raise _LeftError


_READ = """\
@property
def {name}(self):
    return {owner}.{kept}.__get__(self, {kind})
"""
_READ_OWN = """\
@property
def {name}(self):
    return self.{own}
"""
_READ_BEHIND = """\
@property
def {name}(self):
    if hasattr(self, {own!r}):
        return self.{own}
    return {owner}.{kept}.__get__(self, {kind})
"""
_STORE = """\
@{name}.setter
def {name}(self, value):
    {owner}.{kept}.__set__(self, value)
"""
_STORE_OWN = """\
@{name}.setter
def {name}(self, value):
    self.{own} = value
"""
_DELETE = """\
@{name}.deleter
def {name}(self):
    {owner}.{kept}.__delete__(self)
"""


def _write(unit: Unit, use: _Use, methods: dict[str, ast.FunctionDef]) -> None:
    """The class attribute and the property, in place of the statement."""
    owner = use.owner
    at = owner.body.index(use.statement)
    value: ast.expr = use.value
    first: list[ast.stmt] = []
    if use.function is not None:
        plain = unit.fresh(f"plain_{use.name}")
        use.function.decorator_list = []
        use.function.shown_name = use.function.python_name = use.name  # type: ignore[attr-defined]
        use.function.name = plain
        first = [use.function]
        value = ast.copy_location(ast.Call(value, [load(plain, use.statement)], []), value)
    target = ast.copy_location(ast.Name(use.kept, ast.Store()), use.statement)
    first.append(ast.copy_location(ast.Assign([target], value), use.statement))
    get = methods.get("__get__")
    # The class that `__get__` is given: often nobody looks at it.
    kind = owner.name
    if get is not None and _reads(get, 2):
        kind = "type(self)"
    is_data = "__set__" in methods
    parts = [(_READ if is_data else _READ_BEHIND) if get is not None else _READ_OWN]
    parts.append(_STORE if is_data else _STORE_OWN)
    if "__delete__" in methods:
        parts.append(_DELETE)
    text = "".join(parts).format(
        name=use.name, owner=owner.name, kept=use.kept, kind=kind, own=_OWN + use.name
    )
    owner.body[at : at + 1] = [*first, *parse_at(text, use.statement)]
    if "__set_name__" in methods:
        call = parse_at(f"{owner.name}.{use.kept}.__set_name__({owner.name}, {use.name!r})", owner)
        for body, _ in bodies(unit.tree):
            if owner in body:
                place = body.index(owner) + 1
                # In the order of the class body.
                while hasattr(body[place] if place < len(body) else None, "names_descriptor"):
                    place += 1
                call[0].names_descriptor = True  # type: ignore[attr-defined]
                body[place:place] = call


def _reads(function: ast.FunctionDef, position: int) -> bool:
    params = [*function.args.posonlyargs, *function.args.args]
    if len(params) <= position:
        return False
    name = params[position].arg
    return any(isinstance(n, ast.Name) and n.id == name for n in own_nodes(function.body))


class _Reads(trees.Transformer):
    """`Owner.x`: the descriptor is asked without an instance."""

    def __init__(self, unit: Unit, uses: list[_Use]) -> None:
        self.unit = unit
        self.of: dict[str, list[_Use]] = {}
        for use in uses:
            self.of.setdefault(use.name, []).append(use)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if node.attr not in self.of or not isinstance(node.value, (ast.Name, ast.Attribute)):
            return node
        found = self.unit.find_class(node.value)
        if found is None or not isinstance(node.ctx, ast.Load):
            return node
        line = [found, *(above for _, above in self.unit.classes_above(found))]
        for use in self.of[node.attr]:
            if use.owner in line:
                named = ast.unparse(node.value)
                return expr_at(f"{named}.{use.kept}.__get__(None, {named})", node)
        return node


class _Storage(trees.Transformer):
    """What a descriptor's methods do with `instance.__dict__`."""

    def __init__(self, cls: ast.ClassDef, is_data: bool) -> None:
        self.is_data = is_data
        self.own_names = _names_of(cls)

    def _of_dict(self, node: ast.AST) -> ast.expr | None:
        """Whose `__dict__` it is."""
        if isinstance(node, ast.Attribute) and node.attr == "__dict__":
            return node.value
        return None

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Subscript):
            whose = self._of_dict(target.value)
            if whose is not None:
                text = f"setattr({ast.unparse(whose)}, {_OWN!r} + _key, _value)"
                made = parse_at(text, node)[0]
                assert isinstance(made, ast.Expr)
                assert isinstance(made.value, ast.Call)
                key = made.value.args[1]
                assert isinstance(key, ast.BinOp)
                key.right = target.slice
                made.value.args[2] = self.visit(node.value)
                return made
        self.generic_visit(node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        whose = self._of_dict(node.value)
        if whose is None or not isinstance(node.ctx, ast.Load):
            return node
        # KeyError where there is none: the name is looked up in what is never there.
        name, key = ast.unparse(whose), ast.unparse(node.slice)
        own = f"{name}, {_OWN!r} + {key}"
        return expr_at(f"getattr({own}) if hasattr({own}) else {{}}[{key}]", node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            whose = self._of_dict(node.comparators[0])
            if whose is not None:
                text = f"hasattr({ast.unparse(whose)}, {_OWN!r} + {ast.unparse(node.left)})"
                negated = isinstance(node.ops[0], ast.NotIn)
                return expr_at(f"not {text}" if negated else text, node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr == "get":
            whose = self._of_dict(func.value)
            if whose is not None and node.args:
                other = ast.unparse(node.args[1]) if len(node.args) > 1 else "None"
                key = ast.unparse(node.args[0])
                return expr_at(f"getattr({ast.unparse(whose)}, {_OWN!r} + {key}, {other})", node)
        if isinstance(func, ast.Name) and func.id == "setattr" and not self.is_data:
            if len(node.args) == 3 and ast.unparse(node.args[1]) in self.own_names:
                node.args[1] = expr_at(f"{_OWN!r} + {ast.unparse(node.args[1])}", node.args[1])
        return node


def _names_of(cls: ast.ClassDef) -> set[str]:
    """Expressions over `self` that are the attribute's own name: what `__set_name__` is told,
    and the `__name__` of what is decorated."""
    given: dict[str, set[bool]] = {}
    functions: set[str] = set()
    for method in (s for s in cls.body if isinstance(s, ast.FunctionDef)):
        params = [a.arg for a in (*method.args.posonlyargs, *method.args.args)]
        for node in own_nodes(method.body):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                    assert isinstance(node, ast.Assign)
                    text = ast.unparse(node.value)
                    told = method.name == "__set_name__" and text == params[-1]
                    named = len(params) == 2 and text == f"{params[1]}.__name__"
                    given.setdefault(target.attr, set()).add(told or named)
                    if len(params) == 2 and text == params[1]:
                        functions.add(f"self.{target.attr}.__name__")
    return functions | {f"self.{name}" for name, fits in given.items() if fits == {True}}


class _Renamed(trees.Transformer):
    """The special methods by names that are no longer special."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.name = _NAMES.get(node.name, node.name)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.Attribute:
        self.generic_visit(node)
        node.attr = _NAMES.get(node.attr, node.attr)
        return node
