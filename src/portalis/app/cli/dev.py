"""`portalis dev …`: the service with all that stands beside it, as processes of this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portalis.app.cli import call, remote

if TYPE_CHECKING:
    from portalis.app.stack.plan import Plan

app = typer.Typer(
    help="The whole stack on this machine, without Docker: service, PostgreSQL, Redis, S3, "
    "Prometheus, Alertmanager, Grafana.",
    no_args_is_help=True,
)

_STOP_S = 120.0

Folder = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where all of it lies; else `dev` in the home folder."),
]


@app.command()
def up(
    folder: Folder = None,
    port: Annotated[
        list[str] | None,
        typer.Option(metavar="PART=N", help="The port of a part; 0: any. Else the usual one."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="PART", help="Leave a part out.")
    ] = None,
    as_json: remote.AsJson = False,
) -> None:
    """Start all parts; come back when all of them serve. If one does not, none is left."""
    from portalis.app.stack import kept
    from portalis.app.stack.plan import PlanError, planned

    with call.answering("nothing runs"):
        place = _place(folder)
        if kept.keeper(place) is not None:
            raise call.CallError(f"a stack runs in {place} already: `portalis dev status`")
        try:
            plan = planned(_ports(port or []), frozenset(without or []))
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        except PlanError as error:
            raise call.CallError(str(error)) from error
        except OSError as error:
            raise call.CallError(f"{place} cannot be made: {error}") from error
        for name, install in plan.absent.items():
            print(f"portalis: {name} is not installed: {install}", file=sys.stderr)
        failure = _start(place, plan)
    if failure:
        print(remote.plain(f"portalis: {failure}"), file=sys.stderr)
        raise typer.Exit(remote.REFUSED)
    _show(place, as_json=as_json)
    print(f"portalis: for its clients: export PORTALIS_HOME={place / 'home'}", file=sys.stderr)


@app.command()
def down(
    folder: Folder = None,
    delete: Annotated[bool, typer.Option("--delete", help="The folder, too.")] = False,
) -> None:
    """End all parts. What they keep stays in the folder."""
    import shutil

    from portalis.app.stack import kept

    with call.answering("`portalis dev status` says what runs"):
        place = _place(folder)
        try:
            was_there = kept.stop(place, _STOP_S)
        except kept.StackError as error:
            raise call.CallError(str(error)) from error
        if delete and (place / kept.LOCK).is_file():
            shutil.rmtree(place)
        told = "has ended" if was_there else "does not run"
        print(f"portalis: the stack in {place} {told}", file=sys.stderr)


@app.command()
def status(folder: Folder = None, as_json: remote.AsJson = False) -> None:
    """Print the parts, and whether each serves. Exit code 1: one does not, or none runs."""
    from portalis.app.stack import kept

    place = _place(folder)
    if kept.keeper(place) is None:
        print(f"portalis: no stack runs in {place}", file=sys.stderr)
        raise typer.Exit(remote.REFUSED)
    with call.answering():
        try:
            is_well = _show(place, as_json=as_json)
        except kept.StackError as error:
            raise call.CallError(str(error)) from error
    if not is_well:
        raise typer.Exit(remote.REFUSED)


def _place(folder: Path | None) -> Path:
    from portalis.core.settings import default_home

    return (folder or default_home() / "dev").expanduser().resolve()


def _ports(given: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in given:
        name, _, number = each.partition("=")
        if not number.isdecimal() or int(number) > 65_535 or name in found:
            raise call.CallError(f"--port {each}: a part and its port, once, as redis=6380")
        found[name] = int(number)
    return found


def _start(place: Path, plan: Plan) -> str:
    """What went wrong; empty: all parts serve."""
    from portalis.app.stack import kept

    command = [sys.executable, "-m", "portalis.app.stack.keeper", str(place)]
    with (place / kept.LOG).open("ab") as log:
        keeper = subprocess.Popen(
            [*command, json.dumps(plan.ports)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            text=True,
        )
    assert keeper.stdout is not None
    try:
        for line in keeper.stdout:
            told: dict[str, Any] = json.loads(line)
            if "part" in told:
                print(f"portalis: {told['part']} at {told['url']}", file=sys.stderr)
            if "ready" in told:
                return ""
            if "failed" in told:
                keeper.wait()
                return str(told["failed"])
    except KeyboardInterrupt:
        os.kill(keeper.pid, signal.SIGTERM)
        keeper.wait()
        raise
    return f"the stack has ended with {keeper.wait()}; {place / kept.LOG} may say why"


def _show(place: Path, *, as_json: bool) -> bool:
    """Whether all parts serve."""
    from portalis.app.stack import kept
    from portalis.app.stack.servers import listens

    states = {}
    parts = kept.read(place)
    for part in parts:
        answers = part.ended is None and listens(part.port)
        ended = "does not answer" if part.ended is None else f"ended with {part.ended}"
        states[part.name] = "serves" if answers else ended
    if as_json:
        shown = [
            {"name": part.name, "state": states[part.name], "url": part.url, "log": part.log}
            for part in parts
        ]
        remote.print_json(
            {"schema": kept.SCHEMA, "folder": str(place), "home": str(place / "home")}
            | {"parts": shown}
        )
    else:
        rows = [(part.name, states[part.name], part.url, part.log) for part in parts]
        remote.print_table(("part", "state", "address", "log"), rows)
    return all(state == "serves" for state in states.values())
