"""`portalis cluster …`: a Ray cluster on AWS, of settings and of what Terraform made.

The file that was last asked for is kept in the home folder; `down`, `scale` and `status` go by
it. Exit code 1: Ray's program failed, and said why.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portalis.app.cli import call, remote

if TYPE_CHECKING:
    from portalis.app.cluster.kept import Kept
    from portalis.app.cluster.plan import Change, Cost
    from portalis.app.settings import Settings
    from portalis.cost.catalog import Catalog

app = typer.Typer(help="Bring a Ray cluster on AWS up and down.", no_args_is_help=True)

# Written by `terraform output -json` as docs/deployment.md says.
_OUTPUTS = Path("infra/terraform/outputs.json")

OutputsFile = Annotated[
    Path, typer.Option("--outputs", metavar="FILE", help="Of `terraform output -json`.")
]
Workers = Annotated[
    int | None,
    typer.Option(metavar="N", help="The most workers, 0 to 10; else of the setting scale_nodes."),
]
Keep = Annotated[int, typer.Option(metavar="N", help="So many workers stay also without work.")]
Worker = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A machine of the price catalog; else node_price."),
]
Head = Annotated[str, typer.Option(metavar="NAME", help="A machine of the price catalog.")]
Image = Annotated[str, typer.Option(metavar="AMI", help="Of the machines; else Ray's default.")]
Wheel = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Of Portalis; else the image has it.")
]
Home = Annotated[
    Path | None, typer.Option(metavar="DIR", help="The folder of the service, if another.")
]
Name = Annotated[
    str | None, typer.Option("--cluster", metavar="NAME", help="Which, if there are several.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print what would change and cost; change nothing.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Let Ray go ahead without asking.")]

_HEAD = "c7i.4xlarge"
# Its name is part of a command that nodes run.
_WHEEL = re.compile(r"[\w.+-]+\.whl")


@dataclass(frozen=True, slots=True)
class _Given:
    """The settings, their price catalog, and the files of clusters."""

    settings: Settings
    catalog: Catalog
    kept: Kept


@dataclass(frozen=True, slots=True)
class _Step:
    """before, after: the cluster's document; None: there is no cluster. ray: arguments of Ray's
    program."""

    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    ray: list[str]


@app.command()
def render(
    outputs: OutputsFile = _OUTPUTS,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Not to stdout.")
    ] = None,
    workers: Workers = None,
    keep: Keep = 0,
    worker: Worker = None,
    head: Head = _HEAD,
    image: Image = "",
    wheel: Wheel = None,
    home: Home = None,
) -> None:
    """Write Ray's cluster file, of the settings and of what Terraform made. Ray's own check is
    made first."""
    from portalis.app.cluster.kept import as_text

    with _acting(home) as given:
        found = _rendered(given, outputs, workers, keep, worker, head, image, wheel)
        text = as_text(found)
        if out is None:
            sys.stdout.write(text)
            return
        try:
            out.write_text(text, "utf-8")
        except OSError as error:
            raise call.CallError(f"{out} cannot be written: {error}") from error


@app.command()
def up(
    outputs: OutputsFile = _OUTPUTS,
    workers: Workers = None,
    keep: Keep = 0,
    worker: Worker = None,
    head: Head = _HEAD,
    image: Image = "",
    wheel: Wheel = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    home: Home = None,
    as_json: remote.AsJson = False,
) -> None:
    """Start the cluster, or change it to what is asked for now: `ray up`."""
    with _acting(home) as given:
        found = _rendered(given, outputs, workers, keep, worker, head, image, wheel)
        name: str = found["cluster_name"]
        before = given.kept.find(name)
        _take(given, _Step(name, before, found, ["up"]), dry_run, yes, as_json)


@app.command()
def scale(
    workers: Annotated[int, typer.Option(metavar="N", help="The most workers, 0 to 10.")],
    keep: Annotated[
        int | None,
        typer.Option(metavar="N", help="So many stay also without work; else as before."),
    ] = None,
    cluster: Name = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    home: Home = None,
    as_json: remote.AsJson = False,
) -> None:
    """Let the cluster have so many workers at most; how many there are goes by the work. What
    runs goes on: `ray up --no-restart`."""
    from portalis.app.cluster.render import resized
    from portalis.app.cluster.schema import check

    with _acting(home) as given:
        name, before = given.kept.named(cluster)
        after = resized(before, workers, keep)
        check(after)
        _take(given, _Step(name, before, after, ["up", "--no-restart"]), dry_run, yes, as_json)


@app.command()
def down(
    cluster: Name = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    home: Home = None,
    as_json: remote.AsJson = False,
) -> None:
    """End all nodes of the cluster: `ray down`. What Terraform made stays."""
    with _acting(home) as given:
        name, before = given.kept.named(cluster)
        _take(given, _Step(name, before, None, ["down"]), dry_run, yes, as_json)


@app.command()
def status(
    cluster: Name = None,
    home: Home = None,
) -> None:
    """Print what the cluster's autoscaler says of nodes and demand: `ray status` on the head."""
    from portalis.app.cluster.kept import run_ray
    from portalis.app.cluster.render import STATUS

    with _acting(home) as given:
        name, _ = given.kept.named(cluster)
        command = ["exec", str(given.kept.path(name)), STATUS]
        _ended(run_ray(command, is_answer=True), "exec")


