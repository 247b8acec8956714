"""The base of everything that is set from outside: typed, frozen, unknown keys refused."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict


def default_home(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's own plane: $PORTALIS_HOME, else a folder in the home directory."""
    own = environ.get("PORTALIS_HOME")
    return Path(own).expanduser().resolve() if own else Path.home() / ".portalis"


class SettingsModel(BaseModel):
    """A group of settings. Raises pydantic.ValidationError for an unknown key or a value of
    the wrong type: what is not enforced must not be accepted."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_default=True,
        use_attribute_docstrings=True,
    )
