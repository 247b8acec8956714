"""`portalis results`: what a job has made, into a folder."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.call import CallError


def results(
    job_id: remote.JobArgument,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write to.")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Write into DIR even if something is in it.")
    ] = False,
) -> None:
    """Download what a job has made so far; the exit code is that of its state."""
    from portalis.app.archives import unpack_zip
    from portalis.app.problems import Problem

    with remote.asking("part of the results may have been written") as client:
        if out.exists() and not out.is_dir():
            raise CallError(f"{out} is not a folder")
        if out.is_dir() and any(out.iterdir()) and not force:
            raise CallError(f"{out} is not empty; --force writes into it all the same")
        with (
            tempfile.TemporaryFile() as archive,
            client.results(job_id) as (state, parts),
        ):
            for part in parts:
                archive.write(part)
            try:
                count = unpack_zip(archive, out)
            except (Problem, OSError) as error:
                raise CallError(f"{out}: the results cannot be written: {error}") from error
        print(f"portalis: {count} files; the job is {state}", file=sys.stderr)
        print(out)
    raise typer.Exit(remote.exit_code({"state": state}))
