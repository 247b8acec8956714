"""What the scheduler sees as the demand of a pool, and what of it an executor is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.resource.policy_file import parse
from portalis.resource.scale import Demand, ScalePolicy, ScaleReason
from portalis.resource.spot import SpotPolicy, SpotReason
from portalis.storage.state_memory import MemoryState
from portalis.workload.assembly import PlaneSettings, pool_of
from portalis.workload.control.choices import WRITE_MS, Choices
from portalis.workload.control.limits import Limits
from portalis.workload.control.scaling import STALE_MS, STEP_MS, PoolSettings, Scaling, demand_of
from portalis.workload.executors.ray_scaling import REPEAT_S, Requested, resources_of
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Tariff
from portalis.workload.model.snapshot import (
    Decisions,
    HeldUnit,
    ReadyUnit,
    Snapshot,
    Wait,
    WaitReason,
    World,
)
from portalis.workload.model.tally import Chosen
from portalis.workload.model.transitions import UnitState
from portalis.workload.ports import UNSCALED, Fleet, Sight

ANN, BOB = TenantId("ann"), TenantId("bob")
RATE = 3_600_000
LIMITS = Limits(tariff=Tariff(rate_microusd_h=RATE, price="p"))


def ready(number: int, tenant: TenantId = ANN, job: str = "j") -> ReadyUnit:
    return ReadyUnit(
        id=UnitId(f"u{number}"),
        job_id=JobId(job),
        tenant_id=tenant,
        priority=Priority.BATCH,
        job_ms=0,
        ready_ms=500,
        predicted_ms=100,
    )


def held(number: int, tenant: TenantId = ANN) -> HeldUnit:
    return HeldUnit(
        id=UnitId(f"h{number}"),
        attempt_id=AttemptId(f"a{number}"),
        job_id=JobId("j"),
        tenant_id=tenant,
        priority=Priority.BATCH,
        state=UnitState.LEASED,
        leased_ms=0,
        predicted_ms=1_000,
        running_ms=0,
    )


def seen(world: World, left: Mapping[str, int] | None = None, now_ms: int = 1_000) -> Snapshot:
    return Snapshot(
        now_ms=now_ms, slots=0, world=world, left_microusd=left or {}, rate_microusd_h=RATE
    )


def test_small_units_are_counted_in_batches() -> None:
    world = World(ready=tuple(map(ready, range(10))), held=(held(1), held(2, BOB)))
    ann, bob = demand_of(seen(world), LIMITS)
    assert (ann.tenant_id, ann.queued, ann.running) == (ANN, 5, 1)
    assert bob == Demand(tenant_id=BOB, queued=0, running=1)


def test_quota_and_budget_bound_what_is_wanted() -> None:
    world = World(ready=tuple(map(ready, range(10))), held=(held(1),))
    limits = Limits(tariff=LIMITS.tariff, tenant_units=5)
    (ann,) = demand_of(seen(world, {ANN: 70_000_000}), limits)
    assert (ann.quota_left, ann.headroom_microusd) == (2, 70_000_000)
    # Twice what is held for a unit of 100 ms: 20 times its time, a minute and five seconds.
    assert ann.hold_microusd == 2 * 67_001


def test_a_job_that_its_own_limit_stops_wants_nothing() -> None:
    world = World(ready=(ready(1, job="poor"), ready(2, job="rich")))
    (ann,) = demand_of(seen(world, {"poor": 1}), LIMITS)
    assert ann.queued == 1


class Nodes:
    """An elastic executor that has what it is asked for, but for what `lacks`."""

    def __init__(self) -> None:
        self.asked: list[Fleet | None] = []
        self.nodes: Fleet | None = {}
        self.slots = 0
        self.lacks = ""

    def scale(self, fleet: Fleet | None) -> None:
        self.asked.append(fleet)
        self.nodes = {name: count for name, count in (fleet or {}).items() if name != self.lacks}


def test_it_wakes_says_why_and_goes_back_to_none() -> None:
    nodes, told = Nodes(), list[str]()
    pool = PoolSettings(policy=ScalePolicy(idle_ms=1_000), places=2)
    scaling = Scaling(nodes, pool, LIMITS, told.append)
    work, nothing = World(ready=(ready(1),)), World()
    steps = ((0, work), (100, work), (500, nothing), (1_400, nothing), (1_900, nothing))
    for now_ms, world in steps:
        scaling.step(seen(world, now_ms=now_ms), now_ms)
    assert nodes.asked == [{"": 1}, {"": 1}, {"": 1}, {}]
    assert told == [
        "1 nodes are asked for: an empty pool, and work for 1 nodes",
        "no nodes are asked for: nothing to do for 1400 ms",
    ]
    assert scaling.chosen == {
        (Chosen.SCALE, "up", ScaleReason.WAKE): 1,
        (Chosen.SCALE, "down", ScaleReason.IDLE): 1,
    }


def test_what_is_seen_of_a_pool() -> None:
    nodes = Nodes()
    scaling = Scaling(nodes, PoolSettings(policy=ScalePolicy(wake_nodes=2), places=1), LIMITS)
    assert scaling.seen == UNSCALED
    # Two a batch: four slots, each a node.
    work = World(ready=tuple(map(ready, range(8))))
    scaling.step(seen(work, now_ms=0), 0)
    assert scaling.seen == Sight(demand=4, wanted={"": 2}, there={})
    nodes.nodes = {"spot": 2}
    scaling.step(seen(work, now_ms=500), 500)
    assert scaling.seen == Sight(demand=4, wanted={"": 2}, there={"spot": 2})
    nodes.nodes = None
    scaling.step(None, 10_000)
    assert scaling.seen == Sight(demand=None, wanted={"": 2}, there=None)
    scaling.rest()
    assert scaling.seen == UNSCALED


def test_what_was_seen_long_ago_is_not_known() -> None:
    nodes = Nodes()
    scaling = Scaling(nodes, PoolSettings(policy=ScalePolicy(idle_ms=0), places=2), LIMITS)
    scaling.step(seen(World(ready=(ready(1),)), now_ms=0), 0)
    old = seen(World(), now_ms=STEP_MS)
    scaling.step(old, STEP_MS + STALE_MS)
    assert nodes.asked == [{"": 1}, {"": 1}]
    scaling.step(None, 2 * STEP_MS + STALE_MS)
    assert nodes.asked == [{"": 1}, {"": 1}, {"": 1}]
    scaling.rest()
    assert nodes.asked[-1] is None


def test_without_spot_on_demand_and_back() -> None:
    nodes, told = Nodes(), list[str]()
    spot = SpotPolicy(fallback_ms=1_000, return_ms=1_000)
    pool = PoolSettings(policy=ScalePolicy(), places=2, spot=spot)
    scaling = Scaling(nodes, pool, LIMITS, told.append)
    work = World(ready=(ready(1),))
    for step, lacks in enumerate(("", "", *["spot"] * 4, *[""] * 5)):
        nodes.lacks = lacks
        scaling.step(seen(work, now_ms=step * 500), step * 500)
    both = {"spot": 1, "on-demand": 1}
    assert nodes.asked == [*[{"spot": 1}] * 5, *[both] * 4, *[{"spot": 1}] * 2]
    assert [text.partition(":")[0] for text in told] == [
        "1 spot nodes are asked for",
        "1 spot and 1 on-demand nodes are asked for",
        "1 spot nodes are asked for",
    ]
    markets = {
        (chosen, reason): count
        for (what, chosen, reason), count in scaling.chosen.items()
        if what is Chosen.MARKET
    }
    assert set(markets) == {
        ("spot", SpotReason.WAITING),
        ("both", SpotReason.FALLBACK),
        ("spot", SpotReason.SPOT_THERE),
    }
    nodes.nodes = None
    scaling.step(seen(work, now_ms=6_000), 6_000)
    assert nodes.asked[-1] == {"spot": 1}


def test_a_pool_is_scaled_as_settings_and_policy_say(tmp_path: Path) -> None:
    policy = parse(
        "auto_scaling: {scale_up: [{metric: queue_length, threshold: 3, add_workers: 2}], "
        "cooldown: {scale_up_seconds: 1}}\n"
        "spot_instances: {enabled: false}",
        "policy.yaml",
    )
    named = PlaneSettings(home=tmp_path, scale_nodes=5, scale_node="CPU=2", scale_spot=True)
    pool = pool_of(named, policy)
    assert (pool.places, pool.policy.most_nodes, pool.policy.idle_ms) == (2, 5, 120_000)
    nodes = Nodes()
    scaling = Scaling(nodes, pool, replace(LIMITS, batch_ms=1))
    work = World(ready=tuple(ready(number) for number in range(20)))
    for now_ms in (0, 500, 1_000):
        scaling.step(seen(work, now_ms=now_ms), now_ms)
    # The first at once, two more by the rule when it has rested; spot is switched off.
    assert nodes.asked == [{"on-demand": 1}, {"on-demand": 1}, {"on-demand": 3}]
    assert pool_of(named.model_copy(update={"scale_spot": False}), policy).spot is None


class Asked:
    """Keeps what it is asked for; refuses as often as it is told to."""

    def __init__(self) -> None:
        self.requests: list[list[str]] = []
        self.refuses = 0

    def request(self, bundles: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        if self.refuses:
            self.refuses -= 1
            raise ConnectionError("not now")
        assert all(each == {"CPU": 2.0} for _, each in bundles)
        self.requests.append([market for market, _ in bundles])


def test_a_request_is_made_once_and_again_after_a_while_and_withdrawn() -> None:
    cluster, told = Asked(), list[str]()
    requested = Requested(cluster, {"CPU": 2.0}, told.append)
    requested.publish(0)
    requested.withdraw(0)
    assert cluster.requests == []
    requested.want({})
    requested.publish(1)
    requested.want({"spot": 2, "on-demand": 1})
    requested.publish(2)
    requested.publish(3)
    assert cluster.requests == [[], ["spot", "spot", "on-demand"]]
    requested.publish(2 + REPEAT_S)
    assert cluster.requests[1:] == [["spot", "spot", "on-demand"]] * 2
    requested.withdraw(13)
    assert cluster.requests[3:] == [[]]
    assert told == []


def test_what_the_autoscaler_did_not_hear_is_said_again() -> None:
    cluster, told = Asked(), list[str]()
    cluster.refuses = 1
    requested = Requested(cluster, {"CPU": 2.0}, told.append)
    requested.want({"": 1})
    requested.publish(0)
    assert (cluster.requests, len(told)) == ([], 1)
    requested.publish(0.1)
    assert cluster.requests == [[""]]


def test_resources_by_name() -> None:
    assert resources_of("CPU=16, GPU=0.5") == {"CPU": 16.0, "GPU": 0.5}
    for text in ("", "CPU", "CPU=0", "CPU=1,CPU=2", "CPU=many", "=1"):
        with pytest.raises(ValueError, match=r"could not convert|no list of resources"):
            resources_of(text)


def test_a_wait_is_counted_when_it_begins() -> None:
    state = MemoryState()
    choices = Choices(state, None)

    def waits(*reasons: WaitReason) -> Decisions:
        found = (Wait(job_id=JobId("j"), units=1, reason=each, text="") for each in reasons)
        return Decisions(waits=tuple(found))

    choices.step(waits(WaitReason.QUOTA), 0)
    assert state.choices() == {(Chosen.WAIT, "", "quota"): 1}
    choices.step(waits(WaitReason.QUOTA, WaitReason.BUDGET), 100)
    choices.step(waits(), 200)
    choices.step(waits(WaitReason.QUOTA), 300)
    # The store is not written to at each step.
    assert state.choices() == {(Chosen.WAIT, "", "quota"): 1}
    choices.step(waits(WaitReason.QUOTA), WRITE_MS)
    assert state.choices() == {
        (Chosen.WAIT, "", "quota"): 2,
        (Chosen.WAIT, "", "budget"): 1,
    }
