"""Classes in functions whose methods use the function's variables.

Such a variable, bound once before the class statement, is handed to each instance: its
constructor takes it as one more keyword, and methods find it on the instance. The class
must only be called and asked about by `isinstance`; others are left for the elaborator to
refuse.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.core import trees
from portalis.translate.frontend.expand.unit import FunctionDef, Unit, expr_at, own_nodes, parse_at

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (*_FUNCTIONS, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def expand(unit: Unit) -> bool:
    if "__dict__" in unit.attributes() or "vars" in unit.nodes.named():
        return False
    changed = False
    functions: list[FunctionDef] = [*unit.every(ast.FunctionDef), *unit.every(ast.AsyncFunctionDef)]
    for function in functions:
        for statement in function.body:
            if isinstance(statement, ast.ClassDef):
                changed |= _hand_over(function, statement)
    return changed


def _hand_over(function: FunctionDef, cls: ast.ClassDef) -> bool:
    wanted = _used(function, cls)
    if not wanted or not _is_plain(cls) or not _is_only_called(function, cls):
        return False
    if any(isinstance(n, ast.Nonlocal) and wanted & {*n.names} for n in trees.walk(function)):
        return False
    if not all(_is_settled(function, cls, name) for name in wanted):
        return False
    names = {name: f"_portalis_{name}" for name in sorted(wanted)}
    _give(function, cls, names)
    for method in _methods(cls):
        _Uses(names, method.args.args[0].arg).change(method)
    _take(cls, names)
    return True


def _methods(cls: ast.ClassDef) -> list[ast.FunctionDef]:
    return [s for s in cls.body if isinstance(s, ast.FunctionDef)]


def _used(function: FunctionDef, cls: ast.ClassDef) -> set[str]:
    """The function's own variables that methods of the class use."""
    own = _bound(function) - {cls.name}
    return {name for method in _methods(cls) for name in _free(method) if name in own}


def _bound(node: ast.AST) -> set[str]:
    """Names that a function or lambda binds."""
    assert isinstance(node, (*_FUNCTIONS, ast.Lambda))
    args = node.args
    found = {a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs)}
    found |= {a.arg for a in (args.vararg, args.kwarg) if a is not None}
    if isinstance(node, ast.Lambda):
        return found
    outer: set[str] = set()
    for inner in own_nodes(node.body):
        found |= _binds(inner)
        if isinstance(inner, (ast.Global, ast.Nonlocal)):
            outer |= {*inner.names}
    return found - outer


def _binds(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, (ast.Store, ast.Del)) else set()
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(a.asname or a.name).partition(".")[0] for a in node.names}
    if isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        return {node.name}
    return set()


def _free(node: ast.AST) -> set[str]:
    """Names that a function uses and does not bind."""
    assert isinstance(node, (*_FUNCTIONS, ast.Lambda))
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
    used: set[str] = set()
    while body:
        inner = body.pop()
        if isinstance(inner, (*_FUNCTIONS, ast.Lambda)):
            used |= _free(inner)
            body += [*inner.args.defaults, *(d for d in inner.args.kw_defaults if d is not None)]
        elif isinstance(inner, ast.Name):
            used.add(inner.id)
        else:
            body += trees.children(inner)
    return used - _bound(node)


def _is_plain(cls: ast.ClassDef) -> bool:
    """Nothing of the class but its methods' bodies needs to know of the variables."""
    if cls.decorator_list or cls.keywords or any(ast.unparse(b) != "object" for b in cls.bases):
        return False
    for statement in cls.body:
        if isinstance(statement, ast.Assign) and "__slots__" in ast.unparse(statement.targets[0]):
            return False
        if isinstance(statement, (ast.AsyncFunctionDef, ast.ClassDef)):
            return False
    return all(
        not m.decorator_list and m.args.args and m.name not in ("__new__", "__init_subclass__")
        for m in _methods(cls)
    )


