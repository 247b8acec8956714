"""`try: import m` with a fallback for `ImportError`: the standard library is there.

What a module of the library lacks is still refused where it is used.
"""

from __future__ import annotations

import ast
import sys

from portalis.translate.frontend.expand.unit import Unit, bodies

# Parts of the standard library that exist on some platforms only.
_SOMETIMES = frozenset(
    """curses fcntl msvcrt nt ossaudiodev posix pwd readline resource spwd syslog termios
    tkinter tty winreg winsound""".split()
)
_ALWAYS = sys.stdlib_module_names - _SOMETIMES


def expand(unit: Unit) -> bool:
    changed = False
    for body, _ in bodies(unit.tree):
        made = [part for statement in body for part in _without_fallback(statement)]
        changed |= made != body
        body[:] = made
    return changed


def _without_fallback(statement: ast.stmt) -> list[ast.stmt]:
    if isinstance(statement, ast.Try) and _cannot_fail(statement.body):
        if statement.handlers and all(_is_for_imports(h.type) for h in statement.handlers):
            return [*statement.body, *statement.orelse, *statement.finalbody]
    return [statement]


def _cannot_fail(body: list[ast.stmt]) -> bool:
    for statement in body:
        if isinstance(statement, ast.Import):
            modules = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            modules = [statement.module or ""]
        else:
            return False
        if any(module.partition(".")[0] not in _ALWAYS for module in modules):
            return False
    return True


def _is_for_imports(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Name) and node.id in ("ImportError", "ModuleNotFoundError")
