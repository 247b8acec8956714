"""The document is of the scenario, speeds and prices that ship."""

from __future__ import annotations

from benchmarks.cost_analysis import DOCUMENT, digest


def test_it_was_made_of_what_ships() -> None:
    assert f"Inputs: `{digest()}`." in DOCUMENT.read_text("utf-8"), "run `make cost-analysis`"
