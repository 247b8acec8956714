"""The API from the other side: what the command line asks, over HTTP.

Where the service is and with which token: $PORTALIS_URL and $PORTALIS_TOKEN, else what
`portalis serve` left in its home folder for the same user.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx

from portalis.core.settings import default_home

ACCESS_FILE: Final = "access.json"
_TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)
# Of a stream: longer than the server is ever silent.
_STREAM_TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)
# Of what looks at every object.
_LONG_TIMEOUT: Final = httpx.Timeout(3_600.0, connect=5.0)
# The service puts the package together first, for which it gives itself ten minutes.
_RESULTS_TIMEOUT: Final = httpx.Timeout(660.0, connect=5.0)
_RECONNECT_S: Final = 1.0
MAX_RECONNECTS: Final = 60
_RESENDS: Final = 2

Answer = dict[str, Any]


class ClientError(Exception):
    """The request came to nothing; the text is for the user. code: of the problem; "": there
    was no answer of the service."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Access:
    """Where the service is, and the token to present."""

    url: str
    token: str


def write_access(home: Path, access: Access) -> None:
    """For clients of this user on this machine: nobody else may read it."""
    path = home / ACCESS_FILE
    text = json.dumps({"url": access.url, "token": access.token}) + "\n"
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    beside.replace(path)


