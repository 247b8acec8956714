"""The API over a real store, without a controller: who may see and do what, and how it is said."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from portalis.app.access import issue
from portalis.app.api.application import create, document
from portalis.app.problems import MEDIA_TYPE, ROWS
from portalis.core.clock import ManualClock
from portalis.core.ids import JobId
from portalis.resource.policy_file import parse
from portalis.workload.control import jobs as verbs
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.desk import Desk
from portalis.workload.model.job import Priority
from portalis.workload.model.snapshot import Decisions, Wait, WaitReason
from portalis.workload.ports import Unavailable
from tests.app.live import ANN, SOURCES, ZIP, Service, archive, listening

ROOT = Path(__file__).parents[2]


@contextmanager
def changed(service: Service, **parts: object) -> Iterator[httpx.Client]:
    """Ann, where parts of the service are others."""
    app = create(replace(service.context, **parts))  # type: ignore[arg-type]
    with (
        listening(app) as url,
        httpx.Client(base_url=url, headers=service.ann.headers) as client,
    ):
        yield client


def problem(answer: httpx.Response) -> str:
    """The code of a problem, of which the form is checked."""
    assert answer.headers["content-type"] == MEDIA_TYPE
    body = answer.json()
    row = ROWS[body["code"]]
    assert body["status"] == answer.status_code == row.status
    assert body["type"] == f"/v1/problems/{row.code}"
    assert body["title"] == row.title
    assert body["instance"].startswith("/")
    assert body.keys() - set(row.fields) == {
        "type", "title", "status", "detail", "instance", "code",
    }  # fmt: skip
    return row.code


def test_a_job_is_made_shown_and_listed(service: Service) -> None:
    made = service.submit(service.ann, name="first", priority="interactive", verify="none")
    assert made["schema"] == "portalis.job/1"
    assert (made["tenant"], made["state"], made["name"]) == ("ann", "queued", "first")
    assert made["options"] == {"verify": "none", "kind": "auto", "name": "first"}
    assert (made["files"], made["units"], made["progress"]) == (2, {"ready": 1}, 0.0)
    assert made["created_at"] == "2027-01-15T08:00:00.000Z"
    assert service.ann.get(f"/v1/jobs/{made['id']}").json() == made
    assert service.ann.get("/v1/jobs").json() == {
        "schema": "portalis.jobs/1", "jobs": [made], "next": None,
    }  # fmt: skip


@pytest.mark.parametrize("media", ["application/zip", "application/json"])
def test_the_same_files_are_the_same_sources(service: Service, media: str) -> None:
    body = {
        "application/zip": archive(),
        "application/json": json.dumps(
            {"files": {name: text.decode() for name, text in SOURCES.items()}}
        ).encode(),
    }[media]
    answer = service.ann.post("/v1/jobs", content=body, headers={"Content-Type": media})
    job = service.context.state.job(JobId(answer.json()["id"]))
    made = service.context.state.job(JobId(service.submit(service.ann)["id"]))
    assert job is not None
    assert made is not None
    assert job.sources == made.sources


def test_nobody_gets_in_without_a_token(service: Service) -> None:
    for path in ("/v1/jobs", "/v1/jobs/job_1", "/v1/jobs/job_1/results", "/v1/tokens"):
        answer = service.nobody.get(path)
        assert problem(answer) == "unauthenticated"
        assert answer.headers["www-authenticate"] == "Bearer"
    wrong = service.nobody.get("/v1/jobs", headers={"Authorization": "Bearer tok_1.x"})
    assert problem(wrong) == "unauthenticated"


def test_a_token_that_is_over(service: Service) -> None:
    """The answer says so, in the words of an unknown one."""
    context = service.context
    now_ms = context.clock.now_ms()
    text = issue(context.tokens, now_ms, ANN, expires_ms=now_ms).text
    answer = service.nobody.get("/v1/jobs", headers={"Authorization": f"Bearer {text}"})
    assert (answer.status_code, problem(answer)) == (401, "unauthenticated")
    assert answer.json()["detail"] == "the token is unknown, revoked or over"


def test_every_address_but_the_services_own_needs_a_token(service: Service) -> None:
    for path, verbs_of in service.nobody.get("/openapi.json").json()["paths"].items():
        for verb in verbs_of:
            answer = service.nobody.request(verb.upper(), path.replace("{", "").replace("}", ""))
            expected = (200, 404) if path in ("/v1/health", "/v1/problems/{code}") else (401,)
            assert answer.status_code in expected, (verb, path)


def test_another_tenants_job_is_not_there(service: Service) -> None:
    job_id = service.submit(service.ann)["id"]
    asked = [("GET", tail) for tail in ("", "/units", "/events", "/stream", "/explain", "/results")]
    for verb, tail in [*asked, ("POST", "/cancel"), ("POST", "/retry")]:
        theirs = service.bob.request(verb, f"/v1/jobs/{job_id}{tail}")
        nobodys = service.bob.request(verb, f"/v1/jobs/job_nobodys{tail}")
        assert problem(theirs) == "not-found"
        told = theirs.text.replace(job_id, "X")
        assert told == nobodys.text.replace("job_nobodys", "X")
    assert service.bob.get("/v1/jobs").json()["jobs"] == []
    assert service.bob.get("/v1/jobs", params={"cursor": "job_zzz"}).json()["jobs"] == []
    assert problem(service.bob.get("/v1/jobs", params={"tenant": "ann"})) == "not-allowed"
    answer = service.bob.post("/v1/jobs?tenant=ann", content=archive(), headers=ZIP)
    assert problem(answer) == "not-allowed"
    assert service.ann.get(f"/v1/jobs/{job_id}").json()["state"] == "queued"


def test_an_operator_acts_for_anybody(service: Service) -> None:
    job_id = service.submit(service.operator, tenant="ann")["id"]
    assert service.ann.get(f"/v1/jobs/{job_id}").json()["tenant"] == "ann"
    own = service.submit(service.operator)
    assert own["tenant"] == "default"
    listed = service.operator.get("/v1/jobs").json()["jobs"]
    assert {job["id"] for job in listed} == {job_id, own["id"]}
    listed = service.operator.get("/v1/jobs?tenant=ann").json()["jobs"]
    assert [job["id"] for job in listed] == [job_id]
    assert service.operator.post(f"/v1/jobs/{job_id}/cancel").json()["state"] == "cancelled"


def test_a_key_makes_one_job(service: Service) -> None:
    headers = {**ZIP, "Idempotency-Key": "k1"}
    first = service.ann.post("/v1/jobs", content=archive(), headers=headers)
    again = service.ann.post("/v1/jobs", content=archive(), headers=headers)
    assert first.json() == again.json()
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    other = service.ann.post("/v1/jobs?verify=none", content=archive(), headers=headers)
    assert problem(other) == "key-reused"
    theirs = service.bob.post("/v1/jobs?verify=none", content=archive(), headers=headers)
    assert theirs.status_code == 201
    assert len(service.ann.get("/v1/jobs").json()["jobs"]) == 1


def test_a_key_makes_one_job_of_many_at_once(service: Service) -> None:
    headers = {**ZIP, "Idempotency-Key": "k1"}
    found: list[str] = []

    def send() -> None:
        answer = service.ann.post("/v1/jobs", content=archive(), headers=headers)
        found.append(answer.json()["id"])

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_pages_join_to_the_whole(service: Service) -> None:
    made = [service.submit(service.ann)["id"] for _ in range(5)]
    assert isinstance(service.context.clock, ManualClock)
    service.context.clock.advance(1)
    made.append(service.submit(service.ann)["id"])
    for limit in (1, 2, 3, 6, 10):
        found: list[str] = []
        cursor = None
        while True:
            parameters = {"limit": limit, **({"cursor": cursor} if cursor else {})}
            page = service.ann.get("/v1/jobs", params=parameters).json()
            assert len(page["jobs"]) <= limit
            found += [job["id"] for job in page["jobs"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert found == sorted(made, reverse=True)


def test_states_filter(service: Service) -> None:
    first, second = (service.submit(service.ann)["id"] for _ in range(2))
    service.ann.post(f"/v1/jobs/{first}/cancel")
    listed = service.ann.get("/v1/jobs", params={"state": ["cancelled", "done"]}).json()["jobs"]
    assert [job["id"] for job in listed] == [first]
    listed = service.ann.get("/v1/jobs", params={"state": "queued"}).json()["jobs"]
    assert [job["id"] for job in listed] == [second]


def test_cancel_and_retry(service: Service) -> None:
    job_id = service.submit(service.ann)["id"]
    assert problem(service.ann.post(f"/v1/jobs/{job_id}/retry")) == "wrong-state"
    for _ in range(2):
        assert service.ann.post(f"/v1/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    assert problem(service.ann.get(f"/v1/jobs/{job_id}/results")) == "no-results"
    again = service.ann.post(f"/v1/jobs/{job_id}/retry").json()
    assert (again["state"], again["units"]) == ("queued", {"ready": 1})


def test_units_and_events_in_pages(service: Service) -> None:
    job_id = service.submit(service.ann)["id"]
    service.ann.post(f"/v1/jobs/{job_id}/cancel")
    units = service.ann.get(f"/v1/jobs/{job_id}/units").json()
    assert [(unit["number"], unit["kind"], unit["state"]) for unit in units["units"]] == [
        (0, "plan", "dropped")
    ]
    assert service.ann.get(f"/v1/jobs/{job_id}/units?after=0").json()["units"] == []
    assert service.ann.get(f"/v1/jobs/{job_id}/units?state=done").json()["units"] == []
    events = service.ann.get(f"/v1/jobs/{job_id}/events").json()["events"]
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["event"] == "submitted"
    first = service.ann.get(f"/v1/jobs/{job_id}/events?limit=2").json()
    assert (first["events"], first["next"]) == (events[:2], 2)
    rest = service.ann.get(f"/v1/jobs/{job_id}/events?after=2").json()
    assert (rest["events"], rest["next"]) == (events[2:], None)


def messages(text: str) -> list[tuple[int, str, dict[str, Any]]]:
    """Server-sent events: id, event, data."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "data" in fields:
            found.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def test_a_stream_follows_to_the_end_and_resumes(service: Service) -> None:
    job_id = service.submit(service.ann)["id"]
    cancelling = threading.Timer(0.1, service.ann.post, (f"/v1/jobs/{job_id}/cancel",))
    cancelling.start()
    answer = service.ann.get(f"/v1/jobs/{job_id}/stream")
    cancelling.join()
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = messages(answer.text)
    events = service.ann.get(f"/v1/jobs/{job_id}/events").json()["events"]
    assert [data for _, _, data in found] == events
    assert [(number, name) for number, name, _ in found] == [
        (event["number"], event["event"]) for event in events
    ]
    for seen in range(len(events)):
        resumed = service.ann.get(f"/v1/jobs/{job_id}/stream", headers={"Last-Event-ID": str(seen)})
        assert messages(resumed.text) == found[seen:]
    # What a browser needs to hear to stop asking.
    last = {"Last-Event-ID": str(len(events))}
    assert service.ann.get(f"/v1/jobs/{job_id}/stream", headers=last).status_code == 204


