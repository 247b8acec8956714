"""The policy that ships with the package, and the one that a file replaces it with."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

import portalis
from portalis.core.documents import DocumentError
from portalis.resource.policy import Policy
from portalis.resource.policy_file import parse

NAME: Final = "resource_allocation.yaml"


@functools.cache
def shipped_path() -> Path:
    """Inside an installed package, else in the checkout. Raises FileNotFoundError if the
    installation lacks it."""
    package = Path(portalis.__file__).resolve().parent
    for folder in (package / "_config", package.parents[1] / "config"):
        if (folder / NAME).is_file():
            return folder / NAME
    raise FileNotFoundError(f"{NAME} is not part of this installation of portalis")


@functools.cache
def shipped() -> Policy:
    """What that file says."""
    return parse(shipped_path().read_text("utf-8"), NAME)


def load(path: Path | None) -> Policy:
    """The policy of a file; None: the shipped one. Raises DocumentError."""
    if path is None:
        return shipped()
    try:
        return parse(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(str(path), 1, (), f"cannot be read: {error}") from error
