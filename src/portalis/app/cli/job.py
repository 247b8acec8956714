"""`portalis jobs` and `portalis job …`: what becomes of jobs."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from portalis.app.cli import remote

listing = typer.Typer(invoke_without_command=True)
app = typer.Typer(help="Look at one job, or change its course.", no_args_is_help=True)

Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on until the job has ended.")]
After = Annotated[int, typer.Option(min=0, help="Only events with a higher number.")]


@listing.callback()
def jobs(
    context: typer.Context,
    state: Annotated[list[str] | None, typer.Option(help="Only in this state.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Only of this tenant.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most this many.")] = 50,
    as_json: remote.AsJson = False,
) -> None:
    """List jobs, the newest first."""
    if context.invoked_subcommand is not None:
        return
    with remote.asking() as client:
        parameters = {"state": state or [], **({"tenant": tenant} if tenant else {})}
        found = client.jobs(parameters, limit)
        if as_json:
            remote.print_json(found)
            return
        rows = (
            (
                job["id"],
                job["state"],
                f"{job['progress']:.0%}",
                job["priority"],
                job["tenant"],
                job["created_at"],
                job["name"],
            )
            for job in found["jobs"]
        )
        head = ("id", "state", "done", "priority", "tenant", "created", "name")
        remote.print_table(head, rows)


@app.command()
def show(job_id: remote.JobArgument, as_json: remote.AsJson = False) -> None:
    """Show a job; the exit code is that of its state."""
    with remote.asking() as client:
        found = client.job(job_id)
        if as_json:
            remote.print_json({**found, "schema": "portalis.job/1"})
        else:
            remote.print_job(found)
            remote.print_failures(client.units(job_id))
    raise typer.Exit(remote.exit_code(found))


@app.command()
def logs(job_id: remote.JobArgument, follow: Follow = False, after: After = 0) -> None:
    """Print what happened, for people; with --follow the exit code is that of the end."""
    _print_events(job_id, follow=follow, after=after, as_json=False)


@app.command()
def events(
    job_id: remote.JobArgument,
    follow: Follow = False,
    after: After = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Print the numbered events of a job."""
    _print_events(job_id, follow=follow, after=after, as_json=as_json, numbered=True)


def _print_events(
    job_id: str, *, follow: bool, after: int, as_json: bool, numbered: bool = False
) -> None:
    code = 0
    with remote.asking() as client:
        found = client.follow(job_id, after) if follow else client.events(job_id, after)
        for event in found:
            if as_json:
                print(json.dumps(event, ensure_ascii=False), flush=True)
            else:
                number = f"{event['number']:>6}  " if numbered else ""
                print(number + remote.line_of(event), flush=True)
        if follow:
            code = remote.exit_code(client.job(job_id))
    raise typer.Exit(code)


@app.command()
def cancel(job_id: remote.JobArgument, as_json: remote.AsJson = False) -> None:
    """Stop a job; what is done stays and can be downloaded."""
    _act(job_id, "cancel", as_json=as_json)


@app.command()
def retry(job_id: remote.JobArgument, as_json: remote.AsJson = False) -> None:
    """Run again what is not done of a job that ended early."""
    _act(job_id, "retry", as_json=as_json)


def _act(job_id: str, verb: str, *, as_json: bool) -> None:
    with remote.asking() as client:
        found = client.act(job_id, verb)
        if as_json:
            remote.print_json(found)
        else:
            print(found["state"])


@app.command()
def explain(job_id: remote.JobArgument, as_json: remote.AsJson = False) -> None:
    """Say why a job waits (quota, budget, capacity, priority) and why units failed."""
    with remote.asking() as client:
        found = client.explain(job_id)
        if as_json:
            remote.print_json(found)
            return
        units = ", ".join(f"{count} {state}" for state, count in sorted(found["units"].items()))
        print(f"{found['state']}: {units or 'no units yet'}")
        for wait in found["waits"]:
            print(f"{wait['units']} units wait ({wait['reason']}): {wait['text']}")
        for failure in found["failures"]:
            print(f"{failure['units']} units failed ({failure['cause']}): {failure['text']}")
        if not found["waits"]:
            print("no unit waits")
