"""Each key of `auto_scaling` and `spot_instances` changes what is decided."""

from __future__ import annotations

import pytest

from portalis.core.documents import DocumentError
from portalis.core.ids import TenantId
from portalis.resource.policy import OPEN
from portalis.resource.policy_file import parse
from portalis.resource.scale import Demand, Pool, ScaleMemory, ScalePolicy, decide
from portalis.resource.spot import MarketMemory, Offer, SpotReason, refusal, request

MINUTE_MS = 60_000
MOST = 9
IDLE_MS = 120_000


def _rules(text: str) -> ScalePolicy:
    return parse(text, "policy.yaml").auto_scaling.rules(MOST, IDLE_MS)


def _up(rule: str, cooldown: str = "") -> ScalePolicy:
    return _rules(f"auto_scaling: {{scale_up: [{{{rule}}}], scale_down: []{cooldown}}}")


def _down(rule: str, cooldown: str = ", cooldown: {scale_down_seconds: 0}") -> ScalePolicy:
    return _rules(f"auto_scaling: {{scale_up: [], scale_down: [{{{rule}}}]{cooldown}}}")


def _course(
    policy: ScalePolicy,
    minutes: int,
    *,
    nodes: int = 1,
    queued: int = 0,
    running: int = 0,
    utilisation: float = 0.0,
    latency_ms: float = 0.0,
) -> list[int]:
    """Nodes at each minute, if what is seen stays as it is and nodes come and go at once."""
    memory = ScaleMemory(nodes=nodes)
    found = []
    for minute in range(minutes + 1):
        pool = Pool(
            now_ms=minute * MINUTE_MS,
            places=1,
            nodes=memory.nodes,
            demand=(Demand(tenant_id=TenantId("ann"), queued=queued, running=running),),
            utilisation=utilisation,
            latency_ms=latency_ms,
            memory=memory,
        )
        memory = decide(pool, policy).memory
        found.append(memory.nodes)
    return found


def test_what_is_not_said_is_what_was_always_done() -> None:
    usual = ScalePolicy(most_nodes=MOST, idle_ms=IDLE_MS)
    assert _rules("") == usual == OPEN.auto_scaling.rules(MOST, IDLE_MS)


@pytest.mark.parametrize(
    ("metric", "seen"),
    [
        ("metric: queue_length, threshold: 10", {"queued": 11}),
        ("metric: avg_gpu_utilization, threshold: 0.8", {"queued": 50, "utilisation": 0.81}),
        ("metric: avg_latency_ms, threshold: 5000", {"queued": 50, "latency_ms": 5_001}),
    ],
)
def test_it_grows_above_the_threshold_of_a_metric(metric: str, seen: dict[str, float]) -> None:
    policy = _up(metric)
    assert _course(policy, 0, **seen) == [2]  # type: ignore[arg-type]
    calm = {name: value if name == "queued" and value == 50 else 0 for name, value in seen.items()}
    assert _course(policy, 0, **calm) == [1]  # type: ignore[arg-type]


def test_it_grows_by_so_many_after_so_long_up_to_so_many() -> None:
    base = "metric: queue_length, threshold: 10"
    rest = ", cooldown: {scale_up_seconds: 0}"
    assert _course(_up(f"{base}, duration_seconds: 120", rest), 3, queued=99) == [1, 1, 2, 3]
    assert _course(_up(f"{base}, add_workers: 3", rest), 3, queued=99) == [4, 7, 9, 9]
    assert _course(_up(f"{base}, max_workers: 2", rest), 3, queued=99) == [2, 2, 2, 2]
    # What could run fills no more.
    assert _course(_up("metric: queue_length, threshold: 1", rest), 3, queued=3) == [2, 3, 3, 3]


def test_it_rests_after_a_change() -> None:
    up = "metric: queue_length, threshold: 10"
    assert _course(_up(up, ", cooldown: {scale_up_seconds: 120}"), 4, queued=99) == [2, 2, 3, 3, 4]
    down = "metric: avg_gpu_utilization, threshold: 0.3, remove_workers: 1"
    policy = _down(down, ", cooldown: {scale_down_seconds: 120}")
    assert _course(policy, 4, nodes=5, queued=1, running=1) == [4, 4, 3, 3, 2]


