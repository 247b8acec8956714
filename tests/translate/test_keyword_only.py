"""Rows know which of their parameters only a keyword gives: CPython's signatures say so."""

from __future__ import annotations

import builtins
import importlib
import inspect

import pytest

from portalis.translate.rows.keyword_only import KEYWORD_ONLY
from portalis.translate.rows.row import parse_signature
from portalis.translate.rows.table import ROWS_BY_NAME


def keyword_only_in_cpython(name: str) -> frozenset[str] | None:
    """None: CPython shows no signature."""
    owner, _, attribute = name.rstrip("*").rpartition(".")
    try:
        place = getattr(builtins, owner, None) or importlib.import_module(owner or "builtins")
        signature = inspect.signature(getattr(place, attribute))
    except (ImportError, AttributeError, ValueError, TypeError):
        return None
    return frozenset(
        p.name for p in signature.parameters.values() if p.kind is inspect.Parameter.KEYWORD_ONLY
    )


SHOWN = {name: found for name in ROWS_BY_NAME if (found := keyword_only_in_cpython(name))}


def test_cpython_shows_signatures() -> None:
    assert {"sorted", "list.sort", "math.prod", "itertools.accumulate"} <= set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_table_agrees_with_cpython(name: str) -> None:
    known = {p.name for row in ROWS_BY_NAME[name] for p in parse_signature(row.sig).params}
    assert SHOWN[name] & known <= KEYWORD_ONLY.get(name, frozenset()) <= SHOWN[name]