def test_a_stream_ends_with_the_service(service: Service) -> None:
    job_id = service.submit(service.ann)["id"]
    stopping = threading.Timer(0.1, service.context.stopping.set)
    stopping.start()
    answer = service.ann.get(f"/v1/jobs/{job_id}/stream")
    stopping.join()
    assert len(messages(answer.text)) == service.ann.get(f"/v1/jobs/{job_id}").json()["last_event"]


def test_a_full_queue_is_answered_with_429_and_when_to_come_again(service: Service) -> None:
    limits = Limits(policy=parse("priority_queues: {batch: {max_queue_size: 1}}", "policy"))
    had = service.context
    desk = Desk(had.state, had.objects, had.clock, had.bits, limits)
    with changed(service, desk=desk) as client:
        assert client.post("/v1/jobs", content=archive(), headers=ZIP).status_code == 201
        answer = client.post("/v1/jobs", content=archive(), headers=ZIP)
        assert problem(answer) == "queue-full"
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
        assert "the queue batch has 1 jobs" in answer.json()["detail"]
        assert answer.json()["detail"].endswith("; try again in 5 s")
        urgent = client.post("/v1/jobs?priority=interactive", content=archive(), headers=ZIP)
        assert urgent.json()["size"] == "tiny"


def test_explain_says_what_the_scheduler_said(service: Service) -> None:
    job_id = service.submit(service.ann)["id"]
    waits = (
        Wait(job_id=JobId(job_id), units=3, reason=WaitReason.CAPACITY, text="all are busy"),
        Wait(job_id=JobId("job_other"), units=1, reason=WaitReason.QUOTA, text="no"),
    )
    with changed(service, decided=lambda: Decisions(waits=waits)) as client:
        answer = client.get(f"/v1/jobs/{job_id}/explain").json()
    assert answer == {
        "schema": "portalis.explanation/1",
        "job": job_id,
        "state": "queued",
        "units": {"ready": 1},
        "waits": [{"units": 3, "reason": "capacity", "text": "all are busy"}],
        "failures": [],
    }