def test_it_shrinks_while_it_is_little_used() -> None:
    rule = "metric: avg_gpu_utilization, threshold: 0.3"
    busy = {"nodes": 5, "queued": 1, "running": 1}
    assert _course(_down(f"{rule}, remove_workers: 2"), 2, **busy) == [3, 1, 1]
    assert _course(_down(f"{rule}, min_workers: 4"), 2, **busy) == [4, 4, 4]
    assert _course(_down(rule), 1, **busy) == [1, 1]
    late = _down(f"{rule}, duration_seconds: 60, remove_workers: 1")
    assert _course(late, 2, **busy) == [5, 4, 3]
    assert _course(_down(rule), 2, **busy, utilisation=0.3) == [5, 5, 5]


def test_a_rule_of_idle_time_replaces_the_setting() -> None:
    """The seed's own lines; without them the setting says when an idle cluster goes to zero."""
    lines = "metric: idle_time_minutes, threshold: 2, min_workers: %d"
    assert _course(_rules(""), 3, nodes=5) == [5, 5, 0, 0]
    assert _course(_down(lines % 0), 4, nodes=5) == [5, 5, 5, 0, 0]
    assert _course(_down(lines % 2), 4, nodes=5) == [5, 5, 5, 2, 2]
    # Who is idle goes by that rule, also where one of use gives up less.
    both = _rules(
        "auto_scaling: {scale_up: [], cooldown: {scale_down_seconds: 0}, scale_down: ["
        "{metric: idle_time_minutes, threshold: 2}, "
        "{metric: avg_gpu_utilization, threshold: 0.3, remove_workers: 1}]}"
    )
    assert _course(both, 4, nodes=9) == [8, 7, 6, 0, 0]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("scale_up: [{metric: avg_gpu_utilization, threshold: 80}]", "is a share, from 0 to 1"),
        ("scale_up: [{metric: avg_gpu_utilization, threshold: 1}]", "is a share, from 0 to 1"),
        ("scale_down: [{metric: avg_gpu_utilization, threshold: 30}]", "is a share, from 0 to 1"),
        ("scale_up: [{metric: idle_time_minutes, threshold: 1}]", "metric: input should be"),
        ("scale_up: [{metric: queue_length}]", "threshold: field required"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_with_its_line(rule: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as caught:
        parse(f"auto_scaling:\n  {rule}\n", "policy.yaml")
    assert str(caught.value).startswith("policy.yaml:2: auto_scaling.scale_")


def _spot(text: str) -> tuple[int, int, SpotReason]:
    """What is asked for of three nodes, after so long that there would be a fallback."""
    policy = parse(f"spot_instances: {{{text}}}", "p").spot_instances.rules(1_000)
    memory, found = MarketMemory(), None
    for now_ms in (0, 1_000, 2_000):
        found = request(3, 1, memory, policy, now_ms)
        memory = found.memory
    assert found is not None
    return found.spot, found.on_demand, found.reason.code


def test_spot_may_be_switched_off_and_so_may_what_takes_its_place() -> None:
    assert _spot("enabled: true") == (3, 2, SpotReason.FALLBACK)
    assert _spot("fallback_enabled: false") == (3, 0, SpotReason.WAITING)
    assert _spot("enabled: false") == (0, 3, SpotReason.DISABLED)


def test_spot_is_not_taken_above_its_share_of_the_price_on_demand() -> None:
    offer = Offer(instance="m", zone="a", price_microusd_h=500_000, on_demand_microusd_h=1_000_000)
    for share, is_refused in (("0.499999", True), ("0.5", False)):
        policy = parse(f"spot_instances: {{max_price_multiplier: {share}}}", "p")
        why = refusal(offer, policy.spot_instances.rules(0))
        assert (why is not None) is is_refused
