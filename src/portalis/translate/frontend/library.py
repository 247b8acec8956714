"""The library modules that are written in Python, for the programs that import them."""

from __future__ import annotations

import ast
from dataclasses import replace
from importlib import resources

from portalis.core import syntax, trees
from portalis.translate.artifacts import SourceFile, SourceTree

_HOME = "portalis.translate.library"


def known(module: str) -> bool:
    """Whether there is a library module of that name."""
    return module.isidentifier() and not module.startswith("_") and _resource(module).is_file()


def complete(tree: SourceTree) -> SourceTree:
    """The tree with the library modules that it imports, directly or through others.

    A module of the program hides the library's of the same name.
    """
    have = {file.module for file in tree.files}
    added: list[SourceFile] = []
    pending = list(tree.files)
    while pending:
        for module in sorted(_imported(pending.pop().text)):
            if module in have or not known(module):
                continue
            have.add(module)
            file = SourceFile(
                f"<library>/{module}.py",
                module,
                _resource(module).read_text(encoding="utf-8"),
                is_library=True,
            )
            added.append(file)
            pending.append(file)
    return replace(tree, files=(*tree.files, *added)) if added else tree


def _resource(module: str) -> resources.abc.Traversable:
    return resources.files(_HOME).joinpath(f"{module}.py")


def _imported(text: str) -> set[str]:
    """The top-level names of the modules that import statements name."""
    found: set[str] = set()
    try:
        parsed = syntax.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return found
    for node in trees.walk(parsed):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
