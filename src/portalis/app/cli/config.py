"""`portalis config show`: the settings that are in force, and where each came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portalis.app.cli import call, remote

app = typer.Typer(help="Look at the settings of the service.", no_args_is_help=True)

Home = Annotated[
    Path | None, typer.Option(metavar="DIR", help="The folder of the service, if another.")
]


@app.command()
def show(home: Home = None, as_json: remote.AsJson = False) -> None:
    """Print what is in force, and where each value came from. No password is shown."""
    from portalis.app.settings import SettingsError, load

    with call.answering():
        try:
            rows = load({"home": home}).rows()
        except SettingsError as error:
            raise call.CallError(str(error)) from error
        if as_json:
            values = {
                name: {"value": value, "from": origin.kind, "place": origin.place}
                for name, value, origin in rows
            }
            remote.print_json({"schema": "portalis.config/1", "settings": values})
            return
        shown = ((name, value, str(origin)) for name, value, origin in rows)
        remote.print_table(("setting", "value", "from"), shown)


@app.command()
def policy(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Another policy, to be checked.")
    ] = None,
    home: Home = None,
    as_json: remote.AsJson = False,
) -> None:
    """Print every key of the policy in force, or of a file, as it counts; a fault with its line."""
    from portalis.app.policy import rows
    from portalis.app.settings import SettingsError, load
    from portalis.core.documents import DocumentError
    from portalis.storage.policies import load as load_policy

    with call.answering():
        try:
            path = file or Path(load({"home": home}).settings.policy)
            found = rows(load_policy(path))
        except (SettingsError, DocumentError) as error:
            raise call.CallError(str(error)) from error
        if as_json:
            remote.print_json(
                {"schema": "portalis.policy/1", "file": str(path), "keys": dict(found)}
            )
            return
        remote.print_table(("key", "value"), ((key, str(value)) for key, value in found))
