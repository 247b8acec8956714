"""`portalis submit`: a codebase in, a job out; to a service, or in this process."""

from __future__ import annotations

import enum
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import call, local, remote
from portalis.app.cli.call import CallError
from portalis.app.cli.translate import KindOption, VerifyOption

if TYPE_CHECKING:
    from portalis.app.client import Answer, Client


class PriorityOption(enum.StrEnum):
    """As `Priority`, which a quick start of other verbs does not wait for."""

    INTERACTIVE = "interactive"
    BATCH = "batch"
    TRAINING = "training"
    LOW_PRIORITY = "low_priority"


def submit(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Python files and folders.")
    ],
    tenant: Annotated[
        str | None, typer.Option(metavar="T", help="Whose job it is, if not the token's.")
    ] = None,
    priority: Annotated[
        PriorityOption | None, typer.Option(help="Its queue; else that of its size.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What it and its package are called; else as PATH.")
    ] = None,
    kind: Annotated[KindOption, typer.Option(help="What the result is.")] = KindOption.AUTO,
    verify: Annotated[
        VerifyOption, typer.Option(help="How far the result is verified.")
    ] = VerifyOption.COMPILE,
    wait: Annotated[
        bool, typer.Option("--wait", help="Return when the job has ended; --local always does.")
    ] = False,
    as_json: remote.AsJson = False,
    max_cost: Annotated[
        str | None, typer.Option(metavar="USD", help="What it may cost; it stops before more.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would be: size, work, cost.")
    ] = False,
    key: Annotated[
        str | None,
        typer.Option("--idempotency-key", metavar="K", help="The same key, the same job."),
    ] = None,
    locally: Annotated[
        bool, typer.Option("--local", help="Run the job in this process, to its end.")
    ] = False,
    share_cache: Annotated[
        bool,
        typer.Option(
            "--share-cache",
            help="Find what other tenants who share have made, and let them find this.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="OUT", help="With --local: write the package here."),
    ] = None,
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="With --local: the folder of the plane.")
    ] = None,
    workers: Annotated[
        int, typer.Option(metavar="N", min=0, help="With --local: processes; 0: one a processor.")
    ] = 0,
    executor: Annotated[
        str | None, typer.Option(metavar="E", help="With --local: what runs the units, as serve.")
    ] = None,
) -> None:
    """Hand in a codebase as a job: it is divided into units that are run, retried and kept.

    stdout gets the id of the job, or the job as it ended with --wait and --local.
    """
    options: dict[str, str | bool] = {"kind": kind.value, "verify": verify.value}
    if share_cache:
        options["share_cache"] = True
    given = {
        "tenant": tenant,
        "priority": priority.value if priority else None,
        "name": name or _name(paths),
        "key": key,
        "max_cost": max_cost,
    }
    asked = {name: value for name, value in given.items() if value is not None}
    plane = {"home": home, "workers": workers or None, "executor": executor}
    code = 0
    if locally:
        with call.answering("finished units are kept; the same call goes on with the others"):
            files = files_of(paths)
            if dry_run:
                _estimate(files, options, plane, as_json=as_json)
            else:
                code = local.run(files, asked, options, out, plane, as_json=as_json)
    else:
        with call.answering():
            if any(value is not None for value in (out, *plane.values())):
                raise CallError("--out, --home, --workers and --executor are for --local")
        with remote.asking("a job whose id was shown goes on") as client:
            code = _send(
                client, files_of(paths), asked, options, wait=wait, as_json=as_json, dry_run=dry_run
            )
    raise typer.Exit(code)


def _send(
    client: Client,
    files: Mapping[str, bytes],
    asked: Mapping[str, str],
    options: Mapping[str, str | bool],
    *,
    wait: bool,
    as_json: bool,
    dry_run: bool,
) -> int:
    """To the service; the exit code."""
    import secrets

    from portalis.app.archives import stream_zip

    archive = b"".join(stream_zip(sorted(files.items())))
    given = {**asked, **options}
    parameters = {name: _said(value) for name, value in given.items() if name != "key"}
    if dry_run:
        _show_estimate(client.submit(archive, {**parameters, "dry_run": "true"}), as_json=as_json)
        return 0
    # A key of our own, too: a request whose answer was lost is sent again.
    answer = client.submit(archive, parameters, asked.get("key") or secrets.token_hex(16))
    if wait:
        print(f"portalis: {answer['id']}", file=sys.stderr)
        answer = remote.watch(client, answer["id"])
    if as_json:
        remote.print_json(answer)
    elif wait:
        remote.print_job(answer)
        remote.print_failures(client.units(answer["id"]))
    else:
        print(answer["id"])
    return remote.exit_code(answer) if wait else 0


def _said(value: str | bool) -> str:
    return value if isinstance(value, str) else str(value).lower()


def files_of(paths: list[Path]) -> Mapping[str, bytes]:
    """The sources. Raises CallError."""
    from portalis.workload.desk import Refusal
    from portalis.workload.gather import gather

    try:
        return gather(paths)
    except Refusal as error:
        raise CallError(str(error)) from error


def _name(paths: list[Path]) -> str:
    return paths[0].resolve().with_suffix("").name


def _estimate(
    files: Mapping[str, bytes],
    options: Mapping[str, str | bool],
    plane: Mapping[str, object],
    *,
    as_json: bool,
) -> None:
    from portalis.app.api.views import EstimateView
    from portalis.app.estimate import NoEstimate, estimate
    from portalis.app.planes import policy_in, tariff_in
    from portalis.app.settings import SettingsError, load

    try:
        settings = load(plane).settings
        tariff, policy = tariff_in(settings), policy_in(settings)
        found = EstimateView.of(estimate(files, options, tariff, policy))
    except (NoEstimate, SettingsError) as error:
        raise CallError(str(error)) from error
    _show_estimate(found.model_dump(by_alias=True), as_json=as_json)


def _show_estimate(estimate: Answer, *, as_json: bool) -> None:
    if as_json:
        remote.print_json(estimate)
        return
    from portalis.cost.catalog import PriceTag

    cost, rate = estimate["cost_usd"], estimate["usd_per_slot_hour"]
    rows = (
        ("class", estimate["size_class"]),
        ("sources", f"{estimate['files']:,} files, {estimate['lines']:,} lines"),
        ("units", estimate["units"]),
        ("predicted", f"{estimate['predicted_s']:.1f} s of work"),
        ("cost", f"{cost} USD at {rate} USD a slot hour" if estimate["price"] else "none"),
        *([("price", PriceTag.parse(estimate["price"]).words())] if estimate["price"] else []),
    )
    for name, value in rows:
        print(f"{name:<9} {value}")