@contextmanager
def _acting(home: Path | None) -> Iterator[_Given]:
    """Failures end the process with their code."""
    from portalis.app.cluster.kept import Kept, KeptError
    from portalis.app.cluster.outputs import OutputsError
    from portalis.app.cluster.render import ShapeError
    from portalis.app.cluster.schema import SchemaError
    from portalis.app.settings import SettingsError, load
    from portalis.core.documents import DocumentError
    from portalis.cost.catalog import CatalogError, UnknownPrice
    from portalis.cost.shipped import load as load_catalog

    with call.answering("`portalis cluster status` says what is there"):
        try:
            settings = load({"home": home}).settings
            catalog = load_catalog(Path(settings.prices) if settings.prices else None)
            yield _Given(settings, catalog, Kept(settings.home))
        except (
            *(KeptError, OutputsError, ShapeError, SchemaError),
            *(SettingsError, CatalogError, UnknownPrice, DocumentError),
        ) as error:
            raise call.CallError(str(error)) from error


def _rendered(
    given: _Given,
    outputs: Path,
    workers: int | None,
    keep: int,
    worker: str | None,
    head: str,
    image: str,
    wheel: Path | None,
) -> dict[str, Any]:
    """What is asked for, checked."""
    from portalis.app.cluster import outputs as terraform
    from portalis.app.cluster import render as rendering
    from portalis.app.cluster.schema import check
    from portalis.storage.policies import load as load_policy

    try:
        text = outputs.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise call.CallError(f"{outputs} cannot be read: {error}; {terraform.REMEDY}") from error
    if wheel is not None and not (wheel.is_file() and _WHEEL.fullmatch(wheel.name)):
        raise call.CallError(f"--wheel {wheel}: no wheel is there")
    settings = given.settings
    # Only here: no fault in it stands in the way of `down`.
    policy = load_policy(Path(settings.policy) if settings.policy else None)
    # 0 of the flag means no workers; 0 of the setting that no number is named.
    most = workers if workers is not None else settings.scale_nodes or rendering.MOST_WORKERS
    shape = rendering.Shape(
        head=given.catalog.instance(head),
        worker=given.catalog.instance(worker or settings.node_price),
        most=most,
        kept=keep,
        idle_s=settings.scale_idle_s,
        spot_share=policy.spot_instances.max_price_multiplier,
        image=image,
        wheel="" if wheel is None else str(wheel.resolve()),
    )
    found = rendering.document(terraform.parse(text, str(outputs)), shape)
    check(found)
    return found


