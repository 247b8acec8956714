"""Webhooks over HTTP and from the command line: whose they are, and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from portalis.app.api.application import create
from portalis.app.api.webhooks import MOST_OF_TENANT
from portalis.app.webhooks.sender import Sender
from portalis.workload.model.webhook import Answer, settled
from tests.app.live import ANN, Service, listening
from tests.app.receiver import Receiver, receiving, status
from tests.app.test_api import problem
from tests.app.test_remote import asked


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def made(client: httpx.Client, url: str, **more: object) -> dict[str, Any]:
    answer = client.post("/v1/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_the_secret_is_shown_once(service: Service, receiver: Receiver) -> None:
    one = made(service.ann, receiver.url, name="mine")
    assert one["secret"].startswith("whsec_")
    assert (one["tenant"], one["events"], one["schema"]) == ("ann", ["job.*"], "portalis.webhook/1")
    listed = service.ann.get("/v1/webhooks").json()
    assert listed == {"schema": "portalis.webhooks/1", "webhooks": [{**one, "secret": None}]}


def test_what_is_anothers_is_not_there(service: Service, receiver: Receiver) -> None:
    one = made(service.ann, receiver.url)
    path = f"/v1/webhooks/{one['id']}"
    assert service.bob.get("/v1/webhooks").json()["webhooks"] == []
    for method, address, body in (
        ("DELETE", path, None),
        ("POST", f"{path}/test", None),
        ("GET", f"{path}/deliveries", None),
        ("POST", f"{path}/replay", {}),
    ):
        assert problem(service.bob.request(method, address, json=body)) == "not-found"
        assert problem(service.nobody.request(method, address, json=body)) == "unauthenticated"
    mine = {"url": receiver.url}
    answer = service.bob.post("/v1/webhooks", params={"tenant": "ann"}, json=mine)
    assert problem(answer) == "not-allowed"
    (seen,) = service.operator.get("/v1/webhooks").json()["webhooks"]
    assert seen["id"] == one["id"]
    assert made(service.operator, receiver.url)["tenant"] == "default"
    assert service.operator.delete(path).status_code == 204
    assert problem(service.ann.delete(path)) == "not-found"


def test_a_trial_is_sent_at_once(service: Service, receiver: Receiver) -> None:
    one = made(service.ann, receiver.url)
    trial = service.ann.post(f"/v1/webhooks/{one['id']}/test").json()
    assert (trial["delivered"], trial["status"], trial["message"]) == (True, 204, "")
    (got,) = receiver.got
    assert got.headers["webhook-id"] == trial["id"]
    at = int(got.headers["webhook-timestamp"])
    assert at == service.context.clock.now_ms() // 1000
    message = json.loads(got.body)
    assert (message["type"], message["data"]["webhook"]) == ("webhook.test", one["id"])
    receiver.answer = lambda handler, _: status(handler, 404)
    trial = service.ann.post(f"/v1/webhooks/{one['id']}/test").json()
    assert (trial["delivered"], trial["status"]) == (False, 404)


def test_deliveries_are_listed_and_replayed(service: Service, receiver: Receiver) -> None:
    one = made(service.ann, receiver.url)
    path = f"/v1/webhooks/{one['id']}"
    job = service.submit(service.ann)
    webhooks, now_ms = service.context.webhooks, service.context.clock.now_ms()
    subscription = webhooks.subscription(one["id"])
    assert subscription is not None
    assert webhooks.read(subscription, now_ms, 10) == 1
    listed = service.ann.get(f"{path}/deliveries").json()
    assert (listed["schema"], listed["next"]) == ("portalis.deliveries/1", None)
    (found,) = listed["deliveries"]
    assert (found["job"], found["number"], found["type"]) == (job["id"], 1, "job.submitted")
    assert (found["state"], found["tries"], found["ended_at"]) == ("pending", 0, None)
    (claimed,) = webhooks.claim(now_ms, now_ms + 1, 10, 10)
    webhooks.settle([settled(claimed, Answer(410, "status 410"), now_ms, 0)])
    states = {"state": "dead"}
    (dead,) = service.ann.get(f"{path}/deliveries", params=states).json()["deliveries"]
    assert (dead["state"], dead["status"], dead["next_at"]) == ("dead", 410, None)
    assert service.ann.post(f"{path}/replay", json={}).json()["replayed"] == 1
    assert service.ann.post(f"{path}/replay", json={}).json()["replayed"] == 0
    again = {"deliveries": [dead["id"]]}
    assert service.ann.post(f"{path}/replay", json=again).json()["replayed"] == 1
    assert problem(service.ann.get(f"{path}/deliveries", params={"state": "x"})) == (
        "invalid-request"
    )


def test_deliveries_come_in_pages(service: Service, receiver: Receiver) -> None:
    one = made(service.ann, receiver.url)
    for _ in range(5):
        service.submit(service.ann)
    subscription = service.context.webhooks.subscription(one["id"])
    assert subscription is not None
    assert service.context.webhooks.read(subscription, 1, 10) == 5
    seen, cursor = [], None
    while True:
        parameters = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = service.ann.get(f"/v1/webhooks/{one['id']}/deliveries", params=parameters).json()
        seen += [each["id"] for each in page["deliveries"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "https://127.0.0.1/", "https://localhost/", "nothing", "https://"],
)
def test_addresses_that_are_refused(service: Service, url: str) -> None:
    app = create(replace(service.context, sender=Sender(total_s=2)))
    with (
        listening(app) as base_url,
        httpx.Client(base_url=base_url, headers=service.ann.headers) as client,
    ):
        assert problem(client.post("/v1/webhooks", json={"url": url})) == "address-refused"
    assert not service.context.webhooks.subscriptions(ANN)


def test_bodies_that_are_refused(service: Service, receiver: Receiver) -> None:
    wrong: list[dict[str, object]] = [
        {"events": ["job.none"]}, {"events": []}, {"colour": 1}, {"url": ""},
    ]  # fmt: skip
    for body in wrong:
        answer = service.ann.post("/v1/webhooks", json={"url": receiver.url, **body})
        assert problem(answer) == "invalid-request"
    for _ in range(MOST_OF_TENANT):
        made(service.ann, receiver.url)
    answer = service.ann.post("/v1/webhooks", json={"url": receiver.url})
    assert problem(answer) == "too-many"
    assert answer.json()["allowed"] == MOST_OF_TENANT
    made(service.bob, receiver.url)


def test_the_command_line(service: Service, receiver: Receiver, tmp_path: Path) -> None:
    ran = asked(service, tmp_path, "webhook", "add", receiver.url, "--event", "*", "--name", "ci")
    assert ran.returncode == 0, ran.stderr
    secret = ran.stdout.strip()
    webhook_id = ran.stderr.split()[1].rstrip(";")
    Webhook(secret)
    ran = asked(service, tmp_path, "webhook", "list")
    assert ran.stdout.splitlines()[1].split() == [webhook_id, "ann", "*", receiver.url, "ci"]
    assert secret not in ran.stdout
    assert asked(service, tmp_path, "webhook", "test", webhook_id).stdout == "delivered\n"
    receiver.answer = lambda handler, _: status(handler, 500)
    ran = asked(service, tmp_path, "webhook", "test", webhook_id, "--json")
    assert (ran.returncode, json.loads(ran.stdout)["status"]) == (1, 500)
    service.submit(service.ann)
    subscription = service.context.webhooks.subscription(webhook_id)
    assert subscription is not None
    service.context.webhooks.read(subscription, 1, 10)
    ran = asked(service, tmp_path, "webhook", "deliveries", webhook_id, "--json")
    found = json.loads(ran.stdout)["deliveries"]
    assert "job.submitted" in {each["type"] for each in found}
    ran = asked(service, tmp_path, "webhook", "deliveries", webhook_id)
    assert len(ran.stdout.splitlines()) == 1 + len(found)
    ran = asked(service, tmp_path, "webhook", "replay", webhook_id, found[0]["id"])
    assert (ran.returncode, ran.stdout) == (0, "1\n")
    assert asked(service, tmp_path, "webhook", "replay", webhook_id).returncode == 2
    assert asked(service, tmp_path, "webhook", "replay", webhook_id, "--dead").stdout == "0\n"
    assert asked(service, tmp_path, "webhook", "remove", webhook_id).returncode == 0
    assert asked(service, tmp_path, "webhook", "remove", webhook_id).returncode == 102
