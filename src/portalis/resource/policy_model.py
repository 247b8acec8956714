"""What every section of the policy is made of: frozen, strict, unknown keys refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from portalis.core.settings import SettingsModel


def exact(value: Any) -> Any:  # noqa: ANN401 - as the file has it
    """A number as it is written, not as the nearest binary fraction."""
    return Decimal(str(value)) if isinstance(value, int | float) else value


Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Dollars = Annotated[Decimal, BeforeValidator(exact), Field(gt=0)]


class PolicyModel(SettingsModel):
    """A group of keys. A value of another type is refused: `"4"` is no number."""

    model_config = ConfigDict(strict=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _over_defaults(cls, data: Any) -> Any:  # noqa: ANN401 - as the file has it
        """What a group does not say is as in its own default, not as in one of another name."""
        if not isinstance(data, dict):
            return data
        groups = {
            name: field.default
            for name, field in cls.model_fields.items()
            if isinstance(field.default, PolicyModel) and isinstance(data.get(name), dict)
        }
        return data | {
            name: default.model_dump(exclude_unset=True) | data[name]
            for name, default in groups.items()
        }
