"""`re.I` and the like are ints here; a program that shows one would see that."""

from __future__ import annotations

import ast

from portalis.translate.lower import flag_holders
from portalis.translate.lower.context import Frame, Refusal

# Builtins that tell a flag from the number that it is.
SHOWING = frozenset(("print", "repr", "str", "ascii", "format", "type"))


def check_call(frame: Frame, node: ast.Call, name: str) -> None:
    """Raises Refusal where the builtin is given a flag of re, by itself or in a display."""
    if name in SHOWING:
        for arg in (*node.args, *(k.value for k in node.keywords)):
            check_shown(frame, arg)


def check_shown(frame: Frame, node: ast.expr) -> None:
    """Raises Refusal if `node`, which is shown, is a flag of re."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for item in node.elts:
            check_shown(frame, item)
    elif flag_holders.holders(frame).are(frame, node):
        raise Refusal("PT203", node, "a flag of re is shown, which is a plain int here")
