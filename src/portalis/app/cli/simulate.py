"""`portalis simulate`: a scenario on a virtual clock."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import call, remote

if TYPE_CHECKING:
    from portalis.cost.catalog import Catalog
    from portalis.simulate.report import Result

INSTALL = "pip install 'portalis[simulate]'"


def simulate(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A file, or the name of a shipped one.")
    ],
    seed: Annotated[int, typer.Option(metavar="N", help="What chance is drawn from.")] = 1,
    plot: Annotated[
        Path | None, typer.Option(metavar="OUT.svg", help="Draw it, over virtual time.")
    ] = None,
    speeds: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Of `portalis bench calibrate`, not the shipped one."),
    ] = None,
    prices: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A price catalog, not the shipped one.")
    ] = None,
    charge_deciding: Annotated[
        bool,
        typer.Option(help="What the scheduler takes on this machine passes on the virtual clock."),
    ] = False,
    as_json: remote.AsJson = False,
) -> None:
    """Run the plane's own scheduler, scaling, spot and budget rules on a virtual clock with a
    modelled cluster: time, cost, utilisation and waiting of a scenario."""
    with call.answering():
        try:
            import simpy  # noqa: F401 - whether it is there
        except ImportError as error:
            raise call.CallError(f"simulations need SimPy: {INSTALL}") from error
        from portalis.app import scenarios
        from portalis.core.documents import DocumentError
        from portalis.cost.catalog import CatalogError, UnknownPrice
        from portalis.cost.shipped import load
        from portalis.simulate import plot as drawing
        from portalis.simulate import report

        try:
            asked = scenarios.scenario(scenario)
            if charge_deciding:
                asked = asked.model_copy(update={"deciding": "charged"})
            measured = scenarios.calibration(speeds)
            catalog: Catalog = load(prices)
            results: list[Result] = []
            for result in scenarios.run(asked, measured, catalog, seed):
                results.append(result)
                print(f"portalis: simulated {result.variant.name or scenario}", file=sys.stderr)
        except (DocumentError, CatalogError, UnknownPrice) as error:
            raise call.CallError(str(error)) from error
        if plot is not None:
            title = f"{asked.title} (simulated)"
            plot.write_text(drawing.svg(title, [(r.variant.name, r.facts) for r in results]))
        if as_json:
            remote.print_json(report.as_json_object(asked, results, measured, seed))
        else:
            print(report.as_text(asked, results, measured).rstrip("\n"))
