"""Calls that do not fit a function's parameters: the TypeError that CPython raises.

Source: CPython's Python/ceval.c (3.11), `initialize_locals`, `missing_arguments`,
`too_many_positional`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from portalis.translate.frontend.program import Function, Param


def problem(function: Function, given: int, keywords: Collection[str]) -> str | None:
    """What a call raises: `given` positional arguments, the receiver counted, and keywords."""
    name = f"{function.called_qualname}()"
    positional = [p for p in function.params if p.kind == "positional"]
    by_name = [
        p.name
        for p in (function.params if keywords else ())
        if p.kind in ("positional", "keyword") and not p.by_position_only
    ]
    for keyword in keywords:
        if keyword not in by_name and not _has(function, "double_star"):
            wrong = [p.name for p in positional if p.by_position_only and p.name in keywords]
            if wrong:
                return (
                    f"{name} got some positional-only arguments passed as keyword arguments: "
                    f"'{', '.join(wrong)}'"
                )
            return f"{name} got an unexpected keyword argument '{keyword}'"
        if keyword in [p.name for p in positional[:given] if not p.by_position_only]:
            return f"{name} got multiple values for argument '{keyword}'"
    if given > len(positional) and not _has(function, "star"):
        only = [p.name for p in function.params if p.kind == "keyword"]
        return f"{name} takes {_count(positional, given, len([k for k in keywords if k in only]))}"
    missing = [
        p.name
        for p in positional[given:]
        if p.default is None and (p.by_position_only or p.name not in keywords)
    ]
    if missing:
        return f"{name} missing {_names('positional', missing)}"
    missing = [
        p.name
        for p in function.params
        if p.kind == "keyword" and p.default is None and p.name not in keywords
    ]
    if missing:
        return f"{name} missing {_names('keyword-only', missing)}"
    return None


def _has(function: Function, kind: str) -> bool:
    return any(p.kind == kind for p in function.params)


def _count(positional: Sequence[Param], given: int, keyword_only: int) -> str:
    most = len(positional)
    least = sum(1 for p in positional if p.default is None)
    plural = least != most or most != 1
    takes = f"from {least} to {most}" if least != most else str(most)
    if keyword_only:
        given_plural = "s" if given != 1 else ""
        only_plural = "s" if keyword_only != 1 else ""
        were = (
            f"{given} positional argument{given_plural} (and {keyword_only} keyword-only "
            f"argument{only_plural}) were given"
        )
    else:
        were = f"{given} {'was' if given == 1 else 'were'} given"
    return f"{takes} positional argument{'s' if plural else ''} but {were}"


def _names(kind: str, names: Sequence[str]) -> str:
    quoted = [f"'{n}'" for n in names]
    if len(quoted) == 1:
        listed = quoted[0]
    elif len(quoted) == 2:
        listed = " and ".join(quoted)
    else:
        listed = f"{', '.join(quoted[:-1])}, and {quoted[-1]}"
    return f"{len(names)} required {kind} argument{'s' if len(names) != 1 else ''}: {listed}"
