"""`portalis workers …`: where units run, and how a machine is taken out of use. For operators."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import remote

if TYPE_CHECKING:
    from portalis.app.client import Answer, Client

app = typer.Typer(help="Where units run (operators).", no_args_is_help=True)

_LOOK_S = 0.2
# The controller looks every half second, and Ray takes a while to notice.
_LATER_S = 60.0

Place = Annotated[str, typer.Argument(metavar="NODE", help="As `workers list` calls it.")]


@app.command("list")
def list_workers(as_json: remote.AsJson = False) -> None:
    """List the workers, and those that were drained within a day."""
    with remote.asking() as client:
        found = client.workers()
        if as_json:
            remote.print_json(found)
        else:
            _print(*found["workers"])


@app.command()
def drain(
    node: Place,
    within_s: Annotated[
        float, typer.Option(min=0, help="What still runs then is handed back, in seconds.")
    ] = 300.0,
    wait: Annotated[bool, typer.Option(help="Until it is gone.")] = True,
    as_json: remote.AsJson = False,
) -> None:
    """Take a worker out of use: nothing new begins there, what runs ends or begins elsewhere, then
    it is gone. Exit code 1: it is not gone in time."""
    with remote.asking("what was begun goes on: `portalis workers resume`") as client:
        worker = client.drain_worker(node, within_s)
        is_late = False
        if wait:
            until = time.monotonic() + within_s + _LATER_S
            while worker["state"] != "gone" and not is_late:
                time.sleep(_LOOK_S)
                worker = _found(client, node) or {**worker, "state": "gone"}
                is_late = time.monotonic() > until
        if as_json:
            remote.print_json(worker)
        else:
            _print(worker)
    if is_late:
        print(f"portalis: {node} is not gone; its executor may not be able to", file=sys.stderr)
        raise typer.Exit(remote.REFUSED)


@app.command()
def resume(node: Place, as_json: remote.AsJson = False) -> None:
    """Use a worker again that was drained. A node that Ray has drained does not come back: start
    another one."""
    with remote.asking() as client:
        worker = client.resume_worker(node)
        if as_json:
            remote.print_json(worker)
        else:
            _print(worker)


def _found(client: Client, node: str) -> Answer | None:
    workers: list[Answer] = client.workers()["workers"]
    return next((each for each in workers if each["place"] == node), None)


def _print(*workers: Answer) -> None:
    rows = (
        (
            each["place"],
            each["state"],
            str(each["slots"]),
            str(each["running"]),
            each["gone_by"] or "",
        )
        for each in workers
    )
    remote.print_table(("worker", "state", "slots", "running", "gone by"), rows)
