"""`portalis backup` and `portalis restore`: the state of the service of a home folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import call, remote
from portalis.app.cli.config import Home

if TYPE_CHECKING:
    from portalis.app.backup import Manifest


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")],
    home: Home = None,
    as_json: remote.AsJson = False,
) -> None:
    """Copy all facts and the objects that they name, also while the service runs."""
    from portalis.app import backup as making
    from portalis.app.settings import SettingsError, load
    from portalis.core.clock import SystemClock
    from portalis.workload.ports import Unavailable

    with call.answering():
        try:
            settings = load({"home": home}).settings
            made = making.make(settings, folder, SystemClock().now_ms())
        except (SettingsError, making.BackupError, Unavailable, ValueError) as error:
            raise call.CallError(str(error)) from error
        _print(folder, made, as_json=as_json)


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `portalis backup` made.")],
    home: Home = None,
    as_json: remote.AsJson = False,
) -> None:
    """Bring a backup back, into a home that has nothing yet and before its service starts. What
    is damaged is not restored."""
    from portalis.app import backup as making
    from portalis.app.settings import SettingsError, load
    from portalis.workload.ports import Unavailable

    with call.answering("what was restored is not complete"):
        try:
            made = making.restore(load({"home": home}).settings, folder)
        except (SettingsError, making.BackupError, Unavailable, ValueError) as error:
            raise call.CallError(str(error)) from error
        _print(folder, made, as_json=as_json)


def _print(folder: Path, made: Manifest, *, as_json: bool) -> None:
    if as_json:
        remote.print_json(
            {
                "schema": "portalis.backup_made/1",
                "folder": str(folder),
                "version": made.version,
                "created_ms": made.created_ms,
                "objects": len(made.objects),
                "bytes": made.size_bytes,
            }
        )
        return
    print(f"{folder}: {len(made.objects):,} objects, {made.size_bytes:,} bytes")
