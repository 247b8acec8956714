"""The contract of `Webhooks`, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from portalis.core.clock import ManualClock
from portalis.core.ids import JobId, SystemBits, TenantId
from portalis.storage.objects import UrlObjects
from portalis.storage.state_sql import SqlState, driven
from portalis.storage.webhooks import SqlWebhooks
from portalis.workload.desk import Desk
from portalis.workload.model.webhook import (
    MAX_TRIES,
    Answer,
    Delivery,
    DeliveryState,
    Subscription,
    delay_ms,
    settled,
)
from portalis.workload.ports import Conflict, Unavailable

ANN, BOB = TenantId("ann"), TenantId("bob")
GOOD, BAD = Answer(204), Answer(500, "status 500")


@dataclass(frozen=True)
class World:
    webhooks: SqlWebhooks
    desk: Desk
    clock: ManualClock

    def submit(self, tenant_id: TenantId = ANN) -> JobId:
        return self.desk.submit(tenant_id, {"a.py": b"print(1)\n"}).job.id

    def read(self, subscription: Subscription, limit: int = 100) -> list[tuple[JobId, int, str]]:
        """All there is, in pieces; what became deliveries, in the order of the numbers."""
        while self.webhooks.read(subscription, self.clock.now_ms(), limit):
            continue
        found = self.webhooks.deliveries(subscription.id)
        return sorted((each.job_id, each.number, each.type) for each in found)

    def claim(self, span_ms: int = 1_000) -> list[Delivery]:
        now_ms = self.clock.now_ms()
        return list(self.webhooks.claim(now_ms, now_ms + span_ms, 100, 100))

    def only(self, subscription: Subscription) -> Delivery:
        (found,) = self.webhooks.deliveries(subscription.id)
        return found


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url = f"sqlite:///{tmp_path}/state.db"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
    state, engine = SqlState(url), sa.create_engine(driven(url))
    clock, bits = ManualClock(1_000), SystemBits()
    yield World(
        SqlWebhooks(engine, bits), Desk(state, UrlObjects("memory:///"), clock, bits), clock
    )
    state.close()
    engine.dispose()


def made(number: int = 1, tenant_id: TenantId = ANN, *events: str) -> Subscription:
    return Subscription(
        id=f"whk_{number}",
        tenant_id=tenant_id,
        url=f"https://example.com/{number}",
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        created_ms=1,
        events=events or ("job.*",),
        name="mine",
    )


def test_what_was_added_is_found_listed_and_removed(world: World) -> None:
    for each in (made(2, BOB), made(1)):
        world.webhooks.add(each)
    assert world.webhooks.subscription("whk_1") == made(1)
    assert world.webhooks.subscription("whk_3") is None
    assert list(world.webhooks.subscriptions()) == [made(1), made(2, BOB)]
    assert list(world.webhooks.subscriptions(BOB)) == [made(2, BOB)]
    with pytest.raises(Conflict):
        world.webhooks.add(made(1, BOB))
    assert world.webhooks.remove("whk_1")
    assert not world.webhooks.remove("whk_1")
    assert world.webhooks.subscription("whk_1") is None


def test_it_hears_of_its_tenants_jobs_from_now_on_and_once(world: World) -> None:
    before = world.submit()
    world.webhooks.add(made())
    world.submit(BOB)
    after = world.submit()
    expected = [(after, 1, "job.submitted")]
    assert world.read(made()) == expected
    assert world.read(made()) == expected
    world.desk.cancel(ANN, before)
    found = world.read(made())
    assert [each for each in found if each[0] == after] == expected
    assert [kind for job, _, kind in found if job == before] == [
        "job.cancel_asked",
        "job.units_stopped",
    ]


def test_it_gets_what_it_asked_for(world: World) -> None:
    for number, events in enumerate([("unit.*",), ("*",), ("job.submitted", "unit.stop_asked")]):
        world.webhooks.add(made(number, ANN, *events))
    job = world.submit()
    world.desk.cancel(ANN, job)
    log = world.desk.events(ANN, job)
    everything = [(e.job_id, e.number, f"{'unit' if e.unit_id else 'job'}.{e.event}") for e in log]
    assert world.read(made(1, ANN, "*")) == everything
    assert world.read(made(0, ANN, "unit.*")) == [e for e in everything if e[2][0] == "u"]
    some = ("job.submitted", "unit.stop_asked")
    assert world.read(made(2, ANN, *some)) == [e for e in everything if e[2] in some]


def test_a_log_is_read_in_pieces(world: World) -> None:
    world.webhooks.add(made(1, ANN, "*"))
    jobs = [world.submit() for _ in range(3)]
    for job in jobs:
        world.desk.cancel(ANN, job)
    count = sum(len(world.desk.events(ANN, job)) for job in jobs)
    assert len(world.read(made(1, ANN, "*"), limit=2)) == count > 6


def test_what_is_claimed_is_not_given_again_before_its_time(world: World) -> None:
    world.webhooks.add(made())
    world.submit()
    world.read(made())
    (delivery,) = world.claim()
    assert not world.claim()
    world.clock.advance(1_000)
    assert [each.id for each in world.claim()] == [delivery.id]


def test_no_tenant_takes_the_place_of_another(world: World) -> None:
    for number, tenant in enumerate((ANN, BOB)):
        world.webhooks.add(made(number, tenant))
        for _ in range(3):
            world.submit(tenant)
        world.read(made(number, tenant))
        world.clock.advance(1)
    tenants = [each.tenant_id for each in world.webhooks.claim(2_000, 3_000, 100, 2)]
    assert tenants == [ANN, ANN, BOB, BOB]
    assert [e.tenant_id for e in world.webhooks.claim(2_000, 3_000, 100, 2, {ANN})] == [BOB]
    assert len(world.webhooks.claim(3_000, 4_000, 1, 100)) == 1


def test_tries_back_off_and_end(world: World) -> None:
    world.webhooks.add(made())
    world.submit()
    world.read(made())
    first = world.only(made())
    for tries in range(1, MAX_TRIES + 1):
        (delivery,) = world.claim()
        assert (delivery.id, delivery.tries) == (first.id, tries - 1)
        now_ms = world.clock.now_ms()
        world.webhooks.settle([settled(delivery, BAD, now_ms, jitter=0)])
        left = world.only(made())
        if tries < MAX_TRIES:
            assert left.state is DeliveryState.PENDING
            assert left.due_ms == now_ms + delay_ms(tries, 0)
            world.clock.advance(left.due_ms - now_ms - 1)
            assert not world.claim()
            world.clock.advance(1)
    assert (left.state, left.tries, left.status) == (DeliveryState.DEAD, MAX_TRIES, 500)
    assert not world.claim()


def test_the_dead_are_replayed_under_their_ids(world: World) -> None:
    world.webhooks.add(made())
    world.submit()
    world.read(made())
    (delivery,) = world.claim()
    world.webhooks.settle([settled(delivery, Answer(410, "gone"), world.clock.now_ms(), 0)])
    assert world.only(made()).state is DeliveryState.DEAD
    assert world.webhooks.replay("whk_none", None, world.clock.now_ms()) == 0
    assert world.webhooks.replay("whk_1", None, world.clock.now_ms()) == 1
    assert world.webhooks.replay("whk_1", None, world.clock.now_ms()) == 0
    (again,) = world.claim()
    assert (again.id, again.tries) == (delivery.id, 0)
    world.webhooks.settle([settled(again, GOOD, world.clock.now_ms(), 0)])
    found = world.only(made())
    assert (found.state, found.status, found.tries) == (DeliveryState.DELIVERED, 204, 1)
    assert world.webhooks.replay("whk_1", [delivery.id], world.clock.now_ms()) == 1
    assert world.webhooks.replay("whk_1", ["msg_none"], world.clock.now_ms()) == 0
    assert [each.id for each in world.claim()] == [delivery.id]


def test_a_try_that_another_has_counted_is_void(world: World) -> None:
    world.webhooks.add(made())
    world.submit()
    world.read(made())
    (slow,) = world.claim()
    world.clock.advance(1_000)
    (quick,) = world.claim()
    world.webhooks.settle([settled(quick, GOOD, world.clock.now_ms(), 0)])
    world.webhooks.settle([settled(slow, BAD, world.clock.now_ms(), 0)])
    assert world.only(made()).state is DeliveryState.DELIVERED


def test_lists_page_and_select(world: World) -> None:
    world.webhooks.add(made())
    for _ in range(3):
        world.clock.advance(1)
        world.submit()
        world.read(made())
    ids = [each.id for each in world.webhooks.deliveries("whk_1")]
    assert ids == sorted(ids, reverse=True)
    assert [e.id for e in world.webhooks.deliveries("whk_1", before=ids[0], limit=1)] == ids[1:2]
    assert not world.webhooks.deliveries("whk_1", (DeliveryState.DEAD,))
    delivery = world.claim()[0]
    world.webhooks.settle([settled(delivery, GOOD, world.clock.now_ms(), 0)])
    done = world.webhooks.deliveries("whk_1", (DeliveryState.DELIVERED,))
    assert [each.id for each in done] == [delivery.id]
    assert world.webhooks.forget(world.clock.now_ms()) == 0
    assert world.webhooks.forget(world.clock.now_ms() + 1) == 1
    assert len(world.webhooks.deliveries("whk_1")) == 2


def test_with_a_subscription_all_of_it_goes(world: World) -> None:
    world.webhooks.add(made())
    world.submit()
    world.read(made())
    assert world.webhooks.remove("whk_1")
    assert not world.webhooks.deliveries("whk_1")
    assert not world.claim()


def test_of_two_readers_one_reads(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.webhooks.add(made())
    world.submit()
    behind = world.webhooks._behind

    def overtaken(*asked: object) -> list[tuple[str, int | None, int]]:
        found = behind(*asked)  # type: ignore[arg-type]
        monkeypatch.undo()
        assert world.webhooks.read(made(), 1, 100) == 1
        return found

    monkeypatch.setattr(world.webhooks, "_behind", overtaken)
    with pytest.raises(Conflict):
        world.webhooks.read(made(), 1, 100)
    assert len(world.webhooks.deliveries("whk_1")) == 1


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/no/such/state.db")
    with pytest.raises(Unavailable):
        SqlWebhooks(engine, SystemBits())
    engine.dispose()


def test_delays_grow_and_jitter() -> None:
    delays = [delay_ms(tries, 1 << 15) for tries in range(1, MAX_TRIES)]
    assert delays == [5_000 * 4**n for n in range(MAX_TRIES - 1)]
    assert [delay_ms(1, jitter) for jitter in (0, (1 << 16) - 1)] == [2_500, 7_499]


def test_what_is_sent_twice_is_the_same_but_for_its_tries() -> None:
    delivery = Delivery(
        id="msg_1",
        subscription_id="whk_1",
        tenant_id=ANN,
        job_id=JobId("job_1"),
        number=1,
        type="job.submitted",
        created_ms=1,
        due_ms=1,
    )
    later = settled(delivery, BAD, 10, 0)
    assert replace(later, tries=0, due_ms=1, status=None, message="") == delivery
