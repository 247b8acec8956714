"""What the verbs that ask a service share: the client, exit codes, how jobs are shown.

Exit codes, beside those of `main`: of a job 0 done, 100 failed, 101 not finished, 103
cancelled, 104 stopped by its budget; 102 there is no such job; 1 the service says no or
does not answer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from portalis.app.cli import call

if TYPE_CHECKING:
    from portalis.app.client import Answer, Client

REFUSED: Final = 1
NOT_FINISHED: Final = 101
NOT_FOUND: Final = 102
OF_STATE: Final[Mapping[str, int]] = {
    "done": 0,
    "failed": 100,
    "cancelled": 103,
    "stopped_budget": 104,
}

_LOOK_S: Final = 0.2

JobArgument = Annotated[str, typer.Argument(metavar="ID", help="The id of the job.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the service's answer as JSON.")]


@contextmanager
def asking(nothing: str = "nothing was changed") -> Iterator[Client]:
    """A client of the service that is found; failures end the process with their code."""
    from portalis.app.client import Client, ClientError, find_access

    code = 0
    with call.answering(nothing):
        try:
            client = Client(find_access(os.environ))
            try:
                yield client
            finally:
                client.close()
        except ClientError as error:
            print(plain(f"portalis: {error}"), file=sys.stderr)
            code = NOT_FOUND if error.code == "not-found" else REFUSED
    if code:
        raise typer.Exit(code)


def exit_code(job: Answer) -> int:
    """Of a job, by its state."""
    return OF_STATE.get(job["state"], NOT_FINISHED)


def plain(text: str) -> str:
    """The text without what would steer a terminal: names and messages are other people's."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


def print_json(value: Any) -> None:  # noqa: ANN401 - JSON
    print(json.dumps(value, indent=2, ensure_ascii=False))


def print_job(job: Answer) -> None:
    """One job for people: a name and a value a line."""
    units = ", ".join(f"{count} {state}" for state, count in sorted(job["units"].items()))
    rows = (
        ("job", job["id"]),
        ("name", job["name"]),
        ("tenant", job["tenant"]),
        ("priority", job["priority"]),
        ("state", job["state"]),
        ("reason", job["reason"]),
        ("progress", f"{job['progress']:.0%}"),
        ("units", units),
        ("sources", f"{job['files']:,} files, {job['lines']:,} lines"),
        ("cost", _cost(job)),
        ("created", job["created_at"]),
        ("started", job["started_at"]),
        ("ended", job["ended_at"]),
    )
    for name, value in rows:
        if value:
            print(plain(f"{name:<9} {value}"))


def _cost(job: Answer) -> str:
    most = job["max_cost_usd"]
    return f"{job['cost_usd']} USD" + (f" of at most {most}" if most else "")


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell, with two spaces between: no lines are cut."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        padded = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        print(plain("  ".join(padded).rstrip()))


def line_of(event: Answer) -> str:
    """An event for people, in one line."""
    unit = event["unit"] or ""
    where = unit.rpartition(".")[2] or "job"
    detail = " ".join(f"{name}={_shown(value)}" for name, value in event["detail"].items())
    line = f"{event['at']}  {where:<8}  {event['event']:<18} {event['state']:<10} {detail}"
    return plain(line.rstrip())


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def print_failures(units: Iterable[Answer]) -> None:
    """What the units that failed said, a line each."""
    for unit in units:
        if unit["state"] == "failed":
            print(plain(f"{unit['name']}: {unit['cause']}: {unit['message']}"))


@contextmanager
def bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr: told of a state, how many units have ended, and of how many."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda state, done, count: shown.update(
            task, description=state, completed=done, total=count or None
        )


# Events of a unit that change how much of its job is done.
_STEPS: Final = frozenset(("succeeded", "cache_hit", "attempt_failed", "dependency_failed"))


def watch(client: Client, job_id: str, after: int = 0) -> Answer:
    """Wait for the end of the job, with its progress on stderr; the job as it ended."""
    if not sys.stderr.isatty():
        for event in client.follow(job_id, after):
            if event["unit"] is None:
                print(f"portalis: {line_of(event)}", file=sys.stderr)
        return client.job(job_id)
    with bar() as update:
        looked_s = 0.0
        for event in client.follow(job_id, after):
            # The counts are the job's; asking for each event of a burst would be too much.
            now_s = time.monotonic()
            if event["unit"] is None or (event["event"] in _STEPS and now_s - looked_s > _LOOK_S):
                looked_s = now_s
                job = client.job(job_id)
                count = sum(job["units"].values())
                update(job["state"], round(job["progress"] * count), count)
    return client.job(job_id)
