"""Overload resolution: which row of a name means this operation."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from portalis.translate.ir.types import Type
from portalis.translate.lower.context import Frame, ty_of
from portalis.translate.lower.match_rows import (
    EVERY_PHASE,
    Arg,
    Arranged,
    LazyArg,
    arrange,
    fits_all,
    inner_options,
    options_fit,
)
from portalis.translate.rows.keyword_only import KEYWORD_ONLY
from portalis.translate.rows.row import Row, Signature, parse_signature
from portalis.translate.rows.table import ROWS_BY_NAME

# What arguments of kinds that say all that matters were found to mean: a place in `_rows`.
_MEANT: dict[tuple[str, int, tuple[tuple[str, bool, int], ...]], int | None] = {}


def find_row(
    frame: Frame,
    name: str,
    positional: Sequence[Arg],
    keywords: dict[str, Arg],
    max_phase: int = EVERY_PHASE,
) -> tuple[Row, Arranged] | None:
    kinds = None if keywords else _plain_kinds(positional, _looks_inside(name))
    if kinds is None:
        place = _place_of_row(frame, name, positional, keywords, max_phase)
    else:
        key = (name, max_phase, kinds)
        if key not in _MEANT:
            _MEANT[key] = _place_of_row(frame, name, positional, {}, max_phase)
        place = _MEANT[key]
    if place is None:
        return None
    args = _arranged(name, place, positional, keywords)
    assert args is not None
    return _rows(name)[place][0], args


def _plain_kinds(
    args: Sequence[Arg], looks_inside: bool
) -> tuple[tuple[str, bool, int], ...] | None:
    """The kinds of arguments, where what they hold makes no difference; None: it may."""
    out: list[tuple[str, bool, int]] = []
    for arg in args:
        if arg.__class__ is LazyArg:
            return None
        ty = ty_of(arg)  # type: ignore[arg-type]
        if ty.args and looks_inside:
            return None
        out.append((ty.kind, ty.optional, len(ty.args)))
    return tuple(out)


@functools.cache
def _looks_inside(name: str) -> bool:
    """Which row of the name is meant may depend on what containers hold."""
    signatures = [signature for _, signature, _ in _rows(name)]
    return any(
        inner_options(s) or any(p.form == "fn" or _has_parts(p.type) for p in s.params)
        for s in signatures
    )


def _has_parts(pattern: Type) -> bool:
    """Whether an argument fits the pattern depends on what it holds."""
    if pattern.kind == "opt":
        return _has_parts(pattern.args[0])
    return pattern.kind == "iterable" or any(p.kind not in ("var", "any") for p in pattern.args)


def _place_of_row(
    frame: Frame, name: str, positional: Sequence[Arg], keywords: dict[str, Arg], max_phase: int
) -> int | None:
    candidates: list[tuple[int, Signature, Arranged]] = []
    for place, (_, signature, _) in enumerate(_rows(name)):
        args = _arranged(name, place, positional, keywords)
        if args is not None:
            candidates.append((place, signature, args))
    for phase in range(max_phase + 1):
        for place, signature, args in candidates:
            if fits_all(frame, signature, args, phase) and options_fit(frame, signature, args):
                return place
    return None


def _arranged(
    name: str, place: int, positional: Sequence[Arg], keywords: dict[str, Arg]
) -> Arranged | None:
    _, signature, plain = _rows(name)[place]
    if plain is None or keywords:
        return arrange(signature, positional, keywords, KEYWORD_ONLY.get(name, frozenset()))
    return [*positional] if plain == len(positional) else None


@functools.cache
def _rows(name: str) -> tuple[tuple[Row, Signature, int | None], ...]:
    """The rows of a name, with the number of parameters where all must be given."""
    out: list[tuple[Row, Signature, int | None]] = []
    for row in ROWS_BY_NAME.get(name, ()):
        signature = parse_signature(row.sig)
        named = KEYWORD_ONLY.get(name, frozenset())
        plain = all(
            p.form != "rest" and p.default is None and p.name not in named for p in signature.params
        )
        out.append((row, signature, len(signature.params) if plain else None))
    return tuple(out)
