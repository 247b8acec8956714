"""The library modules that are written in Python, for the programs that import them."""

from __future__ import annotations

import ast
import functools
from dataclasses import replace
from importlib import resources

from portalis.core import syntax, trees
from portalis.translate.artifacts import SourceFile, SourceTree

_HOME = "portalis.translate.library"


def known(module: str) -> bool:
    """Whether there is a library module of that name."""
    return not module.startswith("_") and _exists(module)


def _exists(module: str) -> bool:
    return module.isidentifier() and _resource(module).is_file()


def complete(tree: SourceTree) -> SourceTree:
    """The tree with the library modules that it imports, directly or through others.

    A module of the program hides the library's of the same name.
    """
    have = {file.module for file in tree.files}
    added: list[SourceFile] = []
    pending = list(tree.files)
    while pending:
        file = pending.pop()
        for module in sorted(_wanted(file, have)):
            if module in have or not _exists(module):
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


def _wanted(file: SourceFile, have: set[str]) -> set[str]:
    """The modules that a file imports, and those that complement their rows with what it names."""
    imported, named = _imported(file.text)
    if not file.is_library:
        imported = {name for name in imported if not name.startswith("_")}
    lacking = {f"_{name}" for name in imported - have}
    return imported | {home for home in lacking if _exists(home) and named & members(home)}


@functools.cache
def members(home: str) -> frozenset[str]:
    """The names that a library module offers."""
    body = syntax.parse(_resource(home).read_text(encoding="utf-8")).body
    defined = [s.name for s in body if isinstance(s, (ast.FunctionDef, ast.ClassDef))]
    return frozenset(name for name in defined if not name.startswith("_"))


def _resource(module: str) -> resources.abc.Traversable:
    return resources.files(_HOME).joinpath(f"{module}.py")


def _imported(text: str) -> tuple[set[str], set[str]]:
    """The top-level names of the modules that import statements name; the names that are
    imported from modules or are attributes of something."""
    found: set[str] = set()
    named: set[str] = set()
    try:
        parsed = syntax.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return found, named
    for node in trees.walk(parsed):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
            named.update(alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute):
            named.add(node.attr)
    return found, named
