"""`portalis serve`: the service on this machine."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Annotated

import typer

from portalis.app.cli import call
from portalis.app.cli.config import Home


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
    from portalis.app.clerk import Clerk
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

            with listening(settings) as listener, Clerk(settings) as clerk:
                # Loaded beside the controller, which loads and is at work in its own process.
                from portalis.app.planes import front_of
                from portalis.app.server import serve as run

                clerk.ready()
                with closing(front_of(settings, clerk.wake)) as front:
                    run(settings, front, clerk, listener, announce)
        except (SettingsError, Unavailable, ValueError) as error:
            raise call.CallError(str(error)) from error
        except OSError as error:
            raise call.CallError(f"the service cannot start: {error}") from error
        print("portalis: the service has stopped", file=sys.stderr)
