"""`portalis submit`: sources to a service, as a job."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.translate import KindOption, VerifyOption


class PriorityOption(enum.StrEnum):
    """interactive goes first; low_priority runs on what is left."""

    INTERACTIVE = "interactive"
    BATCH = "batch"
    TRAINING = "training"
    LOW_PRIORITY = "low_priority"


def submit(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Python files and folders.")
    ],
    tenant: Annotated[
        str | None, typer.Option(help="For whom; else for whom the token is.")
    ] = None,
    priority: Annotated[PriorityOption, typer.Option(help="Its class.")] = PriorityOption.BATCH,
    name: Annotated[
        str | None, typer.Option(help="What people call it; else the first path.")
    ] = None,
    kind: Annotated[KindOption, typer.Option(help="What the package is.")] = KindOption.AUTO,
    verify: Annotated[
        VerifyOption, typer.Option(help="How far the result is verified.")
    ] = VerifyOption.COMPILE,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the end of the job.")] = False,
    as_json: remote.AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would be.")] = False,
    idempotency_key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="The same key and sources again are the same job."),
    ] = None,
) -> None:
    """Hand sources in as a job; stdout gets its id, or the job as it ended with --wait."""
    import secrets

    from portalis.app.cli.pick import pick, zipped

    with remote.asking("the job goes on if its id was shown") as client:
        files = pick(paths)
        parameters = {
            "priority": priority.value,
            "kind": kind.value,
            "verify": verify.value,
            "name": name or Path(paths[0]).resolve().name,
            **({"tenant": tenant} if tenant else {}),
            **({"dry_run": "true"} if dry_run else {}),
        }
        # A key of our own, too: a request whose answer was lost is sent again.
        answer = client.submit(zipped(files), parameters, idempotency_key or secrets.token_hex(16))
        if dry_run:
            _show_estimate(answer, as_json=as_json)
            return
        if wait:
            print(f"portalis: {answer['id']}", file=sys.stderr)
            answer = remote.watch(client, answer["id"])
        if as_json:
            remote.print_json(answer)
        elif wait:
            remote.print_job(answer)
        else:
            print(answer["id"])
    if wait:
        raise typer.Exit(remote.exit_code(answer))


def _show_estimate(estimate: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        remote.print_json(estimate)
        return
    cost = estimate["cost_usd"]
    rows = (
        ("class", estimate["size_class"]),
        ("sources", f"{estimate['files']:,} files, {estimate['lines']:,} lines"),
        ("units", estimate["units"]),
        ("predicted", f"{estimate['predicted_s']:.1f} s of work"),
        ("cost", "unknown: no price is set" if cost is None else f"{cost} USD"),
    )
    for name, value in rows:
        print(f"{name:<9} {value}")
