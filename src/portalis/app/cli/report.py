"""`portalis jobs summary` and `portalis report …`: what a period was like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.call import CallError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portalis.app.client import Answer, Client

app = typer.Typer(help="How a period was (operators).", no_args_is_help=True)

Day = Annotated[str, typer.Option("--since", metavar="TIME", help="`24 hours ago`, or an instant.")]
_OF_MEMORY = ("units", "peak_mb", "set_aside_mb", "gpu_mb", "ran_out")
_DAY, _MONTH = "24 hours ago", "30 days ago"


def summary(
    since: Day = _DAY,
    tenant: Annotated[str | None, typer.Option(help="Only of this tenant.")] = None,
    as_json: remote.AsJson = False,
) -> None:
    """Sum up the jobs that were open since then: ends, latency, cost, and which failed."""
    _tell("jobs", since, as_json, _show_summary, {"tenant": tenant} if tenant else {})


def _show_summary(found: Answer) -> None:
    states = ", ".join(f"{count} {state}" for state, count in found["states"].items())
    print(f"since {found['since']}: {found['submitted']} jobs were submitted")
    print(f"jobs      {states or 'none'}")
    for name in ("latency", "wait"):
        of = found[name]
        figures = f"p50 {of['p50_s']:.3f} s, p95 {of['p95_s']:.3f} s, most {of['max_s']:.3f} s"
        print(f"{name:<9} {figures}" if of["count"] else f"{name:<9} of no job")
    print(f"done      {found['lines']:,} lines")
    print(f"cost      {found['cost_usd']} USD")
    for job in found["failed"]:
        failed = f"failed    {job['id']} {job['tenant']} {job['name']}: {job['reason']}"
        print(remote.plain(failed))


@app.command()
def utilisation(since: Day = _DAY, as_json: remote.AsJson = False) -> None:
    """Say how much of the slots' time was worked, and what that means for capacity."""
    _tell("utilisation", since, as_json, _show_utilisation)


def _show_utilisation(found: Answer) -> None:
    print(f"slots     {found['slot_hours']:.3f} hours since {found['since']}")
    print(f"work      {found['work_hours']:.3f} hours")
    print(f"overhead  {found['overhead_hours']:.3f} hours (results that did not count)")
    print(f"worked    {found['utilisation']:.1%}, {found['highest_hour']:.1%} at most in an hour")
    print(f"advice    {found['advice']}")


@app.command()
def memory(since: Day = _DAY, as_json: remote.AsJson = False) -> None:
    """Say what memory was set aside by size of job, and what ran out of it."""
    _tell("memory", since, as_json, _show_memory)


def _show_memory(found: Answer) -> None:
    rows = [(each["size"], *(str(each[name]) for name in _OF_MEMORY)) for each in found["sizes"]]
    remote.print_table(("size", "units", "MB peak", "MB set aside", "MB of GPU", "ran out"), rows)


@app.command()
def sizing(since: Day = _MONTH, as_json: remote.AsJson = False) -> None:
    """Say what jobs of each size used, and which class and machine would have done."""
    _tell("sizing", since, as_json, _show_sizing)


def _show_sizing(found: Answer) -> None:
    rows = [
        (
            *(each["size"], each["instance"], str(each["jobs"]), str(each["units"])),
            *(f"{each['busy']['p50_s']:.3f}", f"{each['busy']['p95_s']:.3f}"),
            *(str(each["peak_mb"] or "?"), each["fits"] or "?", each["cost_usd"]),
            *(each["as_of"], each["machine"], each["saves_usd"]),
        )
        for each in found["sizes"]
    ]
    head = ("size", "machine", "jobs", "units", "s p50", "s p95", "MB peak", "fits", "USD")
    remote.print_table((*head, "prices as of", "cheapest", "USD saved"), rows)


@app.command()
def reservations(since: Day = _MONTH, as_json: remote.AsJson = False) -> None:
    """Say how many machines to reserve, if what comes is like what was."""
    _tell("reservations", since, as_json, _show_reservations)


def _show_reservations(found: Answer) -> None:
    rows = [
        (
            each["instance"],
            str(each["count"]),
            f"{each['break_even']:.0%}",
            each["as_of"],
            each["paid_usd"],
            each["saves_usd"],
        )
        for each in found["machines"]
    ]
    remote.print_table(
        ("machine", "reserve", "pays from", "prices as of", "USD paid", "USD saved"), rows
    )


def _tell(
    name: str,
    since: str,
    as_json: bool,
    show: Callable[[Answer], None],
    more: Mapping[str, str] | None = None,
) -> None:
    """Ask the service for the report, and print it for programs or for people."""
    with remote.asking() as client:
        found = _asked(client, name, since, more or {})
        if as_json:
            remote.print_json(found)
        else:
            show(found)


def _asked(client: Client, name: str, since: str, more: Mapping[str, str]) -> Answer:
    from datetime import UTC, datetime

    from portalis.app.since import instant

    try:
        at = instant(since, datetime.now(UTC))
    except ValueError as error:
        raise CallError(f"--since {error}") from error
    return client.report(name, {"since": at.isoformat(), **more})
