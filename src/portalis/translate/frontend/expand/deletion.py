"""`del (a, [b, c])` is `del a, b, c`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from portalis.translate.frontend.expand.unit import Unit


def expand(unit: Unit) -> bool:
    changed = False
    for node in unit.every(ast.Delete):
        flat = list(_flat(node.targets))
        changed |= flat != node.targets
        node.targets = flat
    return changed


def _flat(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, (ast.Tuple, ast.List)):
            yield from _flat(target.elts)
        else:
            yield target