def _take(given: _Given, step: _Step, dry_run: bool, yes: bool, as_json: bool) -> None:
    """The step, or only what it would do."""
    from portalis.app.cluster import kept, plan

    path = given.kept.path(step.name)
    action, *flags = step.ray
    command = [action, str(path), *flags, *(["-y"] if yes else [])]
    costs = {
        when: plan.cost(found, given.catalog) if found else None
        for when, found in (("before", step.before), ("after", step.after))
    }
    changed = plan.changes(step.before, step.after)
    if as_json:
        remote.print_json(_as_json(step.name, command, changed, costs, dry_run))
    else:
        _print(step, command, changed, costs)
    if dry_run:
        return
    kept.ray_program()
    sys.stdout.flush()
    if step.after is not None:
        # First: what a failed start made is found by it, and taken away by `down`.
        given.kept.keep(step.name, step.after)
        _ended(kept.ensure_token(), "get-auth-token")
    _ended(kept.run_ray(command), action)
    if step.after is None:
        given.kept.forget(step.name)


def _ended(code: int, action: str) -> None:
    if code:
        print(f"portalis: ray {action} ended with {code}", file=sys.stderr)
        raise typer.Exit(remote.REFUSED)


def _print(
    step: _Step, command: list[str], changed: list[Change], costs: Mapping[str, Cost | None]
) -> None:
    """For people: values of a cluster that begins or ends would be its whole file."""
    if step.before is None:
        print(f"{step.name}: a new cluster")
    elif step.after is None:
        print(f"{step.name}: all of it ends")
    elif not changed:
        print(f"{step.name}: nothing differs from what was asked for last")
    else:
        print(f"{step.name}: {len(changed)} changes")
        for each in changed:
            print(remote.plain(f"  {each.place}: {each.before} -> {each.after}"))
    for when, cost in costs.items():
        if cost is not None:
            _print_cost(when, cost)
    print(f"runs: {shlex.join(['ray', *command])}")


def _print_cost(when: str, cost: Cost) -> None:
    from portalis.core.money import text

    print()
    rows = (
        (
            each.name,
            str(each.least) if each.least == each.most else f"{each.least} to {each.most}",
            text(each.price.rate_microusd_h),
            each.price.tag.words() + f", {each.price.region}",
        )
        for each in cost.groups
    )
    remote.print_table((when, "nodes", "an hour each", "price"), rows)
    print(f"{text(cost.least_microusd_h)} to {text(cost.most_microusd_h)} an hour")
    if cost.elsewhere:
        print(f"prices of {', '.join(cost.elsewhere)}, but the cluster is in {cost.region}")


def _as_json(
    name: str,
    command: list[str],
    changed: list[Change],
    costs: Mapping[str, Cost | None],
    dry_run: bool,
) -> dict[str, Any]:
    return {
        "schema": "portalis.cluster/1",
        "cluster": name,
        "dry_run": dry_run,
        "command": ["ray", *command],
        "changes": [
            {"place": each.place, "before": each.before, "after": each.after} for each in changed
        ],
        "cost": {when: cost and _cost_json(cost) for when, cost in costs.items()},
    }


def _cost_json(cost: Cost) -> dict[str, Any]:
    from portalis.core.money import dollars

    return {
        "region": cost.region,
        "least_usd_h": str(dollars(cost.least_microusd_h)),
        "most_usd_h": str(dollars(cost.most_microusd_h)),
        "groups": [
            {
                "name": each.name,
                "least": each.least,
                "most": each.most,
                "instance": each.price.cloud_instance,
                "model": each.price.model,
                "usd_h": str(dollars(each.price.rate_microusd_h)),
                "region": each.price.region,
                "as_of": each.price.as_of.isoformat(),
                "assumed": each.price.assumed,
            }
            for each in cost.groups
        ],
    }
