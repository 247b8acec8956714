"""Decorators that nothing wrote out: what applying them would do is not done."""

from __future__ import annotations

import ast
import sys

from portalis.translate.frontend.program import Function, Imported, Module, Variable
from portalis.translate.lower.context import Frame, Refusal

_ACCESSORS = frozenset(("setter", "getter", "deleter"))
_MARKERS = frozenset(
    ("staticmethod", "classmethod", "property", "abstractmethod",
     "abstractproperty", "abstractclassmethod", "abstractstaticmethod", "override", "final",
     "overload")
)  # fmt: skip


def check(frame: Frame, function: Function) -> None:
    """Refuses the `def` of a function with a decorator of the program's, or of a package's:
    it may note the function somewhere, or put another in its place. One of the standard
    library's does nothing that is seen until the function is used, where it is refused unless
    `@property` and the like hide it."""
    bound = function.kind in ("static", "class", "property")
    for decorator in function.decorators:
        if _is_applied(frame, decorator) or (bound and not _is_marker(decorator)):
            text = ast.unparse(decorator)
            raise Refusal(
                "PT205", decorator, f"the decorator @{text} of {function.name} is not translated"
            )


def _is_marker(decorator: ast.expr) -> bool:
    """It says what the method is, and puts nothing in its place."""
    name = ast.unparse(decorator).rpartition(".")[2]
    return name in _MARKERS or name in _ACCESSORS


def _is_applied(frame: Frame, decorator: ast.expr) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(target, ast.Attribute) and target.attr in _ACCESSORS:
        return False
    while isinstance(target, ast.Attribute):
        target = target.value
    named = frame.engine.program.names.get(target)
    if isinstance(named, str):
        return False
    entity = named.entity if isinstance(named, Variable) else None
    if isinstance(entity, Imported):
        return entity.path.partition(".")[0] not in sys.stdlib_module_names
    home = entity if isinstance(entity, Module) else getattr(entity, "module", None)
    return not (isinstance(home, Module) and home.is_library)
