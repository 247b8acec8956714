"""Which nodes bind names in a scope, by what they bind."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from portalis.core import trees

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _around(node: FunctionDef) -> list[ast.AST]:
    defaults = [d for d in node.args.kw_defaults if d is not None]
    return [*defaults, *node.decorator_list, *node.args.defaults]


def _outside(node: Comprehension) -> list[ast.AST]:
    """A walrus inside binds in the enclosing scope."""
    walruses = [n for n in trees.walk(node) if isinstance(n, ast.NamedExpr)]
    return [*walruses, node.generators[0].iter]


# What of a nested scope belongs to the one around it.
OWN: trees.Parts = {
    ast.FunctionDef: _around,
    ast.AsyncFunctionDef: _around,
    ast.Lambda: lambda n: [*n.args.defaults],
    ast.ClassDef: lambda n: [*n.decorator_list, *n.bases],
    **dict.fromkeys(Comprehension.__args__, _outside),
}


# Where the nodes of a scope bind names or say whose names are, but for walruses, last first.
_BINDING: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Module: ("body",),
    ast.If: ("orelse", "body"),
    ast.While: ("orelse", "body"),
    ast.For: ("orelse", "body", "target"),
    ast.AsyncFor: ("orelse", "body", "target"),
    ast.With: ("body", "items"),
    ast.AsyncWith: ("body", "items"),
    ast.withitem: ("optional_vars",),
    ast.Try: ("finalbody", "orelse", "handlers", "body"),
    ast.TryStar: ("finalbody", "orelse", "handlers", "body"),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body", "pattern"),
    ast.MatchAs: ("pattern",),
    ast.MatchOr: ("patterns",),
    ast.MatchSequence: ("patterns",),
    ast.MatchMapping: ("patterns",),
    ast.MatchClass: ("kwd_patterns", "patterns"),
    ast.Assign: ("targets",),
    ast.AugAssign: ("target",),
    ast.AnnAssign: ("target",),
    ast.Delete: ("targets",),
    ast.Tuple: ("elts",),
    ast.List: ("elts",),
    ast.Starred: ("value",),
}


# The same, first to last, and the bodies of functions and classes.
_TARGETS: dict[type[ast.AST], tuple[str, ...]] = {
    **{kind: names[::-1] for kind, names in _BINDING.items()},
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef), ("body",)),
}


def targets(statement: ast.stmt) -> list[ast.AST]:
    """What statements in it and the functions in it assign to, among other nodes; in the order
    of `trees.walk`."""
    found: list[ast.AST] = [statement]
    for node in found:
        for name in _TARGETS.get(node.__class__, ()):
            value = getattr(node, name)
            if value.__class__ is list:
                found += value
            elif value is not None:
                found.append(value)
    return found


def own(body: Sequence[ast.AST], *, whole: bool = True) -> list[ast.AST]:
    """The nodes of a scope in source order; not `whole`: without expressions that bind nothing,
    for scopes in which there is no walrus."""
    if whole:
        return trees.within(body, OWN)
    found: list[ast.AST] = []
    stack = [*body[::-1]]
    while stack:
        node = stack.pop()
        found.append(node)
        for name in _BINDING.get(node.__class__, ()):
            value = getattr(node, name)
            if value.__class__ is list:
                stack += value[::-1]
            elif value is not None:
                stack.append(value)
    return found


def has_walrus(nodes: trees.Index) -> bool:
    """Whether an expression binds a name somewhere in the tree."""
    return bool(nodes.every(ast.NamedExpr))


def bound_names(body: Sequence[ast.AST], *, whole: bool = True) -> dict[str, list[ast.AST]]:
    """Name → the nodes that bind it in this scope, in source order; `whole` as for `own`."""
    return bindings(own(body, whole=whole))


# Where a node that binds one name has it.
_BINDERS: dict[type[ast.AST], str] = {
    ast.Name: "id",
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.ClassDef: "name",
    ast.ExceptHandler: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.MatchMapping: "rest",
}


def bindings(own: list[ast.AST]) -> dict[str, list[ast.AST]]:
    """The same of the nodes of a scope (`OWN`)."""
    out: dict[str, dict[ast.AST, None]] = {}
    for node in own:
        binder = _BINDERS.get(node.__class__)
        if binder == "id":
            assert isinstance(node, ast.Name)
            if not isinstance(node.ctx, ast.Load):
                out.setdefault(node.id, {})[node] = None
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                out.setdefault(name, {})[alias] = None
        elif binder is not None and (bound := getattr(node, binder)):
            out.setdefault(bound, {})[node] = None
    return {name: list(nodes) for name, nodes in out.items()}
