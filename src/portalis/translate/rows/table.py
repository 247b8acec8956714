"""All rows, by name. Every area's table is named here, once."""

from __future__ import annotations

from portalis.translate.ir.types import KINDS
from portalis.translate.rows import (
    array_rows,
    bytes_rows,
    collections_rows,
    complex_rows,
    decimal_rows,
    dicts,
    dyn_rows,
    errno_rows,
    excs,
    file_rows,
    floats,
    ints,
    io_rows,
    iters,
    json_rows,
    library_rows,
    lists,
    math_rows,
    path_rows,
    regex_rows,
    sets,
    strs,
    struct_rows,
    tuples,
)
from portalis.translate.rows.row import Row

AREAS: tuple[tuple[Row, ...], ...] = (
    ints.ROWS,
    floats.ROWS,
    complex_rows.ROWS,
    decimal_rows.ROWS,
    math_rows.ROWS,
    strs.ROWS,
    # Before the bytes that take any iterable of ints: an array shows them its bytes.
    array_rows.ROWS,
    bytes_rows.ROWS,
    lists.ROWS,
    dicts.ROWS,
    collections_rows.ROWS,
    sets.ROWS,
    tuples.ROWS,
    iters.ROWS,
    library_rows.ROWS,
    json_rows.ROWS,
    regex_rows.ROWS,
    struct_rows.ROWS,
    path_rows.ROWS,
    file_rows.ROWS,
    io_rows.ROWS,
    errno_rows.ROWS,
    excs.ROWS,
    dyn_rows.ROWS,
)


def _index() -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    seen: set[tuple[str, str]] = set()
    for area in AREAS:
        for row in area:
            if (row.name, row.sig) in seen:
                raise ValueError(f"row {row.name} {row.sig} is defined twice")
            seen.add((row.name, row.sig))
            found.setdefault(row.name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


ROWS_BY_NAME: dict[str, tuple[Row, ...]] = _index()
MODULES: frozenset[str] = frozenset(
    name.rpartition(".")[0] for name in ROWS_BY_NAME if "." in name
)


def takes_no_receiver(name: str) -> bool:
    """Whether `kind.name` is a static or class method: `"".maketrans` is `str.maketrans`."""
    kind, _, method = name.partition(".")
    rows = ROWS_BY_NAME.get(name, ()) if kind in KINDS and method else ()
    return any(not row.sig.startswith("(self") for row in rows)
