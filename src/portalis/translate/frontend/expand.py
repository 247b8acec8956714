"""Sugar: constructs that mean the same as simpler Python, rewritten on the AST.

One function a construct; `module` applies them in the order of `EXPANSIONS`.
New nodes carry the positions of what they replace.
"""

from __future__ import annotations

import ast
from collections.abc import Callable


def module(tree: ast.Module) -> None:
    """Rewrites `tree` in place."""
    for expansion in EXPANSIONS:
        expansion(tree)


def parse_at(source: str, place: ast.AST) -> list[ast.stmt]:
    """Statements from text, positioned at `place`."""
    body = ast.parse(source).body
    for top in body:
        for node in ast.walk(top):
            if "lineno" in node._attributes:
                ast.copy_location(node, place)
    return body


EXPANSIONS: tuple[Callable[[ast.Module], None], ...] = ()