def test_explain_says_what_is_before_a_job_that_the_scheduler_does_not_look_at(
    service: Service,
) -> None:
    first, _, last = sorted(service.submit(service.ann)["id"] for _ in range(3))
    service.submit(service.bob)
    text = "the window of 4 places is full"
    seen = Wait(job_id=JobId(first), units=1, reason=WaitReason.CAPACITY, text=text)
    with changed(service, decided=lambda: Decisions(waits=(seen,))) as client:
        (wait,) = client.get(f"/v1/jobs/{last}/explain").json()["waits"]
    assert wait == {
        "units": 1,
        "reason": "capacity",
        "text": f"2 older batch jobs go first, and of them {text}",
    }
    with changed(service, decided=Decisions) as client:
        (wait,) = client.get(f"/v1/jobs/{first}/explain").json()["waits"]
    assert wait["text"] == "the scheduler has not looked at it yet"


@pytest.mark.parametrize(
    ("body", "media", "code"),
    [
        (archive(), "text/plain", "unsupported-media-type"),
        (archive(), "", "unsupported-media-type"),
        (b"hello", "application/zip", "archive-refused"),
        (b"hello", "application/gzip", "archive-refused"),
        (b"hello", "application/x-tar", "archive-refused"),
        (b"hello", "application/json", "invalid-request"),
        (b'{"files": {"a.py": 1}}', "application/json", "invalid-request"),
        (b'{"files": {}, "colour": 1}', "application/json", "invalid-request"),
        (b'{"files": {"../a.py": ""}}', "application/json", "archive-refused"),
        (b'{"files": {"a.txt": ""}}', "application/json", "no-sources"),
        (archive(**{"README.md": b""}), "application/zip", "no-sources"),
        (b"0" * 100_001, "application/zip", "too-large"),
        (archive(**{f"{n}.py": b"" for n in range(6)}), "application/zip", "too-large"),
    ],
)
def test_uploads_that_are_refused(service: Service, body: bytes, media: str, code: str) -> None:
    answer = service.ann.post("/v1/jobs", content=body, headers={"Content-Type": media})
    assert problem(answer) == code
    assert service.ann.get("/v1/jobs").json()["jobs"] == []


