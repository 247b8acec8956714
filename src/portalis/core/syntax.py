"""Python source to its syntax tree, from any thread.

CPython before 3.13 counts the depth of the tree it makes in state that all
threads share (python/cpython#106905): two parses at once can fail with
`SystemError: AST constructor recursion depth mismatch`.
"""

from __future__ import annotations

import ast
import threading

_ONE_AT_A_TIME = threading.Lock()


def parse(text: str, path: str = "<unknown>") -> ast.Module:
    """The module `text`; raises SyntaxError, and ValueError for null bytes."""
    with _ONE_AT_A_TIME:
        return ast.parse(text, path)


def parse_expression(text: str) -> ast.expr:
    """The one expression `text`; raises SyntaxError."""
    with _ONE_AT_A_TIME:
        return ast.parse(text, mode="eval").body
