"""The instance metadata service of a cloud machine, version 2: what it says of its end."""

from __future__ import annotations

import httpx

from portalis.resource.notices import (
    ACTION_PATH,
    REBALANCE_PATH,
    TOKEN_PATH,
    Notice,
    Unreadable,
    interruption,
    rebalance,
)
from portalis.workload.ports import Unavailable

URL = "http://169.254.169.254"
TOKEN_S = 21_600
TIMEOUT_S = 2.0
_READERS = ((ACTION_PATH, interruption), (REBALANCE_PATH, rebalance))


class Metadata:
    """At `url`. A token is asked for when there is none, or the last one is refused."""

    def __init__(self, url: str = URL) -> None:
        # A proxy would speak of another machine.
        self._client = httpx.Client(base_url=url, timeout=TIMEOUT_S, trust_env=False)
        self._token = ""

    def notices(self) -> tuple[Notice, ...]:
        """Those that are in force. Raises Unavailable, also where the answer makes no sense."""
        found = []
        for path, read in _READERS:
            text = self._get(path)
            if text is not None:
                try:
                    found.append(read(text))
                except Unreadable as error:
                    raise Unavailable(f"{path}: {error}") from error
        return tuple(found)

    def _get(self, path: str) -> str | None:
        """None: it has nothing to say there."""
        try:
            for _ in range(2):
                if not self._token:
                    self._token = self._fresh()
                answer = self._client.get(path, headers={"X-aws-ec2-metadata-token": self._token})
                if answer.status_code != httpx.codes.UNAUTHORIZED:
                    break
                self._token = ""
        except httpx.HTTPError as error:
            raise Unavailable(f"{path}: {error}") from error
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if answer.status_code != httpx.codes.OK:
            raise Unavailable(f"{path}: {answer.status_code}")
        return answer.text

    def _fresh(self) -> str:
        answer = self._client.put(
            TOKEN_PATH, headers={"X-aws-ec2-metadata-token-ttl-seconds": str(TOKEN_S)}
        )
        if answer.status_code != httpx.codes.OK:
            raise Unavailable(f"{TOKEN_PATH}: {answer.status_code}")
        return answer.text

    def close(self) -> None:
        self._client.close()