@pytest.mark.parametrize(
    ("verb", "path", "code"),
    [
        ("GET", "/v1/jobs?limit=0", "invalid-request"),
        ("GET", "/v1/jobs?state=happy", "invalid-request"),
        ("GET", "/v1/jobs/job_1/nothing", "not-found"),
        ("GET", "/nowhere", "not-found"),
        ("PUT", "/v1/jobs", "method-not-allowed"),
        ("GET", "/v1/problems/none", "not-found"),
        ("POST", "/v1/jobs?priority=high", "invalid-request"),
        ("POST", "/v1/jobs?tenant=..%2Fann", "invalid-request"),
    ],
)
def test_wrong_requests(service: Service, verb: str, path: str, code: str) -> None:
    assert problem(service.ann.request(verb, path, headers=ZIP)) == code


def test_tokens_are_made_listed_and_revoked_by_operators(service: Service) -> None:
    made = service.operator.post("/v1/tokens", json={"tenant": "cid", "name": "ci", "days": 1})
    assert made.status_code == 201
    text, token_id = made.json()["token"], made.json()["id"]
    cid = {"Authorization": f"Bearer {text}"}
    assert service.nobody.get("/v1/jobs", headers=cid).status_code == 200
    listed = service.operator.get("/v1/tokens?tenant=cid").json()["tokens"]
    assert [(token["id"], token["name"], token["token"]) for token in listed] == [
        (token_id, "ci", None)
    ]
    assert text.partition(".")[2] not in service.operator.get("/v1/tokens").text
    for verb, path in (("GET", "/v1/tokens"), ("DELETE", f"/v1/tokens/{token_id}")):
        assert problem(service.ann.request(verb, path)) == "not-allowed"
    assert problem(service.ann.post("/v1/tokens", json={"tenant": "ann"})) == "not-allowed"
    assert service.operator.delete(f"/v1/tokens/{token_id}").status_code == 204
    assert problem(service.nobody.get("/v1/jobs", headers=cid)) == "unauthenticated"
    assert problem(service.operator.delete("/v1/tokens/tok_none")) == "not-found"


def test_a_token_ends(service: Service) -> None:
    made = service.operator.post("/v1/tokens", json={"tenant": "cid", "days": 1}).json()
    assert isinstance(service.context.clock, ManualClock)
    service.context.clock.advance(86_400_000)
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert problem(service.nobody.get("/v1/jobs", headers=headers)) == "unauthenticated"


def test_health_needs_no_token(service: Service) -> None:
    assert service.nobody.get("/v1/health").json()["status"] == "ok"


