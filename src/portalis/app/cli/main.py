"""The command line: one file a verb, put together here.

Exit codes: 0 all translated and verified as far as asked; 1 finished, with refusals or
differences; 2 the call or the input is wrong, nothing was written; 130 interrupted. Verbs
about jobs have more: `remote`.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from typing import Annotated

import typer

import portalis
from portalis.app.cli import (
    agent,
    alerts,
    assess,
    backup,
    bench,
    budget,
    cluster,
    config,
    cost,
    dev,
    directly,
    doctor,
    explain,
    job,
    report,
    results,
    serve,
    similar,
    simulate,
    storage,
    submit,
    token,
    translate,
    webhook,
    workers,
)

# New containers before the collector looks for cycles; what a start loads has none to find.
_YOUNG = 50_000
# Verbs that are done when they return: no service, no pool, nothing registered for the end.
_PLAIN = frozenset({"translate"})

app = typer.Typer(
    name="portalis",
    help="Python in, a verified Rust crate out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("translate")(translate.translate)
app.command("assess")(assess.assess)
app.command("plan")(assess.plan)
app.command("explain")(explain.explain)
app.command("doctor")(doctor.doctor)
app.command("serve")(serve.serve)
app.command("node-agent")(agent.node_agent)
app.command("submit")(submit.submit)
app.add_typer(job.listing, name="jobs")
job.listing.command("summary")(report.summary)
app.add_typer(report.app, name="report")
app.add_typer(job.app, name="job")
app.command("results")(results.results)
app.add_typer(budget.app, name="budget")
app.add_typer(cluster.app, name="cluster")
app.add_typer(cost.app, name="cost")
app.add_typer(dev.app, name="dev")
app.command("alerts")(alerts.alerts)
app.command("similar")(similar.similar)
app.command("simulate")(simulate.simulate)
app.add_typer(bench.app, name="bench")
app.add_typer(config.app, name="config")
app.add_typer(token.app, name="token")
app.add_typer(storage.app, name="storage")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(webhook.app, name="webhook")
app.add_typer(workers.app, name="workers")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"portalis {portalis.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Python in, a verified Rust crate out."""


def main() -> None:
    """The console script."""
    gc.set_threshold(_YOUNG)
    plain = directly.plain(sys.argv[1:])
    try:
        if plain is not None:
            sys.exit(directly.answer(plain))
        app(prog_name="portalis")
    except SystemExit as end:
        if isinstance(end.code, int) and _may_drop(sys.argv[1:]):
            os._exit(end.code)
        raise


def _may_drop(arguments: list[str]) -> bool:
    """Whether the process may end here: taking a compilation's heap apart, object by object,
    takes longer than to compile 100 lines. Not while others depend on this process's end or
    output is left over, which the interpreter reports."""
    if not _PLAIN.intersection(arguments[:1]):
        return False
    if threading.active_count() > 1 or {"coverage", "multiprocessing"} & sys.modules.keys():
        return False
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
