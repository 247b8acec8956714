"""Webhooks from the log of a job to a real server: signed, again until they arrive, never to
places that are nobody's business."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import json
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from standardwebhooks import Webhook, WebhookVerificationError

from portalis.app.webhooks import deliverer
from portalis.app.webhooks.addresses import RefusedError, is_public, parse
from portalis.app.webhooks.deliverer import Deliverer
from portalis.app.webhooks.messages import MAX_BODY_BYTES, body_of, headers_of, new_secret
from portalis.app.webhooks.sender import Sender
from portalis.core.clock import ManualClock, SystemClock
from portalis.core.ids import JobId, SystemBits, TenantId
from portalis.storage.objects import UrlObjects
from portalis.storage.state_sql import SqlState
from portalis.storage.webhooks import SqlWebhooks
from portalis.workload.desk import Desk
from portalis.workload.model.events import LogEvent
from portalis.workload.model.webhook import MAX_TRIES, Answer, Delivery, DeliveryState, Subscription
from tests.app.receiver import Receiver, receiving, status

ANN = TenantId("ann")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@dataclass(frozen=True)
class World:
    state: SqlState
    webhooks: SqlWebhooks
    desk: Desk
    clock: ManualClock

    def subscribe(self, url: str, *events: str) -> Subscription:
        made = Subscription(
            id=f"whk_{len(self.webhooks.subscriptions())}",
            tenant_id=ANN,
            url=url,
            secret=new_secret(),
            created_ms=1,
            events=events or ("job.*",),
        )
        self.webhooks.add(made)
        return made

    def submit(self) -> JobId:
        return self.desk.submit(ANN, {"a.py": b"print(1)\n"}).job.id

    def deliverer(self, sender: Sender | None = None) -> Deliverer:
        sender = sender or Sender(allow_private=True, total_s=2)
        return Deliverer(self.webhooks, self.state, sender, self.clock, SystemBits(), poll_s=0.02)

    def until(self, subscription: Subscription, state: DeliveryState, count: int = 1) -> Delivery:
        """The newest of so many that are in this state."""
        until = time.monotonic() + 20
        while True:
            found = self.webhooks.deliveries(subscription.id, (state,))
            if len(found) >= count:
                return found[0]
            assert time.monotonic() < until, self.webhooks.deliveries(subscription.id)
            time.sleep(0.01)

    def until_tried(self, subscription: Subscription, tries: int) -> Delivery:
        until = time.monotonic() + 20
        while True:
            found = self.webhooks.deliveries(subscription.id)
            if found and found[0].tries >= tries:
                return found[0]
            assert time.monotonic() < until, found
            time.sleep(0.01)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    url = f"sqlite:///{tmp_path}/state.db"
    state, engine = SqlState(url), sa.create_engine(url)
    # Of today, for who checks signatures; it stands still until it is told to move.
    clock = ManualClock(SystemClock().now_ms())
    desk = Desk(state, UrlObjects("memory:///"), clock, SystemBits())
    yield World(state, SqlWebhooks(engine, SystemBits()), desk, clock)
    state.close()
    engine.dispose()


def test_events_arrive_signed(world: World, receiver: Receiver) -> None:
    made = world.subscribe(receiver.url)
    job = world.submit()
    world.desk.cancel(ANN, job)
    with world.deliverer():
        receiver.wait(3)
        world.until(made, DeliveryState.DELIVERED, 3)
    assert len(receiver.got) == len(set(receiver.ids)) == 3
    seen = []
    for got in receiver.got:
        message = Webhook(made.secret).verify(got.body, got.headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(new_secret()).verify(got.body, got.headers)
        assert got.headers["content-type"] == "application/json"
        assert (message["data"]["job"], message["data"]["tenant"]) == (job, "ann")
        assert message["timestamp"] == message["data"]["at"]
        seen.append((message["data"]["number"], message["type"]))
    log = [e for e in world.desk.events(ANN, job) if e.unit_id is None]
    assert sorted(seen) == [(event.number, f"job.{event.event}") for event in log]


def test_what_failed_comes_again_under_the_same_id(world: World, receiver: Receiver) -> None:
    receiver.answer = lambda handler, r: status(handler, 500 if len(r.got) < 3 else 200)
    made = world.subscribe(receiver.url, "job.submitted")
    world.submit()
    with world.deliverer():
        for tries in (1, 2):
            assert world.until_tried(made, tries).message == "status 500"
            world.clock.advance(120_000)
        found = world.until(made, DeliveryState.DELIVERED)
    assert (found.tries, found.status) == (3, 200)
    assert receiver.ids == [found.id] * 3
    assert len({got.body for got in receiver.got}) == 1
    assert len({got.headers["webhook-timestamp"] for got in receiver.got}) == 3


def test_what_never_arrives_is_dead_and_replayed(world: World, receiver: Receiver) -> None:
    receiver.answer = lambda handler, _: status(handler, 503)
    made = world.subscribe(receiver.url, "job.submitted")
    world.submit()
    with world.deliverer():
        for tries in range(1, MAX_TRIES + 1):
            world.until_tried(made, tries)
            world.clock.advance(200 * 3_600_000)
        dead = world.until(made, DeliveryState.DEAD)
        receiver.answer = lambda handler, _: status(handler, 204)
        assert world.webhooks.replay(made.id, None, world.clock.now_ms()) == 1
        world.until(made, DeliveryState.DELIVERED)
    assert receiver.ids == [dead.id] * (MAX_TRIES + 1)


def test_who_is_gone_is_not_asked_again(world: World, receiver: Receiver) -> None:
    receiver.answer = lambda handler, _: status(handler, 410)
    made = world.subscribe(receiver.url, "job.submitted")
    world.submit()
    with world.deliverer():
        assert world.until(made, DeliveryState.DEAD).tries == 1


def test_a_deliverer_that_dies_before_it_settles_sends_again(
    world: World, receiver: Receiver
) -> None:
    made = world.subscribe(receiver.url, "job.submitted")
    world.submit()
    world.webhooks.read(made, world.clock.now_ms(), 10)
    now_ms = world.clock.now_ms()
    (taken,) = world.webhooks.claim(now_ms, now_ms + 1_000, 10, 10)
    world.clock.advance(1_000)
    with world.deliverer():
        world.until(made, DeliveryState.DELIVERED)
    assert receiver.ids == [taken.id]


def test_several_deliverers_share_the_work(world: World, receiver: Receiver) -> None:
    made = world.subscribe(receiver.url, "job.submitted")
    for _ in range(20):
        world.submit()
    with world.deliverer(), world.deliverer():
        world.until(made, DeliveryState.DELIVERED, 20)
    assert len(receiver.ids) == len(set(receiver.ids)) == 20


def test_a_message_that_cannot_be_made_holds_up_nobody(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = world.subscribe(receiver.url, "job.submitted")
    bad, *_ = [world.submit() for _ in range(4)]

    def picky(event: LogEvent) -> str:
        if event.job_id == bad:
            raise TypeError("an event that makes no sense")
        return body_of(event)

    monkeypatch.setattr(deliverer, "body_of", picky)
    with world.deliverer():
        world.until(made, DeliveryState.DELIVERED, 3)
        (left,) = world.webhooks.deliveries(made.id, (DeliveryState.PENDING,))
    assert (left.job_id, left.tries) == (bad, 1)
    assert "makes no sense" in left.message


def test_a_subscription_that_cannot_be_read_holds_up_nobody(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = world.subscribe(receiver.url, "job.submitted")
    made = world.subscribe(receiver.url, "job.submitted")
    read = world.webhooks.read

    def picky(subscription: Subscription, now_ms: int, limit: int) -> int:
        if subscription.id == bad.id:
            raise TypeError("a row that makes no sense")
        return read(subscription, now_ms, limit)

    monkeypatch.setattr(world.webhooks, "read", picky)
    world.submit()
    with world.deliverer():
        world.until(made, DeliveryState.DELIVERED, 1)


def test_a_slow_receiver_holds_up_nobody(world: World, receiver: Receiver) -> None:
    def slow(handler: BaseHTTPRequestHandler, _: Receiver) -> None:
        time.sleep(8.0)
        status(handler, 204)

    with receiving() as other:
        other.answer = slow
        world.subscribe(other.url)
        quick = world.subscribe(receiver.url)
        for _ in range(5):
            world.submit()
        started = time.monotonic()
        with world.deliverer(Sender(allow_private=True, total_s=10)):
            world.until(quick, DeliveryState.DELIVERED, 5)
            assert time.monotonic() - started < 6.0


def _sent(sender: Sender, url: str) -> Answer:
    made = Subscription(id="whk_1", tenant_id=ANN, url=url, secret=new_secret(), created_ms=1)
    return asyncio.run(sender.send(made, "msg_1", "{}", 1_000))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "192.168.1.1", "172.16.0.1",
        "169.254.169.254", "100.64.0.1", "[::1]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255", "0x7f000001",
        "2130706433", "127.1",
    ],
)  # fmt: skip
def test_nothing_is_sent_to_private_addresses(receiver: Receiver, host: str) -> None:
    answer = _sent(Sender(total_s=5), f"https://{host}:{receiver.port}/hook")
    assert answer.status is None
    assert answer.message
    assert not receiver.got


def test_one_private_address_of_many_is_enough(receiver: Receiver) -> None:
    async def resolver(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14", "127.0.0.1"]

    answer = _sent(Sender(resolver=resolver), f"https://two.example:{receiver.port}/")
    assert answer == Answer(None, "two.example is not a public address")


def test_the_name_is_resolved_once_and_that_address_is_connected_to(receiver: Receiver) -> None:
    asked = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    url = f"http://hooks.example:{receiver.port}/a?b=c"
    assert _sent(Sender(allow_private=True, resolver=resolver), url) == Answer(204)
    assert asked == [("hooks.example", receiver.port)]
    (got,) = receiver.got
    assert (got.path, got.headers["host"]) == ("/a?b=c", f"hooks.example:{receiver.port}")


def test_another_address_is_tried_where_one_does_not_answer(receiver: Receiver) -> None:
    async def resolver(_host: str, _port: int) -> list[str]:
        return ["::1", "127.0.0.1"]

    sender = Sender(allow_private=True, resolver=resolver)
    assert _sent(sender, f"http://both.example:{receiver.port}/").is_good


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    receiver.answer = lambda handler, r: status(handler, 307, Location=f"{r.url}/elsewhere")
    answer = _sent(Sender(allow_private=True), receiver.url)
    assert answer == Answer(307, "status 307: redirects are not followed")
    assert len(receiver.got) == 1


def test_a_try_is_bounded_in_time(receiver: Receiver) -> None:
    def drip(handler: BaseHTTPRequestHandler, _: Receiver) -> None:
        for _byte in range(100):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.1)

    receiver.answer = drip
    started = time.monotonic()
    answer = _sent(Sender(allow_private=True, total_s=0.5), receiver.url)
    assert answer == Answer(None, "no answer within 0.5 s")
    assert time.monotonic() - started < 2


def test_of_an_answer_only_the_status_is_read(receiver: Receiver) -> None:
    written = 0

    def endless(handler: BaseHTTPRequestHandler, _: Receiver) -> None:
        nonlocal written
        handler.send_response(200)
        handler.end_headers()
        while True:
            written += handler.wfile.write(b"x" * 65_536)

    receiver.answer = endless
    assert _sent(Sender(allow_private=True), receiver.url) == Answer(200)
    assert written < 50_000_000


def test_bodies_are_bounded() -> None:
    event = LogEvent(
        job_id=JobId("job_1"),
        tenant_id=ANN,
        number=3,
        at_ms=1,
        event="submitted",
        state="queued",
        detail={"name": "ü" * MAX_BODY_BYTES},
    )
    body = body_of(event)
    assert len(body.encode()) < 1_000
    assert json.loads(body)["data"]["detail"] == {"left_out": True}


def test_the_signature_is_of_id_time_and_body() -> None:
    secret = new_secret()
    one = headers_of(secret, "msg_1", "{}", 1_700_000_000_999)
    assert one["webhook-timestamp"] == "1700000000"
    for other in (("msg_2", "{}", 1_700_000_000_000), ("msg_1", "{ }", 1_700_000_000_000)):
        assert headers_of(secret, *other)["webhook-signature"] != one["webhook-signature"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/", "ftp://example.com/", "https://", "example.com", "https://a:b@c.de/",
        "https://example.com/#part", "https://example.com:99999/", f"https://e.com/{'a' * 2_000}",
        "https://example.com/\n", "javascript:1", "",
    ],
)  # fmt: skip
def test_urls_that_are_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        parse(url, allow_private=False)


def test_public_addresses_are_public() -> None:
    for address in ("93.184.215.14", "2606:4700:4700::1111", "64:ff9b::5db8:d70e"):
        assert is_public(address)


def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server of this name presents, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.9"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "pem").write_bytes(pem + secret)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "pem")
    client = ssl.create_default_context(cadata=pem.decode())
    return server, client


def test_a_certificate_is_of_the_name_not_of_the_address(tmp_path: Path) -> None:
    async def resolver(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    server, trusted = _certificate(tmp_path, "hooks.example")
    with receiving(server) as receiver:
        sender = Sender(allow_private=True, resolver=resolver, trusted=trusted)
        assert _sent(sender, f"https://hooks.example:{receiver.port}/").is_good
        answer = _sent(sender, f"https://other.example:{receiver.port}/")
        assert answer.status is None
        assert "certificate" in answer.message.lower()
        untrusting = Sender(allow_private=True, resolver=resolver)
        assert _sent(untrusting, f"https://hooks.example:{receiver.port}/").status is None
        assert len(receiver.got) == 1
