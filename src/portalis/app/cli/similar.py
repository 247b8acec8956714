"""`portalis similar`: which functions are like functions that were translated before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.submit import files_of


def similar(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders.")],
    tenant: Annotated[str | None, typer.Option(help="Whose, if not the token's own.")] = None,
    least: Annotated[
        float, typer.Option(min=0.01, max=1.0, help="Not what is less similar.")
    ] = 0.7,
    as_json: remote.AsJson = False,
) -> None:
    """Find functions whose structure is that of functions that were translated before.

    Names and constants do not count. It is information: the verdict is on the other function.
    """
    from portalis.app.archives import stream_zip

    with remote.asking() as client:
        archive = b"".join(stream_zip(sorted(files_of(paths).items())))
        found = client.similar(archive, tenant, least)
        if as_json:
            remote.print_json(found)
            return
        rows = [
            (
                f"{one['path']}:{one['line']}",
                one["name"],
                f"{like['similarity']:.0%}",
                like["verdict"],
                f"{like['path']}:{like['line']}",
                like["name"],
                like["job"],
            )
            for one in found["functions"]
            for like in one["like"]
        ]
        head = ("function", "name", "like", "verdict", "where", "name", "job")
        remote.print_table(head, rows)
        if not found["complete"]:
            print("portalis: more was translated than was looked at; ask again", file=sys.stderr)
