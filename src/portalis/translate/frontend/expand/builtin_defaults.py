"""Builtins whose names the module gives to variables of its own.

Until the module's own is there, Python finds the builtin. A use that can only come before
is marked as the builtin's (`is_builtin`); where some use may come before and after, the
variable holds the builtin from the start.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Unit,
    after_futures,
    own_nodes,
    parse_at,
)

_NAMES = frozenset(name for name in dir(builtins) if not name.startswith("_"))
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BLOCKS = ("body", "orelse", "finalbody")
# Where a node stands: the statement lists around it, with places in them.
Path = tuple[tuple[list[ast.stmt], int], ...]


def expand(unit: Unit) -> bool:
    if unit.is_library or not unit.bound & _NAMES:
        return False
    own = {n.id for n in _stored(unit.tree.body) if n.id in _NAMES}
    own |= {n for g in unit.every(ast.Global) for n in g.names if n in _NAMES}
    held = [name for name in sorted(own - _otherwise(unit)) if _Uses(name).settle(unit.tree)]
    if held:
        place = after_futures(unit.tree.body)
        at = unit.tree.body[min(place, len(unit.tree.body) - 1)]
        for name in held:
            made = parse_at(f"{name} = {name}", at)
            made[0].value.is_builtin = True  # type: ignore[attr-defined]
            unit.tree.body[place:place] = made
    return bool(held)


def _otherwise(unit: Unit) -> set[str]:
    """Names that the module's own code binds by a `def`, a `class` or an import."""
    found: set[str] = set(unit.imports)
    for node in own_nodes(unit.tree.body):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
    return found


def _stored(nodes: Iterable[ast.AST]) -> Iterator[ast.Name]:
    """Names that code of one scope assigns."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                yield node
        elif not isinstance(
            node,
            (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, *_COMPREHENSIONS),
        ):
            stack += trees.children(node)


def _hides(node: ast.AST, name: str) -> bool:
    """In the function, class or comprehension the name is another variable."""
    if isinstance(node, _COMPREHENSIONS):
        targets = [n for g in node.generators for n in trees.walk(g.target)]
        return any(isinstance(n, ast.Name) and n.id == name for n in targets)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        args = node.args
        params = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        params += [a for a in (args.vararg, args.kwarg) if a is not None]
        if any(a.arg == name for a in params):
            return True
    body = node.body if isinstance(node, (*_SCOPES, ast.ClassDef)) else []
    if any(isinstance(n, ast.Global) and name in n.names for n in own_nodes(body)):
        return False
    inner = (n for n in own_nodes(body) if isinstance(n, (*_SCOPES, ast.ClassDef)))
    return any(n.id == name for n in _stored(body)) or any(n.name == name for n in inner)


_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(slots=True)
class _Uses:
    """The uses of one name in a module, met in the order in which the module runs."""

    name: str
    # Uses before the first assignment that the module itself runs, and where they stand.
    early: list[tuple[ast.Name, Path]] = field(default_factory=list)
    first: Path | None = None
    unsure: bool = False

    def settle(self, tree: ast.Module) -> bool:
        """Marks the uses that can only be the builtin's; whether others may be, too."""
        self._block(tree.body, (), False)
        loop = _outermost_loop(self.first) if self.first is not None else None
        for use, path in self.early:
            if loop is not None and any(s[i] is loop for s, i in path):
                self.unsure = True
            else:
                use.is_builtin = True  # type: ignore[attr-defined]
        return self.unsure

    def _block(self, body: list[ast.stmt], path: Path, later: bool) -> None:
        for i, statement in enumerate(body):
            self._visit(statement, (*path, (body, i)), later)

    def _visit(self, node: ast.AST, path: Path, later: bool) -> None:
        """`later`: in a function, which runs whenever it is called."""
        if isinstance(node, ast.Name):
            self._name(node, path, later)
        elif isinstance(node, (*_SCOPES, ast.Lambda)):
            self._function(node, path, later)
        elif isinstance(node, (ast.ClassDef, *_COMPREHENSIONS)) and _hides(node, self.name):
            return
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for part in (*([node.value] if node.value is not None else []), *targets):
                self._visit(part, path, later)
        else:
            for child in trees.children(node):
                if isinstance(child, ast.stmt):
                    continue
                self._visit(child, path, later)
            for block in _BLOCKS:
                inner = getattr(node, block, None)
                if isinstance(inner, list):
                    self._block(inner, path, later)

    def _function(self, node: FunctionDef | ast.Lambda, path: Path, later: bool) -> None:
        defaults = [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]
        decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
        for part in (*defaults, *decorators):
            self._visit(part, path, later)
        if _hides(node, self.name):
            return
        if isinstance(node, ast.Lambda):
            self._visit(node.body, path, True)
        else:
            for statement in node.body:
                self._visit(statement, path, True)

    def _name(self, node: ast.Name, path: Path, later: bool) -> None:
        if node.id != self.name:
            return
        if isinstance(node.ctx, ast.Load):
            if self._is_bound(path):
                return
            if later or self.first is not None:
                self.unsure = True
            else:
                self.early.append((node, path))
        elif not later and self.first is None:
            self.first = path

    def _is_bound(self, path: Path) -> bool:
        """Statements before the place, or the heads of those around it, bound the name."""
        for place, (body, i) in enumerate(path):
            if any(_binds(s, self.name) for s in body[:i]):
                return True
            inside = path[place + 1][0] if place + 1 < len(path) else None
            if inside is not None and _head_binds(body[i], inside, self.name):
                return True
        return False


def _outermost_loop(path: Path) -> ast.stmt | None:
    around = (body[i] for body, i in path)
    return next((s for s in around if isinstance(s, (ast.For, ast.AsyncFor, ast.While))), None)


def _head_binds(node: ast.stmt, block: list[ast.stmt], name: str) -> bool:
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return block is node.body and any(n.id == name for n in _stored([node.target]))
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return any(n.id == name for n in _stored(node.items))
    return False


def _binds(node: ast.stmt, name: str) -> bool:
    """Once the statement has been run to its end, the name is the module's own."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        if isinstance(node, ast.AnnAssign) and node.value is None:
            return False
        return any(n.id == name for n in _stored([node]))
    if isinstance(node, ast.If):
        return _any_binds(node.body, name) and _any_binds(node.orelse, name)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return any(n.id == name for n in _stored(node.items))
    if isinstance(node, ast.Try):
        ways = [[*node.body, *node.orelse], *(h.body for h in node.handlers)]
        return all(_any_binds(way, name) for way in ways) or _any_binds(node.finalbody, name)
    return False


def _any_binds(body: list[ast.stmt], name: str) -> bool:
    """The block binds the name, or never runs to its end."""
    ends = (ast.Return, ast.Raise, ast.Continue, ast.Break)
    return any(_binds(s, name) or isinstance(s, ends) for s in body)
