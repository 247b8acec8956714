"""How fast translations are, as measured on a machine: what simulated units take.

`portalis bench calibrate` writes such a file; `calibration.yaml` beside this file ships with the
package.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from portalis.core.settings import SettingsModel
from portalis.resource.rates import Rate


class Speed(SettingsModel):
    """Milliseconds of one core; line_us: microseconds."""

    start_ms: int = Field(ge=0)
    """Once for what is verified together."""
    unit_ms: int = Field(ge=0)
    """Of each unit."""
    line_us: int = Field(ge=0)
    """Of each of its lines."""
    lines: int = Field(gt=0)
    """That it was measured on."""
    corpus: str
    """What was translated."""

    @property
    def rate(self) -> Rate:
        return Rate(start_ms=self.start_ms, unit_ms=self.unit_ms, line_us=self.line_us)


class Speeds(SettingsModel):
    """By how far the result is verified."""

    none: Speed
    compile: Speed
    run: Speed


class Calibration(SettingsModel):
    """What was measured, when, and on what."""

    measured: date
    machine: str
    """The class of the machine: processor and cores."""
    speeds: Speeds

    def rate(self, verify: str) -> Rate:
        speed: Speed = getattr(self.speeds, verify)
        return speed.rate
