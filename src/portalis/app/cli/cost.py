"""`portalis cost …`: what was spent, and what will be."""

from __future__ import annotations

from typing import Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.call import CallError

app = typer.Typer(help="What was spent, and what will be.", no_args_is_help=True)

Tenant = Annotated[
    str | None, typer.Option(metavar="T", help="Whose; an operator sees all tenants else.")
]


@app.command()
def report(
    tenant: Tenant = None,
    daily: Annotated[bool, typer.Option("--daily", help="Today, the default.")] = False,
    weekly: Annotated[bool, typer.Option("--weekly", help="This week, from Monday.")] = False,
    monthly: Annotated[bool, typer.Option("--monthly", help="This month.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="From then on, as 2026-11-29T00:00Z.")
    ] = None,
    as_json: remote.AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print it as CSV.")] = False,
) -> None:
    """Report costs by machine, tenant, day and job, the prices they go by, and what would have
    cost less. Windows are UTC."""
    with remote.asking() as client:
        chosen = {"daily": daily, "weekly": weekly, "monthly": monthly}
        windows = [name for name, is_chosen in chosen.items() if is_chosen]
        if len(windows) > 1 or (windows and since):
            raise CallError("one of --daily, --weekly, --monthly and --since")
        if as_json and as_csv:
            raise CallError("either --json or --csv")
        form = "json" if as_json else "csv" if as_csv else "text"
        given = {"tenant": tenant, "since": since, "window": windows[0] if windows else None}
        asked = {name: value for name, value in given.items() if value is not None}
        print(client.costs({**asked, "format": form}).rstrip("\n"))


@app.command()
def forecast(tenant: Tenant = None, as_json: remote.AsJson = False) -> None:
    """What this month will cost at the pace of the last seven days, and when limits would be
    reached."""
    with remote.asking() as client:
        found = client.forecast(tenant)
        if as_json:
            remote.print_json(found)
            return
        print(f"{found['tenant']}: {found['per_day_usd']} USD a day over {found['days']} days")
        print(f"this month  {found['month_usd']} USD")
        for window, at in found["limits_reached_at"].items():
            print(f"the {window} limit is reached at {at}")
