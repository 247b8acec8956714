"""`x = property(get, set)` in a class body is the decorated functions that it amounts to,
`f = staticmethod(f)` decorates `f`, `f = staticmethod(lambda …)` is a decorated function,
`Exception.__init__(self, …)` in a class that has this one base is `super().__init__(…)`, and
what only makes `C[int]` a type is left out."""

from __future__ import annotations

import ast
import builtins

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, expr_at, parse_at

_EXCEPTIONS = tuple(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
_ACCESSORS = ("fget", "fset", "fdel")
_HEADS = {
    "fget": "@property\ndef {name}(self):\n    {doc!r}\n    return {call}(self)\n",
    "fset": "@{name}.setter\ndef {name}(self, value):\n    {call}(self, value)\n",
    "fdel": "@{name}.deleter\ndef {name}(self):\n    {call}(self)\n",
}


def expand(unit: Unit) -> bool:
    changed = False
    for cls in unit.every(ast.ClassDef):
        made = [part for statement in cls.body for part in _plainer(unit, cls, statement)]
        if made != cls.body:
            cls.body = made or [ast.copy_location(ast.Pass(), cls)]
            changed = True
        if len(cls.bases) == 1 and unit.is_builtin(cls.bases[0], *_EXCEPTIONS):
            for function in cls.body:
                if isinstance(function, ast.FunctionDef) and function.args.args:
                    changed |= _by_super(function, ast.unparse(cls.bases[0]))
    return changed


def _by_super(function: ast.FunctionDef, base: str) -> bool:
    """Whether the function called its class's only base by name."""
    me = function.args.args[0].arg
    found = False
    for node in trees.walk(function):
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute):
            if ast.unparse(node.func) == f"{base}.__init__" and ast.unparse(node.args[0]) == me:
                node.func.value = expr_at("super()", node.func)
                del node.args[0]
                found = True
    return found


def _plainer(unit: Unit, cls: ast.ClassDef, statement: ast.stmt) -> list[ast.stmt]:
    if not (isinstance(statement, ast.Assign) and len(statement.targets) == 1):
        return [statement]
    target, value = statement.targets[0], statement.value
    if not (isinstance(target, ast.Name) and isinstance(value, ast.Call)):
        return [statement]
    if _is_alias(unit, target.id, value):
        cls.makes_types = True  # type: ignore[attr-defined]
        return []
    if unit.is_builtin(value.func, "property"):
        return _property(unit, cls, target.id, value) or [statement]
    if unit.is_builtin(value.func, "staticmethod", "classmethod"):
        if len(value.args) == 1 and isinstance(value.args[0], ast.Lambda) and not value.keywords:
            return _written_out(target.id, value.func, value.args[0])
        return [statement] if not _decorated(cls, target.id, value) else []
    return [statement]


def _is_alias(unit: Unit, name: str, call: ast.Call) -> bool:
    """`__class_getitem__ = classmethod(types.GenericAlias)`: `C[int]` is taken for `C`, as with
    bases of `typing`."""
    return (
        name == "__class_getitem__"
        and unit.is_builtin(call.func, "classmethod")
        and [unit.path(given) for given in call.args] == ["types.GenericAlias"]
    )


def _written_out(name: str, decorator: ast.expr, given: ast.Lambda) -> list[ast.stmt]:
    """The decorated function that a lambda amounts to."""
    made = parse_at(f"@{ast.unparse(decorator)}\ndef {name}():\n    return None\n", given)[0]
    assert isinstance(made, ast.FunctionDef)
    made.args = given.args
    made.body = [ast.copy_location(ast.Return(given.body), given)]
    return [made]


def _decorated(cls: ast.ClassDef, name: str, call: ast.Call) -> bool:
    """`f = staticmethod(f)` right after the function: whether it is a decorator now."""
    given = call.args[0] if len(call.args) == 1 and not call.keywords else None
    found = [s for s in cls.body if isinstance(s, ast.FunctionDef) and s.name == name]
    if not isinstance(given, ast.Name) or given.id != name or len(found) != 1:
        return False
    found[0].decorator_list.insert(0, call.func)
    return True


def _property(unit: Unit, cls: ast.ClassDef, name: str, call: ast.Call) -> list[ast.stmt] | None:
    """None: some accessor is neither a lambda nor a function of this class's body."""
    given = dict(zip((*_ACCESSORS, "doc"), call.args, strict=False))
    given |= {k.arg: k.value for k in call.keywords if k.arg is not None}
    given = {k: v for k, v in given.items() if not _is_none(v)}
    if len(call.args) > 4 or not given.keys() <= {*_ACCESSORS, "doc"} or "fget" not in given:
        return None
    if cls not in unit.tree.body or cls.decorator_list or not _bound_once(unit, cls.name):
        return None
    functions = {s.name: s for s in cls.body if isinstance(s, ast.FunctionDef)}
    doc = given.pop("doc", None)
    if doc is not None and not isinstance(doc, ast.Constant):
        return None
    text = doc.value if doc is not None else _doc(functions, given["fget"])
    out: list[ast.stmt] = []
    for which, accessor in given.items():
        called = _called(cls, functions, accessor)
        if called is None:
            return None
        out += parse_at(_HEADS[which].format(name=name, call=called, doc=text), call)
    return out


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _bound_once(unit: Unit, name: str) -> bool:
    stored = any(n.id == name and not isinstance(n.ctx, ast.Load) for n in unit.every(ast.Name))
    return not stored and sum(c.name == name for c in unit.every(ast.ClassDef)) == 1


def _doc(functions: dict[str, ast.FunctionDef], getter: ast.expr) -> str | None:
    found = functions.get(getter.id) if isinstance(getter, ast.Name) else None
    return None if found is None else ast.get_docstring(found, clean=False)


def _called(
    cls: ast.ClassDef, functions: dict[str, ast.FunctionDef], accessor: ast.expr
) -> str | None:
    if isinstance(accessor, ast.Lambda):
        return f"({ast.unparse(accessor)})"
    if not isinstance(accessor, ast.Name) or accessor.id not in functions:
        return None
    plain = not functions[accessor.id].decorator_list
    return f"{cls.name}.{accessor.id}" if plain else None
