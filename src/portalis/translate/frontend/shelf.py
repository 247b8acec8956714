"""Syntax trees of the library's modules, from one compilation of a process to its next.

A tree belongs to one compilation at a time: who takes it may change it, and brings it back
only as it was. A compilation that finds none parses the module.
"""

from __future__ import annotations

import ast

from portalis.core.trees import Index

# A tree with its nodes.
Kept = tuple[ast.Module, Index]
_KEPT: dict[str, Kept] = {}


def take(module: str) -> Kept | None:
    """The tree of a library module, which is the caller's from now on."""
    return _KEPT.pop(module, None)


def bring_back(trees: dict[str, Kept]) -> None:
    """By module, trees that nobody changed and nobody uses any longer."""
    _KEPT.update(trees)
