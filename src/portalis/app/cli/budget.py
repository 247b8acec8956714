"""`portalis budget …`: what tenants may spend. Set by operators, read by whom it concerns."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.call import CallError

if TYPE_CHECKING:
    from portalis.app.client import Answer

app = typer.Typer(help="Set and show what tenants may spend.", no_args_is_help=True)

Limit = Annotated[str | None, typer.Option(metavar="USD", help="Dollars; none: no limit.")]


@app.command("set")
def set_budget(
    tenant: Annotated[str, typer.Argument(metavar="TENANT")],
    daily: Limit = None,
    weekly: Limit = None,
    monthly: Limit = None,
    lifetime: Limit = None,
    alert: Annotated[
        str, typer.Option(metavar="PART", help="Part of a limit at which the tenant is told.")
    ] = "0.8",
    hard_stop: Annotated[
        bool, typer.Option("--hard-stop/--no-hard-stop", help="Run nothing beyond a limit.")
    ] = True,
    as_json: remote.AsJson = False,
) -> None:
    """Give a tenant a budget instead of the one it had. Windows begin at 00:00 UTC: days, weeks
    (on Monday), months. Jobs that the old budget stopped go on if the new one bears them."""
    limits = {"daily": daily, "weekly": weekly, "monthly": monthly, "lifetime": lifetime}
    with remote.asking() as client:
        body = {
            **{name: _number(name, given) for name, given in limits.items() if given is not None},
            "alert": _number("alert", alert),
            "hard_stop": hard_stop,
        }
        _print(client.set_budget(tenant, body), as_json=as_json)


def _number(name: str, given: str) -> str:
    """The text of a decimal number. Raises CallError."""
    try:
        found = Decimal(given)
    except InvalidOperation as error:
        raise CallError(f"--{name} {given}: not a number") from error
    if not found.is_finite() or found < 0:
        raise CallError(f"--{name} {given}: not a number of dollars")
    return given


@app.command()
def show(
    tenant: Annotated[str | None, typer.Argument(metavar="TENANT", help="Else all.")] = None,
    as_json: remote.AsJson = False,
) -> None:
    """Show budgets and how their windows stand: spent, held for what runs, and the limit."""
    with remote.asking() as client:
        if tenant is not None:
            _print(client.budget(tenant), as_json=as_json)
            return
        found = client.budgets()
        if as_json:
            remote.print_json(found)
            return
        for budget in found["budgets"]:
            _print(budget, as_json=False)


def _print(budget: Answer, *, as_json: bool) -> None:
    if as_json:
        remote.print_json(budget)
        return
    stop = "stops" if budget["hard_stop"] else "does not stop"
    print(remote.plain(f"{budget['tenant']}: told at {budget['alert']} of a limit, {stop} at it"))
    rows = [
        (
            window["window"],
            window["posted_usd"],
            window["held_usd"],
            window["limit_usd"] or "none",
            window["resets_at"] or "never",
            "told" if window["alerted"] else "",
        )
        for window in budget["windows"]
    ]
    remote.print_table(("window", "spent", "held", "limit", "resets", ""), rows)
