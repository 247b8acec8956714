"""The base of everything that is set from outside: typed, frozen, unknown keys refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class SettingsModel(BaseModel):
    """A group of settings. Raises pydantic.ValidationError for an unknown key or a value of
    the wrong type: what is not enforced must not be accepted."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_default=True,
        use_attribute_docstrings=True,
    )
