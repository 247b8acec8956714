"""SourceTree -> units: the parts of a tree that no import connects.

Types flow from call sites through every module that imports join, and never further. So a
weakly connected component of the import graph is translated by itself exactly as it would be
among the others: units are what processes share out and what is kept between runs (ADR 7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.frontend import library
from portalis.translate.ir.names import KEYWORDS
from portalis.translate.outline import Notes, Outline
from portalis.translate.sources import entry_of

# Names of files and folders that a package's `src` has for other ends.
_TAKEN = KEYWORDS | frozenset(("bin", "lib", "main", "mod", "core", "std", "portalis_runtime"))


@dataclass(frozen=True, slots=True)
class Unit:
    """name: unique in its tree; in lower case, an identifier in ASCII of Rust and of Cargo.
    tree: its files in the order of the whole tree, with its own entry: what `python` would
    run of it, or None for a library. Units share packages without statements only."""

    name: str
    tree: SourceTree

    @property
    def lines(self) -> int:
        return sum(file.text.count("\n") + 1 for file in self.tree.files)


def partition(tree: SourceTree, notes: Notes | None = None) -> tuple[Unit, ...]:
    """The units, ordered by name. A tree of one unit is that unit's tree as it is.

    notes: what is known of its files already; they learn the rest.
    """
    if len(tree.files) == 1:
        return (Unit(_wish(list(tree.files), tree.entry), tree),)
    notes = notes if notes is not None else Notes()
    found = {file.module: notes.outline(file) for file in tree.files}
    groups = _groups(tree, found, notes)
    if len(groups) <= 1:
        return tuple(Unit(_wish(group.own, tree.entry), tree) for group in groups)
    taken: set[str] = set()
    units = []
    for group in groups:
        entry = _entry(tree, group.own, found)
        name = _unique(_wish(group.own, entry), taken)
        units.append(Unit(name, SourceTree(group.files, entry)))
    return tuple(sorted(units, key=lambda unit: unit.name))


@dataclass(frozen=True, slots=True)
class _Group:
    """own: files of one unit. files: those and the blank packages that they lie in or name."""

    own: list[SourceFile]
    files: tuple[SourceFile, ...]


def _groups(tree: SourceTree, outlines: Mapping[str, Outline], notes: Notes) -> list[_Group]:
    """The files that imports connect, in the tree's order, by their first file.

    A package whose `__init__` has no statement lets nothing through: it connects nobody, and
    who needs it has it.
    """
    blank = {f.module for f in tree.files if f.is_package and outlines[f.module].is_blank}
    modules = {file.module for file in tree.files}
    links = {f.module: set(_linked(f, outlines[f.module], modules, notes)) for f in tree.files}
    chief = {module: module for module in modules}

    def find(module: str) -> str:
        while chief[module] != module:
            chief[module] = chief[chief[module]]
            module = chief[module]
        return module

    for file in tree.files:
        if file.module not in blank:
            for other in links[file.module] - blank:
                one, two = sorted((find(file.module), find(other)))
                chief[two] = one
    needed = {m for file in tree.files if file.module not in blank for m in links[file.module]}
    own: dict[str, list[SourceFile]] = {}
    for file in tree.files:
        # A package that nobody needs is a unit of its own.
        if file.module not in blank & needed:
            own.setdefault(find(file.module), []).append(file)
    return [_Group(files, _with_needed(tree, files, links)) for files in own.values()]


def _with_needed(
    tree: SourceTree, own: list[SourceFile], links: Mapping[str, set[str]]
) -> tuple[SourceFile, ...]:
    inside = {file.module for file in own}.union(*(links[file.module] for file in own))
    return tuple(file for file in tree.files if file.module in inside)


def _linked(
    file: SourceFile, known: Outline, modules: AbstractSet[str], notes: Notes
) -> Iterator[str]:
    """The modules of the tree that a file runs, and the packages that it lies in."""
    for path in (file.module, *known.named):
        yield from (prefix for prefix in _prefixes(path) if prefix in modules)
    # A module of the tree hides the library's of its name from the library, too.
    for top in {path.partition(".")[0] for path in known.named} - modules:
        yield from notes.reached(top, library.reached) & modules


def _prefixes(path: str) -> Iterator[str]:
    """`a`, `a.b`, `a.b.c`."""
    parts = path.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _entry(
    tree: SourceTree, group: list[SourceFile], outlines: Mapping[str, Outline]
) -> str | None:
    """A module among others, unlike one that is given alone, is a script only if it says so."""
    if any(file.module == tree.entry for file in group):
        return tree.entry
    only = group[0] if len(group) == 1 and not group[0].is_package else None
    if only is not None and outlines[only.module].starts:
        return only.module
    return entry_of(group)


def _wish(group: list[SourceFile], entry: str | None) -> str:
    """The package that holds all of it, else what is run, else its first module."""
    tops = {file.module.partition(".")[0] for file in group}
    packages = {file.module for file in group if file.is_package}
    whole = tops.pop() if len(tops) == 1 else ""
    first = min((file.module for file in group), key=lambda name: (name.count("."), name))
    path = whole if whole in packages else entry or first
    return path.removesuffix(".__main__")


def _unique(path: str, taken: set[str]) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", path.lower()).strip("_")
    if not name or not name[0].isalpha() or name in _TAKEN:
        name = f"unit_{name}".rstrip("_")
    out, count = name, 2
    while out in taken:
        out, count = f"{name}_{count}", count + 1
    taken.add(out)
    return out
