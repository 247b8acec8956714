"""Scenarios and calibrations as files: found by name or path, read, run. The seed of a run is
drawn apart for jobs, market and ids."""

from __future__ import annotations

import random  # noqa: TID251 - seeds of simulations are made here
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from portalis.core.documents import DocumentError, parse
from portalis.cost.catalog import Catalog
from portalis.simulate.calibration import Calibration
from portalis.simulate.figures import figures
from portalis.simulate.report import Result
from portalis.simulate.scenario import Scenario
from portalis.simulate.simulation import simulate

_DRAWN = ("jobs", "market", "ids")


def shipped() -> list[str]:
    """The names of the scenarios that ship with the package."""
    folder = files("portalis.simulate").joinpath("scenarios")
    return sorted(
        each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")
    )


def scenario(name: str) -> Scenario:
    """Of a file, or a shipped one by its name. Raises DocumentError."""
    if name in shipped():
        text = files("portalis.simulate").joinpath("scenarios", f"{name}.yaml").read_text("utf-8")
        return parse(Scenario, text, f"{name}.yaml")
    return parse(Scenario, _read(Path(name)), name)


def calibration(path: Path | None) -> Calibration:
    """Of a file; None: the shipped one. Raises DocumentError."""
    if path is None:
        text = files("portalis.simulate").joinpath("calibration.yaml").read_text("utf-8")
        return parse(Calibration, text, "calibration.yaml")
    return parse(Calibration, _read(path), str(path))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(shipped())
        why = f"cannot be read: {error}; there are: {known}"
        raise DocumentError(str(path), 1, (), why) from error


def run(asked: Scenario, speeds: Calibration, catalog: Catalog, seed: int) -> Iterator[Result]:
    """Each variant. Raises UnknownPrice."""
    for variant in asked.all_variants():
        chances = {name: random.Random(f"{seed}:{name}") for name in _DRAWN}
        facts = simulate(
            asked, variant, speeds.rate(asked.verify), catalog, chances, time.process_time
        )
        yield Result(variant, facts, figures(facts))
