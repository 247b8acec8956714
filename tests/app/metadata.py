"""A real HTTP server that answers as the instance metadata service, version 2, does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from portalis.resource.notices import ACTION_PATH, REBALANCE_PATH, TOKEN_PATH


@dataclass
class Machine:
    """documents: what is said, by path. tokens: that were given out; the last one is good.
    fails: the status that every request gets; 0: none."""

    url: str
    documents: dict[str, str] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    fails: int = 0

    def interrupt(self, at_ms: int) -> None:
        at = datetime.fromtimestamp(at_ms / 1000, UTC)
        self.documents[ACTION_PATH] = json.dumps(
            {"action": "terminate", "time": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        )

    def recommend(self, at_ms: int) -> None:
        at = datetime.fromtimestamp(at_ms / 1000, UTC)
        self.documents[REBALANCE_PATH] = json.dumps(
            {"noticeTime": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        )


@contextmanager
def machine() -> Iterator[Machine]:
    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            asked = self.headers.get("X-aws-ec2-metadata-token-ttl-seconds", "")
            if found.fails or self.path != TOKEN_PATH or not 1 <= int(asked or 0) <= 21_600:
                self._answer(found.fails or 400, "")
                return
            found.tokens.append(f"token-{len(found.tokens)}")
            self._answer(200, found.tokens[-1])

        def do_GET(self) -> None:
            token = self.headers.get("X-aws-ec2-metadata-token", "")
            if found.fails:
                self._answer(found.fails, "")
            elif token not in found.tokens[-1:]:
                self._answer(401, "")
            elif self.path not in found.documents:
                self._answer(404, "Not Found")
            else:
                self._answer(200, found.documents[self.path])

        def _answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Machine(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
