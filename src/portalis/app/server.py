"""The API of a plane that runs, until it is told to stop."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn

from portalis.app import wiring
from portalis.app.api.application import create
from portalis.app.api.context import Context
from portalis.app.clerk import Clerk
from portalis.app.settings import Settings
from portalis.core.garbage import collect_seldom
from portalis.workload.assembly import Front

# How long requests may take to end when the service stops.
GRACE_S = 5
# How long a connection may idle: longer than clients and proxies keep theirs.
KEEP_ALIVE_S = 75
_ANY_ADDRESS = frozenset(("0.0.0.0", "::"))


class _Server(uvicorn.Server):
    """Stops on a signal without passing it on; streams end first."""

    def __init__(self, config: uvicorn.Config, context: Context) -> None:
        super().__init__(config)
        self._context = context

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._context.stopping.set()
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(
    settings: Settings,
    front: Front,
    clerk: Clerk,
    listener: socket.socket,
    announce: Callable[[str], None],
) -> None:
    """Until SIGINT or SIGTERM, beside a controller's process. announce: called with the address
    once it answers there. Raises Unavailable."""
    with wiring.running(settings, front, clerk) as context:
        host, port = listener.getsockname()[:2]
        shown = "127.0.0.1" if host in _ANY_ADDRESS else host
        url = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
        wiring.leave_access(settings.home, url, context.tokens, context.clock)
        config = uvicorn.Config(
            create(context),
            lifespan="off",
            access_log=False,
            log_level="warning",
            # Else it sets up its own, beside what `monitoring/logs.py` did.
            log_config=None if settings.log_json else uvicorn.config.LOGGING_CONFIG,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GRACE_S,
        )
        collect_seldom()
        # The socket listens already: who connects now is answered in a moment.
        announce(url)
        _Server(config, context).run(sockets=[listener])
