"""What can be said of a source file by itself, and is kept between runs."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from portalis.core import syntax, trees
from portalis.translate import exchange
from portalis.translate.artifacts import SourceFile
from portalis.translate.store import Store

_IMPORTERS = frozenset(("import_module", "__import__"))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a partition has to know of a file, whatever the other files are.

    named: dotted paths, absolute, that its imports name; of `from a import b` it is `a.b`.
    starts: at its top level something is called for its effect, as in a script.
    is_blank: it has no statement, a docstring apart.
    """

    named: tuple[str, ...] = ()
    starts: bool = False
    is_blank: bool = False


def outline(file: SourceFile) -> Outline:
    """The outline of a file; an empty one of what cannot be parsed."""
    try:
        tree = syntax.parse(file.text, file.path)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Outline()
    named = sorted(set(_named(file, tree)))
    is_blank = len(tree.body) == int(ast.get_docstring(tree, clean=False) is not None)
    return Outline(tuple(named), _starts(tree.body), is_blank)


@dataclass(slots=True)
class Notes:
    """Outlines of files by the digest of what decides them, of files whose syntax is right;
    and what modules of the library reach, by their names.

    store, key: where they are read from and kept; without, they are of one run. The key tells
    the library.
    """

    store: Store | None = None
    key: str = ""
    known: dict[str, Outline] = field(default_factory=dict)
    # What this run asked for: files that are gone are forgotten.
    asked: dict[str, Outline] = field(default_factory=dict)
    reaches: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _is_new: bool = False

    def __post_init__(self) -> None:
        text = self.store.get(self.key) if self.store is not None else None
        if text is not None:
            try:
                page = exchange.loads(_Page, text)
            except exchange.ExchangeError:
                return
            self.known.update(page.outlines)
            self.reaches.update(page.reaches)

    def has(self, file: SourceFile) -> bool:
        return _digest(file) in self.known

    def outline(self, file: SourceFile) -> Outline:
        digest = _digest(file)
        found = self.known.get(digest)
        self.asked[digest] = found if found is not None else outline(file)
        return self.asked[digest]

    def reached(self, module: str, look: Callable[[str], AbstractSet[str]]) -> AbstractSet[str]:
        """What a module of the library reaches, which `look` finds out."""
        if module not in self.reaches:
            self.reaches[module] = tuple(sorted(look(module)))
            self._is_new = True
        return frozenset(self.reaches[module])

    def save(self) -> None:
        if self.store is not None and (self._is_new or self.asked != self.known):
            self.store.put(self.key, exchange.dumps(_Page(self.asked, self.reaches)))


@dataclass(frozen=True, slots=True)
class _Page:
    outlines: dict[str, Outline]
    reaches: dict[str, tuple[str, ...]]


def _digest(file: SourceFile) -> str:
    """Of what decides an outline."""
    decisive = repr((file.module, file.is_package, file.text))
    return hashlib.sha256(decisive.encode("utf-8", "surrogatepass")).hexdigest()


def _named(file: SourceFile, tree: ast.Module) -> Iterator[str]:
    for node in trees.statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = _absolute(file, node.module or "", node.level)
            yield from (f"{home}.{alias.name}".strip(".") for alias in node.names)
    if any(name in file.text for name in _IMPORTERS):
        yield from _imported_by_name(file, tree)


def _imported_by_name(file: SourceFile, tree: ast.Module) -> Iterator[str]:
    """What `import_module` and `__import__` are given as constants."""
    for node in trees.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in _IMPORTERS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                path = first.value.lstrip(".")
                yield _absolute(file, path, len(first.value) - len(path))


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _absolute(file: SourceFile, path: str, level: int) -> str:
    """What an import with leading dots names."""
    if not level:
        return path
    parts = file.module.split(".")
    up = level - 1 if file.is_package else level
    return ".".join([*parts[: len(parts) - up], *([path] if path else [])])


def _starts(body: Iterable[ast.stmt]) -> bool:
    """Whether a statement that no definition holds calls a bare name for its effect."""
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        for statement in body
        for node in _outside_definitions(statement)
    )


def _outside_definitions(statement: ast.stmt) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            waiting += trees.children(node)