def read_access(home: Path) -> Access | None:
    """What `write_access` left; None: nothing that can be used."""
    try:
        found = json.loads((home / ACCESS_FILE).read_text("utf-8"))
        return Access(str(found["url"]), str(found["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_access(environ: Mapping[str, str], home: Path | None = None) -> Access:
    """Raises ClientError where there is no way in."""
    url = environ.get("PORTALIS_URL", "").rstrip("/")
    token = environ.get("PORTALIS_TOKEN", "")
    if url and token:
        return Access(url, token)
    folder = home or default_home(environ)
    left = read_access(folder)
    if left is None:
        raise ClientError(
            f"no service is known: start one with `portalis serve` (there is no "
            f"{folder / ACCESS_FILE}), or set PORTALIS_URL and PORTALIS_TOKEN"
        )
    # A token that was left for one service is not sent to another.
    if url and url != left.url:
        raise ClientError("PORTALIS_URL is set, but not PORTALIS_TOKEN")
    return Access(left.url, token or left.token)


class Client:
    """One service. Every call raises ClientError."""

    def __init__(self, access: Access, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            base_url=access.url,
            headers={"Authorization": f"Bearer {access.token}", "User-Agent": "portalis-cli"},
            timeout=_TIMEOUT,
            transport=transport,
        )

    def close(self) -> None:
        self._http.close()

    def submit(
        self, archive: bytes, parameters: Mapping[str, str], key: str | None = None
    ) -> Answer:
        """A zip of sources -> the job, or the estimate with `dry_run`. With a key, a request
        whose answer was lost is sent again."""
        headers = {"Content-Type": "application/zip"}
        if key is not None:
            headers["Idempotency-Key"] = key
        for _ in range(_RESENDS if key is not None else 0):
            try:
                return self._submit(archive, parameters, headers)
            except ClientError as error:
                if error.code not in ("", "unavailable", "changed-meanwhile"):
                    raise
                time.sleep(_RECONNECT_S)
        return self._submit(archive, parameters, headers)

    def _submit(
        self, archive: bytes, parameters: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        return self._ask("POST", "/v1/jobs", params=parameters, content=archive, headers=headers)

    def jobs(self, parameters: Mapping[str, Any], limit: int) -> Answer:
        """Newest first, at most `limit`, over as many pages as it takes."""
        found: list[Answer] = []
        cursor: str | None = None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = min(limit - len(found), 1000)
            answer = self._ask("GET", "/v1/jobs", params={**parameters, **more, "limit": page})
            found += answer["jobs"]
            cursor = answer["next"]
            if cursor is None or len(found) >= limit:
                return {**answer, "jobs": found}

    def job(self, job_id: str) -> Answer:
        return self._ask("GET", f"/v1/jobs/{_segment(job_id)}")

    def units(self, job_id: str) -> list[Answer]:
        """All units of the job."""
        found: list[Answer] = []
        after: int | None = -1
        while after is not None:
            path = f"/v1/jobs/{_segment(job_id)}/units"
            answer = self._ask("GET", path, params={"after": after})
            found += answer["units"]
            after = answer["next"]
        return found

    def events(self, job_id: str, after: int = 0) -> Iterator[Answer]:
        """The events so far, in order."""
        seen: int | None = after
        while seen is not None:
            path = f"/v1/jobs/{_segment(job_id)}/events"
            answer = self._ask("GET", path, params={"after": seen})
            yield from answer["events"]
            seen = answer["next"]

    def follow(self, job_id: str, after: int = 0) -> Iterator[Answer]:
        """The events so far and those to come, until the job has ended. A connection that
        breaks is taken up again after the last event."""
        seen, failures = after, 0
        while True:
            try:
                for event in self._stream(job_id, seen):
                    seen, failures = event["number"], 0
                    yield event
                return
            except httpx.TransportError as error:
                failures += 1
                if failures > MAX_RECONNECTS:
                    raise _unreachable(error) from error
                time.sleep(_RECONNECT_S)

    def _stream(self, job_id: str, seen: int) -> Iterator[Answer]:
        path = f"/v1/jobs/{_segment(job_id)}/stream"
        headers = {"Last-Event-ID": str(seen), "Accept": "text/event-stream"}
        with self._http.stream("GET", path, headers=headers, timeout=_STREAM_TIMEOUT) as answer:
            if answer.is_error:
                answer.read()
                raise _problem(answer)
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    def act(self, job_id: str, verb: str) -> Answer:
        """verb: cancel or retry -> the job."""
        return self._ask("POST", f"/v1/jobs/{_segment(job_id)}/{verb}")

    def explain(self, job_id: str) -> Answer:
        return self._ask("GET", f"/v1/jobs/{_segment(job_id)}/explain")

    def set_budget(self, tenant: str, body: Mapping[str, Any]) -> Answer:
        return self._ask("PUT", f"/v1/budgets/{_tenant(tenant)}", json=dict(body))

    def budget(self, tenant: str) -> Answer:
        return self._ask("GET", f"/v1/budgets/{_tenant(tenant)}")

    def budgets(self) -> Answer:
        return self._ask("GET", "/v1/budgets")

    def costs(self, parameters: Mapping[str, str]) -> str:
        """The report in the format that is asked for."""
        return self._send("GET", "/v1/costs", params=parameters).text

    def forecast(self, tenant: str | None) -> Answer:
        parameters = {} if tenant is None else {"tenant": tenant}
        return self._ask("GET", "/v1/costs/forecast", params=parameters)

    def report(self, name: str, parameters: Mapping[str, str]) -> Answer:
        return self._ask("GET", f"/v1/reports/{_segment(name)}", params=parameters)

    @contextmanager
    def results(self, job_id: str) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The job's state and a zip, in pieces."""
        try:
            path = f"/v1/jobs/{_segment(job_id)}/results"
            with self._http.stream("GET", path, timeout=_RESULTS_TIMEOUT) as answer:
                if answer.is_error:
                    answer.read()
                    raise _problem(answer)
                yield answer.headers.get("X-Portalis-Job-State", ""), answer.iter_bytes()
        except httpx.HTTPError as error:
            raise _unreachable(error) from error

    def create_token(self, tenant: str | None, name: str, days: int | None) -> Answer:
        body = {"tenant": tenant, "name": name, "days": days}
        return self._ask("POST", "/v1/tokens", json=body)

    def tokens(self, tenant: str | None) -> Answer:
        return self._ask("GET", "/v1/tokens", params=_of_tenant(tenant))

    def revoke_token(self, token_id: str) -> None:
        self._ask("DELETE", f"/v1/tokens/{_segment(token_id)}")

    def rotate_token(self, token_id: str, overlap_s: int) -> Answer:
        path = f"/v1/tokens/{_segment(token_id)}/rotate"
        return self._ask("POST", path, params={"overlap_s": overlap_s})

    def add_webhook(self, body: Mapping[str, Any], tenant: str | None) -> Answer:
        return self._ask("POST", "/v1/webhooks", json=body, params=_of_tenant(tenant))

    def webhooks(self, tenant: str | None) -> Answer:
        return self._ask("GET", "/v1/webhooks", params=_of_tenant(tenant))

    def remove_webhook(self, webhook_id: str) -> None:
        self._ask("DELETE", f"/v1/webhooks/{_segment(webhook_id)}")

    def test_webhook(self, webhook_id: str) -> Answer:
        return self._ask("POST", f"/v1/webhooks/{_segment(webhook_id)}/test")

    def deliveries(self, webhook_id: str, states: list[str], limit: int) -> Answer:
        """Newest first, at most `limit`."""
        path = f"/v1/webhooks/{_segment(webhook_id)}/deliveries"
        return self._ask("GET", path, params={"state": states, "limit": limit})

    def replay_webhook(self, webhook_id: str, deliveries: list[str] | None) -> Answer:
        """None: all that are dead."""
        path = f"/v1/webhooks/{_segment(webhook_id)}/replay"
        return self._ask("POST", path, json={"deliveries": deliveries})

    def similar(self, archive: bytes, tenant: str | None, least: float) -> Answer:
        """A zip of sources -> which of their functions are like which that were translated."""
        parameters: dict[str, Any] = {**_of_tenant(tenant), "least": least}
        headers = {"Content-Type": "application/zip"}
        return self._ask("POST", "/v1/similar", params=parameters, content=archive, headers=headers)

    def workers(self) -> Answer:
        return self._ask("GET", "/v1/workers")

    def drain_worker(self, place: str, within_s: float) -> Answer:
        path = f"/v1/workers/{_segment(place)}/drain"
        return self._ask("POST", path, params={"within_s": within_s})

    def resume_worker(self, place: str) -> Answer:
        return self._ask("POST", f"/v1/workers/{_segment(place)}/resume")

    def cache(self) -> Answer:
        return self._ask("GET", "/v1/cache")

    def storage(self) -> Answer:
        return self._ask("GET", "/v1/storage", timeout=_LONG_TIMEOUT)

    def collect(self, grace_hours: float, *, dry_run: bool) -> Answer:
        parameters: dict[str, Any] = {"grace_hours": grace_hours, "dry_run": dry_run}
        return self._ask("POST", "/v1/storage/gc", params=parameters, timeout=_LONG_TIMEOUT)

    def _ask(self, method: str, path: str, **more: Any) -> Answer:  # noqa: ANN401 - of httpx
        answer = self._send(method, path, **more)
        return dict(answer.json()) if answer.content else {}

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - same
        try:
            answer = self._http.request(method, path, **more)
        except httpx.HTTPError as error:
            raise _unreachable(error) from error
        if answer.is_error:
            raise _problem(answer)
        return answer


def _of_tenant(tenant: str | None) -> dict[str, str]:
    return {"tenant": tenant} if tenant else {}


def _segment(name: str) -> str:
    """An id as one part of a path. Raises ClientError for what cannot be one."""
    if not name or not all(c.isalnum() or c in "_-." for c in name) or set(name) == {"."}:
        raise ClientError(f"{name!r} is no id", "not-found")
    return name


def _tenant(name: str) -> str:
    """A tenant's name as one part of a path; the service says whether it is one."""
    return quote(name, safe="") or "%20"


def _unreachable(error: Exception) -> ClientError:
    return ClientError(f"the service does not answer: {error}")


def _problem(answer: httpx.Response) -> ClientError:
    try:
        body = answer.json()
        return ClientError(f"{body['title']}: {body['detail']}", str(body["code"]))
    except (ValueError, KeyError, TypeError):
        return ClientError(f"the service answered with status {answer.status_code}")
