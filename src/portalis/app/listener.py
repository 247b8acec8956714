"""The socket on which the service listens: who connects while it starts waits."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

from portalis.app.settings import Settings


@contextlib.contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Raises OSError for an address that cannot be listened on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named: asyncio turns Nagle's algorithm off for connections only where it is.
    # Else the body of an answer waits for the client's delayed acknowledgement of its head, 40 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(2048)
        yield listener
