"""How often each construct occurs in a set of programs."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable


def features(source: str) -> Counter[str]:
    """The constructs of one program: node classes, operators, called names and methods."""
    found: Counter[str] = Counter()
    for node in ast.walk(ast.parse(source)):
        name = type(node).__name__
        if isinstance(node, ast.stmt | ast.operator | ast.unaryop | ast.cmpop | ast.boolop) or (
            isinstance(node, ast.expr) and not isinstance(node, ast.Name | ast.Constant)
        ):
            found[name] += 1
        if isinstance(node, ast.Constant):
            found[f"constant {type(node.value).__name__}"] += 1
            if type(node.value) is int and node.value.bit_length() > 62:
                found["constant huge int"] += 1
            if isinstance(node.value, str) and not node.value.isascii():
                found["constant non-ASCII str"] += 1
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                if not node.func.id.startswith(("P_", "v")):
                    found[f"{node.func.id}()"] += 1
            elif isinstance(node.func, ast.Attribute):
                found[f".{node.func.attr}()"] += 1
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            found["format spec"] += 1
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            found["chained comparison"] += 1
    return found


def table(sources: Iterable[str]) -> str:
    """For each construct, the share of programs with it and its total count."""
    programs: Counter[str] = Counter()
    total: Counter[str] = Counter()
    count = 0
    for source in sources:
        count += 1
        found = features(source)
        total.update(found)
        programs.update(found.keys())
    lines = [
        f"{name:<26}{share / count:>8.1%}{total[name]:>9}"
        for name, share in sorted(programs.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "\n".join([f"{'construct':<26}{'programs':>8}{'count':>9}", *lines])
