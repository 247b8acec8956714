"""`portalis serve`: the service on this machine."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import call
from portalis.app.cli.config import Home

if TYPE_CHECKING:
    from portalis.app.settings import Settings
    from portalis.workload.executors.local import LocalExecutor
    from portalis.workload.executors.ray import RayExecutor


def serve(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The port; 0: any that is free.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="The address; else loopback only.")] = None,
    home: Home = None,
    executor: Annotated[
        str | None,
        typer.Option(help="What runs the units: local, ray, auto, ray:HOST:PORT, ray://HOST:PORT."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Units that run at once; 0: one a core.")
    ] = None,
) -> None:
    """Serve the API, and run the jobs; all that is kept lies in one folder."""
    from portalis.app.listener import listening
    from portalis.app.settings import SettingsError, load
    from portalis.workload.ports import Unavailable

    with call.answering("the service has stopped"):
        try:
            settings = load(
                {"port": port, "host": host, "home": home, "executor": executor, "workers": workers}
            ).settings

            def announce(url: str) -> None:
                print(f"portalis: serving on {url}, home {settings.home}", file=sys.stderr)

            with listening(settings) as listener, closing(_executor(settings)) as begun:
                # What takes longest to load comes last: the executor's processes are loaded
                # beside the plane, and its jobs go on while the API is.
                from portalis.app.planes import plane_of

                with plane_of(settings, begun) as plane:
                    from portalis.app.server import serve as run

                    run(settings, plane, listener, announce)
        except (SettingsError, Unavailable, ValueError) as error:
            raise call.CallError(str(error)) from error
        except OSError as error:
            raise call.CallError(f"the service cannot start: {error}") from error
        print("portalis: the service has stopped", file=sys.stderr)


def _executor(settings: Settings) -> LocalExecutor | RayExecutor:
    from portalis.core.clock import SystemClock
    from portalis.workload.executors.chosen import choice_of, chosen

    return chosen(choice_of(settings, settings.workers), SystemClock())