def test_every_problem_explains_itself(service: Service) -> None:
    for code in ROWS:
        told = service.nobody.get(f"/v1/problems/{code}").json()
        assert (told["code"], told["status"]) == (code, ROWS[code].status)


class Silent:
    """A store that is away."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        def ask(*_: object) -> None:
            raise Unavailable(name)

        return ask


def test_a_store_that_does_not_answer(service: Service) -> None:
    with changed(service, state=Silent()) as client:
        answer = client.get("/v1/health")
    assert problem(answer) == "unavailable"
    assert answer.headers["retry-after"] == "1"


def test_a_fault_of_ours_is_a_problem_too(service: Service) -> None:
    def broken() -> Decisions:
        raise RuntimeError("secret detail")

    job_id = service.submit(service.ann)["id"]
    with changed(service, decided=broken) as client:
        answer = client.get(f"/v1/jobs/{job_id}/explain")
    assert problem(answer) == "internal"
    assert "secret detail" not in answer.text


def test_answers_have_the_form_that_is_published(service: Service) -> None:
    """Each answer against the schema of its own operation."""
    job_id = service.submit(service.ann)["id"]
    document = service.ann.get("/openapi.json").json()
    checked = 0
    for path in ("", "/{job_id}", "/{job_id}/units", "/{job_id}/events", "/{job_id}/explain"):
        operation = document["paths"][f"/v1/jobs{path}"]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        answer = service.ann.get(f"/v1/jobs{path}".replace("{job_id}", job_id)).json()
        jsonschema.validate(answer, {**schema, "components": document["components"]})
        checked += 1
    assert checked == 5


def test_a_draft_of_the_desk_is_seen(service: Service) -> None:
    """Reads come from the store, whoever wrote."""
    draft = Draft(1_800_000_000_000)
    job_id = JobId("job_by_hand")
    asked = verbs.Submission(tenant_id=ANN, priority=Priority.BATCH, sources="x")
    verbs.submit(draft, job_id, asked)
    service.context.state.commit(draft.changes())
    assert service.ann.get("/v1/jobs/job_by_hand").json()["id"] == job_id


def test_the_description_is_the_published_one() -> None:
    """A change of the API is a change of this file: `make docs` writes it."""
    published = (ROOT / "docs" / "openapi.json").read_text("utf-8")
    assert json.loads(published) == json.loads(document())


def test_every_operation_is_described() -> None:
    for path, operations in json.loads(document())["paths"].items():
        for verb, operation in operations.items():
            assert operation["description"], (verb, path)
            assert "default" in operation["responses"], (verb, path)
            assert operation["tags"], (verb, path)


def test_storage_is_for_operators(service: Service) -> None:
    service.submit(service.ann)
    for client in (service.ann, service.bob):
        assert problem(client.get("/v1/storage")) == "not-allowed"
        assert problem(client.post("/v1/storage/gc")) == "not-allowed"
    found = service.operator.get("/v1/storage").json()
    assert found["schema"] == "portalis.storage/1"
    (tenant,) = found["tenants"]
    assert (tenant["tenant"], tenant["kinds"]["sources"]["objects"]) == ("ann", 1)
    assert found["total"] == tenant["kinds"]["sources"]
    service.context.objects.put("tenants/x/results/1", b"12")
    # The service's clock is of 2027; the object is old by then.
    for dry_run, put_aside, deleted in (("true", 1, 0), ("false", 1, 0), ("false", 0, 1)):
        answer = service.operator.post("/v1/storage/gc", params={"dry_run": dry_run}).json()
        assert answer["dry_run"] == (dry_run == "true")
        assert (answer["put_aside"]["objects"], answer["deleted"]["objects"]) == (
            put_aside,
            deleted,
        )
    assert service.operator.get("/v1/storage").json()["aside"] == {"objects": 0, "bytes": 0}
    answer = service.operator.post("/v1/storage/gc", params={"grace_hours": "0.5"})
    assert problem(answer) == "invalid-request"


def test_the_cache_is_for_operators(service: Service) -> None:
    assert problem(service.ann.get("/v1/cache")) == "not-allowed"
    assert service.operator.get("/v1/cache").json() == {
        "schema": "portalis.cache/1",
        "hits": 3,
        "misses": 1,
        "saved_s": 1.5,
        "entries": 0,
        "bytes": 0,
    }


def test_sharing_is_asked_for(service: Service) -> None:
    assert "share_cache" not in service.submit(service.ann)["options"]
    assert service.submit(service.ann, share_cache="true")["options"]["share_cache"] is True
