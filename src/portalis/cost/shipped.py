"""The catalog that ships with the package, and the one that a file replaces it with."""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path

from portalis.cost.catalog import Catalog, CatalogError, parse


@functools.cache
def shipped() -> Catalog:
    """What `prices.csv` of the package says."""
    return parse(files("portalis.cost").joinpath("prices.csv").read_text("utf-8"))


def load(path: Path | None) -> Catalog:
    """The catalog of a file; None: the shipped one. Raises CatalogError."""
    if path is None:
        return shipped()
    try:
        return parse(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path} cannot be read: {error}") from error
