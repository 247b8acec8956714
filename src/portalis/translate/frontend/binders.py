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


def bound_names(body: Sequence[ast.AST]) -> dict[str, list[ast.AST]]:
    """Name → the nodes that bind it in this scope, in source order."""
    return bindings(trees.within(body, OWN))


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
