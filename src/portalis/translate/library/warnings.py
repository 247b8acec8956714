"""Warnings: told on stderr, kept, raised or dropped, as filters say."""

from __future__ import annotations

import re
import sys
from typing import Any


class WarningMessage:
    """A warning that `catch_warnings(record=True)` kept."""

    def __init__(self, message: Any, category: Any) -> None:
        self.message = message
        self.category = category


# What to do, with warnings of which class and with what text; the first that fits counts.
_filters: list[tuple[str, Any, str]] = [
    ("ignore", PendingDeprecationWarning, ""),
    ("ignore", ImportWarning, ""),
    ("ignore", ResourceWarning, ""),
]
# The lists of those that are entered and keep warnings.
_kept: list[list[WarningMessage]] = []
_told: set[tuple[str, str]] = set()


def warn(message: Any, category: Any = None, stacklevel: int = 1, source: object = None) -> None:
    if isinstance(message, Warning):
        error: Any = message
        kind: Any = type(message)
    else:
        kind = UserWarning if category is None else category
        error = kind(message)
    text = str(error)
    action = _action(kind, text)
    if action == "ignore":
        return
    if action == "error":
        raise error
    key = (kind.__name__, text)
    if action != "always" and key in _told:
        if action == "once":
            return
        if _kept:
            raise NotImplementedError("warnings: whether a warning came from the same line before")
    _told.add(key)
    if _kept:
        _kept[-1].append(WarningMessage(error, kind))
    else:
        sys.stderr.write(f"{sys.argv[0]}: {kind.__name__}: {text}\n")


def _action(kind: Any, text: str) -> str:
    for action, category, pattern in _filters:
        if issubclass(kind, category) and re.match(pattern, text, re.IGNORECASE):
            return action
    if _kept and issubclass(kind, DeprecationWarning):
        raise NotImplementedError("warnings: which module a DeprecationWarning comes from")
    return "default"


def simplefilter(
    action: str, category: Any = Warning, lineno: int = 0, append: bool = False
) -> None:
    _add((action, category, ""), append)


def filterwarnings(
    action: str,
    message: str = "",
    category: Any = Warning,
    module: str = "",
    lineno: int = 0,
    append: bool = False,
) -> None:
    if module or lineno:
        raise NotImplementedError("warnings: where a warning comes from is not known")
    _add((action, category, message), append)


def _add(item: tuple[str, Any, str], append: bool) -> None:
    if item[0] not in ("error", "ignore", "always", "default", "module", "once"):
        raise AssertionError(f"invalid action: {item[0]!r}")
    if append:
        _filters.append(item)
    else:
        _filters.insert(0, item)


def resetwarnings() -> None:
    _filters.clear()


class catch_warnings:
    """Puts the filters back; with `record`, gives the list of what is warned of meanwhile."""

    def __init__(self, *, record: bool = False, action: str = "", category: Any = Warning) -> None:
        self._record = record
        self._first = (action, category, "")
        self._filters: list[tuple[str, Any, str]] = []

    def __enter__(self) -> list[WarningMessage] | None:
        self._filters = list(_filters)
        if self._first[0]:
            _add(self._first, False)
        if not self._record:
            return None
        kept: list[WarningMessage] = []
        _kept.append(kept)
        return kept

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        _filters.clear()
        _filters.extend(self._filters)
        if self._record:
            _kept.pop()
