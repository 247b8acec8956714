"""What `portalis bench calibrate` writes is what simulations read."""

from __future__ import annotations

from datetime import date

from portalis.app import calibrate, scenarios
from portalis.core.documents import parse
from portalis.resource.rates import Rate
from portalis.simulate.calibration import Calibration


def test_what_is_written_is_read() -> None:
    rate = Rate(start_ms=1, unit_ms=2, line_us=3)
    text = calibrate.document(
        dict.fromkeys(calibrate.LEVELS, (rate, 40)), "files", date(2026, 11, 29), "a machine"
    )
    found = parse(Calibration, text, "calibration.yaml")
    assert found.rate("compile") == rate
    assert found.speeds.run.lines == 40
    assert (found.measured, found.machine) == (date(2026, 11, 29), "a machine")


def test_the_shipped_one_says_when_and_where() -> None:
    found = scenarios.calibration(None)
    assert found.machine
    assert found.rate("compile").line_us > found.rate("none").line_us > 0


def test_a_machine_is_a_class_not_a_name() -> None:
    told = calibrate.machine(["model\t\t: 207", "model name\t: Some Processor"])
    assert told.startswith("Some Processor model 207, ")
