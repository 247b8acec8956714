"""One trace a job, and lines of JSON: what is told is what the store says."""

from __future__ import annotations

import base64
import importlib
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portalis.core.ids import TenantId
from portalis.monitoring import logs, spans
from portalis.monitoring.tracer import TRIES, Tracer
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import ENDED_JOB, JobState
from tests.app.receiver import Receiver, receiving, status
from tests.contracts.conftest import wait_for

ANN = TenantId("ann")
FILES = {"a.py": b"def f(n: int) -> int:\n    return n\n", "b.py": b"print(2)\n"}
NOTHING = {"verify": "none"}


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    with open_plane(PlaneSettings(home=tmp_path, slots=2)) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        found.answer = lambda handler, _: status(handler, 200)
        yield found


def run(plane: Plane, options: dict[str, Any] = NOTHING) -> Job:
    job = plane.desk.submit(ANN, FILES, options=options).job
    ended = plane.wait(ANN, job.id, 60)
    assert ended.state in ENDED_JOB
    return ended


def told(receiver: Receiver) -> list[dict[str, Any]]:
    return [
        span
        for message in receiver.got
        for resource in json.loads(message.body)["resourceSpans"]
        for scope in resource["scopeSpans"]
        for span in scope["spans"]
    ]


def attribute(span: dict[str, Any], name: str) -> object:
    values = {each["key"]: each["value"] for each in span["attributes"]}
    return next(iter(values[f"portalis.{name}"].values()))


def test_one_trace_a_job_across_its_workers(plane: Plane, receiver: Receiver) -> None:
    with Tracer(plane.state, f"http://127.0.0.1:{receiver.port}"):
        job = run(plane)
        receiver.wait(1)
    assert [message.path for message in receiver.got] == ["/v1/traces"]
    found = told(receiver)
    assert {span["traceId"] for span in found} == {spans.trace_id(job.id)}
    by_id = {span["spanId"]: span for span in found}
    assert len(by_id) == len(found)
    roots = [span for span in found if not span["parentSpanId"]]
    assert [span["name"] for span in roots] == ["job"]
    assert attribute(roots[0], "tenant") == "ann"
    names = sorted(span["name"] for span in found)
    # The plan and two units, each run once.
    assert names == ["attempt"] * 3 + ["job"] + ["run"] * 3 + ["unit"] * 3
    for span in found:
        assert int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"])
        if span["parentSpanId"]:
            above = by_id[span["parentSpanId"]]
            assert (
                above["name"] == {"unit": "job", "attempt": "unit", "run": "attempt"}[span["name"]]
            )
            assert int(above["startTimeUnixNano"]) <= int(span["startTimeUnixNano"])
    runs = [span for span in found if span["name"] == "run"]
    assert all(attribute(span, "place") for span in runs)
    assert any("portalis.cpu_ms.translate" in str(span["attributes"]) for span in runs)


def test_opentelemetry_s_own_message_takes_it(plane: Plane, receiver: Receiver) -> None:
    with Tracer(plane.state, f"http://127.0.0.1:{receiver.port}"):
        run(plane)
        receiver.wait(1)
    body = json.loads(receiver.got[0].body)
    for scope in body["resourceSpans"][0]["scopeSpans"]:
        for span in scope["spans"]:
            # OTLP says ids in hexadecimal where other messages say bytes in base64.
            for name in ("traceId", "spanId", "parentSpanId"):
                raw = bytes.fromhex(span[name])
                assert len(raw) in ({16} if name == "traceId" else {0, 8})
                span[name] = base64.b64encode(raw).decode()
    service = importlib.import_module("opentelemetry.proto.collector.trace.v1.trace_service_pb2")
    as_json = importlib.import_module("google.protobuf.json_format")
    parsed = as_json.ParseDict(body, service.ExportTraceServiceRequest())
    assert len(parsed.resource_spans[0].scope_spans[0].spans) == 10


def test_what_is_known_is_a_unit_without_attempts(plane: Plane, receiver: Receiver) -> None:
    run(plane)
    with Tracer(plane.state, f"http://127.0.0.1:{receiver.port}/"):
        run(plane)
        receiver.wait(1)
    found = told(receiver)
    known = [each for each in found if each["name"] == "unit" and attribute(each, "from_cache")]
    assert len(known) == 2
    assert sum(each["name"] == "attempt" for each in found) == 1


def test_a_job_that_failed_is_an_error(plane: Plane, receiver: Receiver) -> None:
    with Tracer(plane.state, f"http://127.0.0.1:{receiver.port}"):
        job = run(plane, {"what": 1})
        receiver.wait(1)
    assert job.state is JobState.FAILED
    errors = {each["name"]: each["status"] for each in told(receiver)}
    assert {name: each["code"] for name, each in errors.items()} == {
        "job": 2,
        "unit": 2,
        "attempt": 2,
        "run": 1,
    }
    assert "unknown options: what" in errors["unit"]["message"]
    assert errors["attempt"]["message"] == "refused"


def test_a_receiver_that_is_away_holds_nothing_up(
    plane: Plane, caplog: pytest.LogCaptureFixture
) -> None:
    with Tracer(plane.state, "http://127.0.0.1:9", again_s=0.01):
        job = run(plane)
        wait_for(lambda: any(job.id in record.getMessage() for record in caplog.records))


def test_a_receiver_that_refuses_is_tried_a_few_times(plane: Plane, receiver: Receiver) -> None:
    receiver.answer = lambda handler, _: status(handler, 503)
    with Tracer(plane.state, f"http://127.0.0.1:{receiver.port}", again_s=0.01):
        run(plane)
        receiver.wait(TRIES)
    assert len(receiver.got) == TRIES


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers, logs.EVENTS.level
    stream = io.StringIO()
    logs.write_json(stream)
    yield stream
    root.handlers = before
    logs.EVENTS.setLevel(level)


def test_each_event_is_a_line_with_job_unit_and_tenant(plane: Plane, lines: io.StringIO) -> None:
    plane.state.on_commit(logs.log_commit)
    job = run(plane)
    # All that is in the store, in its order, once.
    events = plane.state.events(job.id)
    wait_for(lambda: lines.getvalue().count("\n") >= len(events))
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert sorted(each["number"] for each in found) == [event.number for event in events]
    assert {each["tenant"] for each in found} == {"ann"}
    assert {each["job"] for each in found} == {job.id}
    assert {each["trace_id"] for each in found} == {spans.trace_id(job.id)}
    leased = next(each for each in found if each["event"] == "unit.leased")
    assert leased["unit"].startswith(leased["job"])
    assert leased["attempt"].startswith(leased["unit"])
    assert leased["level"] == "INFO"


def test_what_else_is_logged_is_a_line_too(lines: io.StringIO) -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("somebody").exception("it failed: %s", "so")
    logs.log_commit(Changes())
    [line] = lines.getvalue().splitlines()
    found = json.loads(line)
    assert (found["logger"], found["level"]) == ("somebody", "ERROR")
    assert found["message"] == "it failed: so"
    assert "ValueError: two\nlines" in found["exception"]
