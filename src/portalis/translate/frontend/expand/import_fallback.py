"""`try: import m` with a fallback for `ImportError`: the standard library is there, and a
module that is neither its nor the program's is not.

What a module of the library lacks is still refused where it is used.
"""

from __future__ import annotations

import ast
import sys

from portalis.translate.frontend.expand.unit import Unit, bodies, parse_at
from portalis.translate.frontend.gone_names import is_gone
from portalis.translate.frontend.library import pythons_lacks

# Parts of the standard library that exist on some platforms only.
_SOMETIMES = frozenset(
    """curses fcntl msvcrt nt ossaudiodev posix pwd readline resource spwd syslog termios
    tkinter tty winreg winsound""".split()
)
_ALWAYS = sys.stdlib_module_names - _SOMETIMES


def expand(unit: Unit) -> bool:
    if not unit.every(ast.Try):
        return False
    changed = False
    for node in unit.every(ast.Try):
        changed |= _fail(unit, node)
    if all(_without_fallback(node) == [node] for node in unit.every(ast.Try)):
        return changed
    for body, _ in bodies(unit.tree):
        made = [part for statement in body for part in _without_fallback(statement)]
        changed |= made != body
        body[:] = made
    return changed


def _fail(unit: Unit, node: ast.Try) -> bool:
    """Makes the first import of an absent module what it does: it raises."""
    if not any(_catches_imports(handler.type) for handler in node.handlers):
        return False
    for position, statement in enumerate(node.body):
        for module in _modules(statement) or ():
            root = module.partition(".")[0]
            if root not in sys.stdlib_module_names and not _is_ours(unit, root):
                text = f'raise ModuleNotFoundError("No module named {root!r}", name={root!r})'
                node.body[position:] = parse_at(text, statement)
                return True
        gone = _first_gone(statement)
        if gone is not None:
            home, _, name = gone.rpartition(".")
            text = f"cannot import name {name!r} from {home!r} (unknown location)"
            made = f"raise ImportError({text!r}, name={home!r})"
            node.body[position:] = parse_at(made, statement)
            return True
    return False


def _first_gone(statement: ast.stmt) -> str | None:
    """The first member that an import names and its module does not have, or no longer."""
    if not isinstance(statement, ast.ImportFrom) or statement.level:
        return None
    home = statement.module or ""
    for alias in statement.names:
        if is_gone(f"{home}.{alias.name}") or pythons_lacks(home, alias.name):
            return f"{home}.{alias.name}"
    return None


def _is_ours(unit: Unit, root: str) -> bool:
    return any(name == root or name.startswith(f"{root}.") for name in unit.units)


def _modules(statement: ast.stmt) -> list[str] | None:
    """The modules that an absolute import names; None: it is none."""
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    if isinstance(statement, ast.ImportFrom) and not statement.level:
        return [statement.module or ""]
    return None


def _catches_imports(node: ast.expr | None) -> bool:
    named = node.elts if isinstance(node, ast.Tuple) else [node]
    return any(n is None or _is_for_imports(n) or _is_any(n) for n in named)


def _is_any(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("Exception", "BaseException")


def _without_fallback(statement: ast.stmt) -> list[ast.stmt]:
    if isinstance(statement, ast.Try) and _cannot_fail(statement.body):
        if statement.handlers and all(_is_for_imports(h.type) for h in statement.handlers):
            return [*statement.body, *statement.orelse, *statement.finalbody]
    return [statement]


def _cannot_fail(body: list[ast.stmt]) -> bool:
    for statement in body:
        modules = _modules(statement)
        if modules is None or any(m.partition(".")[0] not in _ALWAYS for m in modules):
            return False
    return True


def _is_for_imports(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id in ("ImportError", "ModuleNotFoundError")