def _is_only_called(function: FunctionDef, cls: ast.ClassDef) -> bool:
    allowed: set[ast.AST] = set()
    for node in trees.walk(function):
        if isinstance(node, ast.Call):
            allowed.add(node.func)
            if isinstance(node.func, ast.Name) and node.func.id == "isinstance":
                allowed.update(node.args[1:])
        elif isinstance(node, ast.arg) and node.annotation is not None:
            allowed.add(node.annotation)
        elif isinstance(node, _FUNCTIONS) and node.returns is not None:
            allowed.add(node.returns)
    stored = 0
    for node in trees.walk(function):
        if isinstance(node, ast.Name) and node.id == cls.name:
            if node not in allowed or not isinstance(node.ctx, ast.Load):
                return False
        elif cls.name in _binds(node) or (isinstance(node, ast.arg) and node.arg == cls.name):
            stored += 1
    return stored == 1


def _is_settled(function: FunctionDef, cls: ast.ClassDef, name: str) -> bool:
    """The variable is bound once, before the class statement and beside it."""
    bindings = [n for n in own_nodes(function.body) if name in _binds(n)]
    if name in _bound(ast.FunctionDef("", function.args, [], [])):
        return not bindings
    if len(bindings) != 1:
        return False
    before = function.body[: function.body.index(cls)]
    return any(
        bindings[0] in own_nodes([s])
        for s in before
        if isinstance(s, (ast.Assign, ast.AnnAssign, *_FUNCTIONS))
    )


def _give(function: FunctionDef, cls: ast.ClassDef, names: dict[str, str]) -> None:
    """Hands the variables over in every call of the class."""
    for node in trees.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == cls.name:
                node.keywords += [
                    ast.keyword(new, expr_at(name, node)) for name, new in names.items()
                ]
                for keyword in node.keywords:
                    ast.copy_location(keyword, keyword.value)


def _take(cls: ast.ClassDef, names: dict[str, str]) -> None:
    init = next((m for m in _methods(cls) if m.name == "__init__"), None)
    if init is None:
        made = parse_at("def __init__(self): pass", cls)[0]
        assert isinstance(made, ast.FunctionDef)
        init = made
        cls.body.append(init)
    me = init.args.args[0].arg
    at = init.body[0]
    for new in names.values():
        init.args.kwonlyargs.append(ast.copy_location(ast.arg(new), init))
        init.args.kw_defaults.append(None)
    init.body[:0] = [
        statement for new in names.values() for statement in parse_at(f"{me}.{new} = {new}", at)
    ]


class _Uses(trees.Transformer):
    """Replaces the variables in a method by the instance's fields."""

    def __init__(self, names: dict[str, str], me: str) -> None:
        self.names = names
        self.me = me

    def change(self, method: ast.FunctionDef) -> None:
        left = {k: v for k, v in self.names.items() if k not in _bound(method)}
        inner = _Uses(left, self.me)
        # Its defaults are the enclosing function's.
        method.body = [inner.visit(statement) for statement in method.body]

    def _inside(self, node: ast.AST) -> None:
        hidden = _hidden(node) & self.names.keys()
        if hidden:
            left = {k: v for k, v in self.names.items() if k not in hidden}
            _Uses(left, self.me)._visit_all(node)
        else:
            self._visit_all(node)

    def _visit_all(self, node: ast.AST) -> None:
        super().generic_visit(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        self._inside(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        new = self.names.get(node.id)
        return node if new is None else expr_at(f"{self.me}.{new}", node)


def _hidden(node: ast.AST) -> set[str]:
    """Names that mean something else in a scope."""
    if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
        return _bound(node)
    if isinstance(node, _COMPREHENSIONS):
        return set(_targets(node))
    return set()


def _targets(node: ast.AST) -> Iterator[str]:
    for generator in getattr(node, "generators", ()):
        for inner in trees.walk(generator.target):
            if isinstance(inner, ast.Name):
                yield inner.id
