"""The library modules that are written in Python, for the programs that import them: ours,
and those of the running Python that translate as they are."""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import sysconfig
from importlib import resources
from pathlib import Path

from portalis.core import syntax, trees
from portalis.translate.artifacts import SourceFile
from portalis.translate.frontend import opened, streams

_HOME = "portalis.translate.library"
# Modules of the running Python's own library that are translated along as they are.
ABSTRACT = "_abstract"
PYTHONS = frozenset("""calendar difflib fnmatch getopt graphlib html reprlib""".split())


def known(module: str) -> bool:
    """Whether there is a library module of that name."""
    return not module.startswith("_") and _exists(module)


@functools.cache
def _exists(module: str) -> bool:
    return module.isidentifier() and _resource(module).is_file()


@functools.cache
def source(module: str) -> SourceFile:
    """The library module of that name, which exists."""
    text = _resource(module).read_text(encoding="utf-8")
    return SourceFile(f"<library>/{module}.py", module, text, is_library=True)


def is_pythons(file: SourceFile) -> bool:
    """Whether the file is a module of the running Python's own library."""
    return file.is_library and file.module in PYTHONS


# Classes that are C in CPython: its messages name their module.
_IN_C = frozenset(
    tuple(name.split("."))
    for name in """decimal.Decimal decimal.Context datetime.date datetime.datetime datetime.time
    datetime.timedelta datetime.timezone datetime.tzinfo""".split()
)


def shown_module(module: str) -> str:
    """The name that classes of a library module have for their home: `_decimal_number` is
    part of `decimal`."""
    return module[1:].partition("_")[0] if module.startswith("_") else module


def shown_class(module: str, name: str) -> str:
    """How messages call a class."""
    return f"{module}.{name}" if (module, name) in _IN_C else name


@functools.cache
def pythons_has(module: str, name: str, attr: str) -> bool:
    """Whether the running Python's class of that name, in the module that `module` is (part
    of), has the attribute; True where it cannot be asked."""
    try:
        cls = getattr(importlib.import_module(shown_module(module)), name)
    except (ImportError, AttributeError):
        return True
    return hasattr(cls, attr)


# Modules whose import does nothing that would be seen; others are not asked.
_ASKED = frozenset(
    """os math cmath sys time string re json random itertools functools operator collections typing
    types enum dataclasses abc contextlib copy datetime decimal fractions statistics heapq bisect
    hashlib base64 struct textwrap io pathlib argparse csv logging shutil inspect""".split()
)


@functools.cache
def pythons_lacks(module: str, name: str) -> bool:
    """Whether the running Python's module of that name certainly has no such member."""
    if module not in _ASKED or name == "*":
        return False
    found = importlib.import_module(module)
    if hasattr(found, name):
        return False
    return not hasattr(found, "__path__") or importlib.util.find_spec(f"{module}.{name}") is None


def wanted(file: SourceFile, nodes: trees.Index, have: set[str]) -> list[str]:
    """The library modules that a file imports, and those that complement their rows with
    what it names; none of those that the program has."""
    imported = _imported(nodes)
    if not file.is_library:
        imported = {name for name in imported if not name.startswith("_")}
    homes = {f"_{name}" for name in imported - have if _exists(f"_{name}")}
    named = _named(nodes) if homes else set()
    imported |= {home for home in homes if named & members(home)}
    if not file.is_library and _derives(nodes, members(ABSTRACT)):
        imported.add(ABSTRACT)
    if "object()" in file.text:
        imported.add("_builtins")
    if "open(" in file.text and opened.may_open(nodes):
        imported.add("_open")
    if "sys.std" in file.text and streams.taken(nodes):
        imported.add("_sys")
    return sorted(name for name in imported - have if _exists(name))


def _derives(nodes: trees.Index, names: frozenset[str]) -> bool:
    """Whether some class statement has a base of such a name."""
    for node in nodes.every(ast.ClassDef):
        for base in node.bases:
            named = base.value if isinstance(base, ast.Subscript) else base
            last = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
            if last in names:
                return True
    return False


@functools.cache
def reached(module: str) -> frozenset[str]:
    """The top-level names that a library module and what complements it import, directly or
    through others; nothing of what is no library module."""
    found: set[str] = set()
    waiting = [name for name in (module, f"_{module}") if _exists(name)]
    seen = set(waiting)
    for name in waiting:
        tree = syntax.parse(_resource(name).read_text(encoding="utf-8"))
        imported = _imported(trees.Index(tree))
        found |= imported
        more = {other for n in imported for other in (n, f"_{n}") if _exists(other)} - seen
        waiting += sorted(more)
        seen |= more
    return frozenset(found)


@functools.cache
def members(home: str) -> frozenset[str]:
    """The names that a library module offers."""
    body = syntax.parse(_resource(home).read_text(encoding="utf-8")).body
    defined = [s.name for s in body if isinstance(s, (ast.FunctionDef, ast.ClassDef))]
    return frozenset(name for name in defined if not name.startswith("_"))


def _resource(module: str) -> resources.abc.Traversable:
    ours = resources.files(_HOME).joinpath(f"{module}.py")
    if module in PYTHONS:
        folder = Path(sysconfig.get_path("stdlib"))
        package = folder / module / "__init__.py"
        return package if package.is_file() else folder / f"{module}.py"
    return ours


def _imported(nodes: trees.Index) -> set[str]:
    """The top-level names of the modules that import statements name."""
    found = {a.name.partition(".")[0] for node in nodes.every(ast.Import) for a in node.names}
    named = (node.module for node in nodes.every(ast.ImportFrom) if not node.level)
    return found | {module.partition(".")[0] for module in named if module}


def _named(nodes: trees.Index) -> set[str]:
    """The names that are imported from modules or are attributes of something."""
    found = set(nodes.attributes())
    for node in nodes.every(ast.ImportFrom):
        if node.module and not node.level:
            found.update(alias.name for alias in node.names)
    if "*" in found:
        found |= nodes.named()
    return found
