"""Walking Python's syntax trees, several times as fast as `ast.walk`.

What has no place in the source (contexts and operators) is left out.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

_LEAVES = frozenset(
    """ctx op ops id attr arg name names rest level module asname kind type_comment conversion
    simple is_async kwd_attrs""".split()
)
# Lists in which not everything is a node.
_GAPPY = frozenset(("keys", "kw_defaults"))


_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}


def _fields(cls: type[ast.AST]) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold nodes."""
    found = _FIELDS.get(cls)
    if found is None:
        kept = {"names"} if issubclass(cls, (ast.Import, ast.ImportFrom)) else set()
        found = tuple(f for f in cls._fields if f not in _LEAVES or f in kept)
        _FIELDS[cls] = () if issubclass(cls, (ast.Constant, ast.MatchSingleton)) else found
    return _FIELDS[cls]


Node = TypeVar("Node", bound=ast.AST)


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly in `node`, in the order of the source's grammar."""
    out: list[ast.AST] = []
    names = _FIELDS.get(node.__class__)
    for name in _fields(node.__class__) if names is None else names:
        value = getattr(node, name, None)
        if value.__class__ is list:
            out += [item for item in value if item is not None] if name in _GAPPY else value
        elif value is not None:
            out.append(value)
    return out


def walk(node: ast.AST) -> list[ast.AST]:
    """`node` and everything in it, breadth first."""
    # Not by `children`, and seldom by `_fields`: a call for each node costs a fifth of the walk.
    found = [node]
    add = found.append
    known = _FIELDS.get
    for item in found:
        names = known(item.__class__)
        for name in _fields(item.__class__) if names is None else names:
            value = getattr(item, name, None)
            if value.__class__ is list:
                found += [part for part in value if part is not None] if name in _GAPPY else value
            elif value is not None:
                add(value)
    return found


def parents(node: ast.AST) -> dict[ast.AST, ast.AST]:
    """What each node in `node` stands in."""
    found: dict[ast.AST, ast.AST] = {}
    waiting = [node]
    for item in waiting:
        inside = children(item)
        if inside:
            found.update(dict.fromkeys(inside, item))
            waiting += inside
    return found


def copied(node: Node, copies: dict[int, ast.AST]) -> Node:
    """A copy of the tree, several times as fast as `copy.deepcopy`; `copies` gets the copy of
    each node by the id of the node. What `walk` leaves out is shared."""
    kind = node.__class__
    before = copies.get(id(node))
    if isinstance(before, kind):
        return before
    made = kind.__new__(kind)
    copies[id(node)] = made
    inside = vars(made)
    inside.update(vars(node))
    known = _FIELDS.get(kind)
    for name in _fields(kind) if known is None else known:
        value = inside.get(name)
        if value.__class__ is list:
            parts: list[object] = value
            inside[name] = [copied(p, copies) if isinstance(p, ast.AST) else p for p in parts]
        elif isinstance(value, ast.AST):
            inside[name] = copied(value, copies)
    return made


_VISITORS: dict[tuple[type, type[ast.AST]], str | None] = {}


class Transformer(ast.NodeTransformer):
    """`ast.NodeTransformer`, several times as fast; what `walk` leaves out is not visited."""

    def visit(self, node: ast.AST) -> Any:  # noqa: ANN401 - as its base has it
        key = self.__class__, node.__class__
        if key not in _VISITORS:
            name = f"visit_{node.__class__.__name__}"
            _VISITORS[key] = name if hasattr(self, name) else None
        method = _VISITORS[key]
        return self.generic_visit(node) if method is None else getattr(self, method)(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name in _fields(node.__class__):
            value = getattr(node, name, None)
            if value.__class__ is list:
                value[:] = self._items(value)
            elif value is not None:
                made = self.visit(value)
                if made is None:
                    delattr(node, name)
                elif made is not value:
                    setattr(node, name, made)
        return node

    def _items(self, items: list[ast.AST | None]) -> list[ast.AST | None]:
        found: list[ast.AST | None] = []
        for item in items:
            made = self.visit(item) if item is not None else None
            if made.__class__ is list:
                found += made
            elif made is not None or item is None:
                found.append(made)
        return found


Parts = Mapping[type[ast.AST], Callable[[Any], list[ast.AST]]]


def within(nodes: Sequence[ast.AST], parts: Parts) -> list[ast.AST]:
    """The nodes and what is in them, in the order of the source. `parts` says of some kinds
    of nodes what counts as in them; of others, all does."""
    found: list[ast.AST] = []
    stack = [*nodes[::-1]]
    while stack:
        node = stack.pop()
        found.append(node)
        kind = node.__class__
        if _FIELDS.get(kind) != ():
            stack += parts.get(kind, children)(node)[::-1]
    return found


class Index:
    """The nodes of a tree by their kinds, for who looks for some kinds in the whole tree.

    It is of the moment at which it was made.
    """

    __slots__ = ("_attributes", "_by_kind", "_named", "_stored")

    def __init__(self, tree: ast.AST | None = None) -> None:
        self._by_kind: defaultdict[type[ast.AST], list[Any]] = defaultdict(list)
        self._named: frozenset[str] | None = None
        self._stored: frozenset[str] | None = None
        self._attributes: frozenset[str] | None = None
        for node in walk(tree) if tree is not None else ():
            self._by_kind[node.__class__].append(node)

    def every(self, kind: type[Node]) -> list[Node]:
        """The nodes of exactly this kind, breadth first."""
        return self._by_kind.get(kind, [])

    def named(self) -> frozenset[str]:
        """The variables that are read, bound or deleted by a `Name`."""
        if self._named is None:
            self._named = frozenset(node.id for node in self.every(ast.Name))
        return self._named

    def stored(self) -> frozenset[str]:
        """Those of them that are bound or deleted."""
        if self._stored is None:
            names = self.every(ast.Name)
            self._stored = frozenset(n.id for n in names if n.ctx.__class__ is not ast.Load)
        return self._stored

    def attributes(self) -> frozenset[str]:
        """The names of attributes that are asked for, set or deleted."""
        if self._attributes is None:
            self._attributes = frozenset(node.attr for node in self.every(ast.Attribute))
        return self._attributes


# Where nodes have statements, handlers and cases; who is not here has none.
BLOCKS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Module: ("body",),
    ast.FunctionDef: ("body",),
    ast.AsyncFunctionDef: ("body",),
    ast.ClassDef: ("body",),
    ast.If: ("body", "orelse"),
    ast.For: ("body", "orelse"),
    ast.AsyncFor: ("body", "orelse"),
    ast.While: ("body", "orelse"),
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    ast.TryStar: ("body", "handlers", "orelse", "finalbody"),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
}


def parts(node: ast.AST) -> list[ast.AST]:
    """The statements, handlers and cases directly in `node`."""
    return [part for name in BLOCKS.get(node.__class__, ()) for part in getattr(node, name)]


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and the statements, handlers and cases in it, breadth first: no expressions."""
    waiting = [node]
    for item in waiting:
        for name in BLOCKS.get(type(item), ()):
            waiting += getattr(item, name)
        yield item


def is_after(node: ast.AST, first: int, second: int) -> bool:
    """Whether line `second` in `node` can be reached through line `first` only, as far as
    blocks tell: it stands in all blocks that the first stands in."""
    for name in BLOCKS.get(type(node), ()):
        block: list[ast.AST] = getattr(node, name)
        if block and _spans(block, first):
            inner = next((n for n in block if _spans([n], first)), None)
            return _spans(block, second) and (inner is None or is_after(inner, first, second))
    return True


def _spans(block: list[ast.AST], line: int) -> bool:
    # What an expansion made starts where it stood, and may say so of its end, too.
    last = max(getattr(node, "end_lineno", None) or 0 for node in statements(block[-1]))
    return getattr(block[0], "lineno", 0) <= line <= last


def imports_of(statement: ast.stmt) -> Iterator[tuple[ast.alias, str]]:
    """Each alias of an import statement with the dotted path it names."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield alias, alias.name if alias.asname else alias.name.partition(".")[0]
    elif isinstance(statement, ast.ImportFrom):
        for alias in statement.names:
            home = "." * statement.level + (statement.module or "")
            yield alias, f"{home}.{alias.name}" if statement.module else f"{home}{alias.name}"


def absolute(module: str, is_package: bool, path: str) -> str:
    """The absolute form of an import path with leading dots in a module; one that leads out of
    the package stays as it is."""
    level = len(path) - len(path.lstrip("."))
    parts = module.split(".")
    if not is_package:
        parts = parts[:-1]
    if not level or level > len(parts):
        return path
    rest = path[level:]
    return ".".join([*parts[: len(parts) - level + 1], *([rest] if rest else [])])
