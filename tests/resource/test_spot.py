"""Markets, machines, notices: deadlines are met on any trace, spreads are the best there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.resource.spot import (
    AtWork,
    Market,
    MarketMemory,
    Offer,
    Progress,
    SpotPolicy,
    SpotReason,
    Strategy,
    choose,
    part,
    place,
    refusal,
    request,
)

POLICY = SpotPolicy(changeover_ms=3, step_ms=1, lost_ms=0)
SPOT_PRICE, ON_DEMAND_PRICE = 3, 10


@dataclass(frozen=True)
class Ran:
    """done_at: the instant at which all work was done; None: never."""

    cost: int
    done_at: int | None
    switches: int


def run(trace: Sequence[bool], work: int, deadline: int, policy: SpotPolicy) -> Ran:
    """One machine over a trace of spot capacity, an entry an instant; none after its end."""
    market, changing, done, cost, switches, since = Market.IDLE, 0, 0, 0, 0, 0
    for now in range(deadline + 2 * policy.changeover_ms):
        spot = now < len(trace) and trace[now]
        if now and spot != (now - 1 < len(trace) and trace[now - 1]):
            since = now
        if market is Market.SPOT and not spot:
            market = Market.IDLE
        seen = Progress(
            now_ms=now,
            start_ms=0,
            work_ms=work,
            done_ms=done,
            deadline_ms=deadline,
            market=market,
            spot=spot,
            since_ms=since,
        )
        decision = choose(seen, policy)
        assert decision.reason.text
        assert decision.market is not Market.SPOT or spot
        if decision.market is not market:
            market, changing = decision.market, policy.changeover_ms
            switches += market is not Market.IDLE
        if market is not Market.IDLE:
            cost += SPOT_PRICE if market is Market.SPOT else ON_DEMAND_PRICE
            done += not changing
            changing = max(0, changing - 1)
        if done == work:
            return Ran(cost, now + 1, switches)
    return Ran(cost, None, switches)


def cheapest(trace: Sequence[bool], work: int, deadline: int, changeover: int) -> int | None:
    """What it costs at least, by all ways through the trace; None: it cannot be done."""
    states: dict[tuple[Market, int, int], int] = {(Market.IDLE, 0, 0): 0}
    for now in range(deadline):
        following: dict[tuple[Market, int, int], int] = {}
        for (market, changing, done), cost in states.items():
            for goal in Market:
                if goal is Market.SPOT and not (now < len(trace) and trace[now]):
                    continue
                wait = changing if goal is market else changeover
                more = {Market.IDLE: 0, Market.SPOT: SPOT_PRICE, Market.ON_DEMAND: ON_DEMAND_PRICE}
                works = goal is not Market.IDLE
                state = (
                    goal,
                    max(0, wait - 1) if works else 0,
                    min(work, done + (works and not wait)),
                )
                price = cost + (more[goal] if done < work else 0)
                following[state] = min(price, following.get(state, price))
        states = following
    return min((cost for (_, _, done), cost in states.items() if done == work), default=None)


STRATEGIES = list(Strategy)
traces = st.lists(st.tuples(st.booleans(), st.integers(1, 12)), max_size=12).map(
    lambda runs: [there for there, length in runs for _ in range(length)]
)


@pytest.mark.parametrize("strategy", STRATEGIES)
@given(trace=traces, work=st.integers(1, 40), slack=st.integers(3, 40), d=st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_no_deadline_is_missed(
    strategy: Strategy, trace: list[bool], work: int, slack: int, d: int
) -> None:
    """Whatever the market does, if on demand would be in time from the start."""
    policy = replace(POLICY, strategy=strategy, changeover_ms=d)
    deadline = work + max(slack, d)
    ran = run(trace, work, deadline, policy)
    assert ran.done_at is not None
    assert ran.done_at <= deadline


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_strategy_beats_all_ways_tried(strategy: Strategy) -> None:
    policy = replace(POLICY, strategy=strategy, changeover_ms=1)
    worse = 0
    for bits in product((False, True), repeat=8):
        best = cheapest(bits, 4, 10, 1)
        cost = run(bits, 4, 10, policy).cost
        assert best is not None
        assert cost >= best
        worse += cost - best
    assert worse > 0


def market_trace(rng: Random, length: int, up: float, down: float) -> list[bool]:
    """Capacity that stays for 1/down instants and is away for 1/up, on average."""
    there, found = rng.random() < up / (up + down), []
    for _ in range(length):
        found.append(there)
        if rng.random() < (down if there else up):
            there = not there
    return found


@pytest.mark.parametrize("deadline", [520, 800], ids=["tight", "far"])
def test_strategies_by_their_cost_on_average(deadline: int) -> None:
    """The paper's needs a tight deadline to be worth more than greed; ours does not."""
    rng = Random(5)
    cost = dict.fromkeys(STRATEGIES, 0)
    for _ in range(40):
        trace = market_trace(rng, deadline, 1 / 60, 1 / 60)
        for strategy in STRATEGIES:
            cost[strategy] += run(trace, 400, deadline, replace(POLICY, strategy=strategy)).cost
    ordered = sorted(STRATEGIES, key=lambda each: cost[each])
    published = [Strategy.UNIFORM_PROGRESS, Strategy.GREEDY]
    if deadline > 600:
        published.reverse()
    assert ordered == [Strategy.STEADY_PROGRESS, *published, Strategy.ON_DEMAND_ONLY]


LINE = Progress(now_ms=50, start_ms=0, work_ms=60, done_ms=30, deadline_ms=100)


@pytest.mark.parametrize(
    ("seen", "market", "code"),
    [
        (replace(LINE, done_ms=60), Market.IDLE, SpotReason.DONE),
        (replace(LINE, spot=True), Market.SPOT, SpotReason.SPOT_THERE),
        (replace(LINE, spot=False), Market.IDLE, SpotReason.AHEAD),
        (LINE, Market.IDLE, SpotReason.AHEAD),
        (replace(LINE, done_ms=29, spot=False), Market.ON_DEMAND, SpotReason.BEHIND),
        (replace(LINE, done_ms=29, spot=True), Market.SPOT, SpotReason.SPOT_THERE),
        (replace(LINE, done_ms=20, market=Market.SPOT), Market.SPOT, SpotReason.SPOT_KEPT),
        (
            replace(LINE, done_ms=33, market=Market.ON_DEMAND, spot=True),
            Market.SPOT,
            SpotReason.SPOT_THERE,
        ),
        (
            replace(LINE, done_ms=32, market=Market.ON_DEMAND, spot=True),
            Market.ON_DEMAND,
            SpotReason.CATCHING_UP,
        ),
        (
            replace(LINE, done_ms=40, market=Market.ON_DEMAND),
            Market.ON_DEMAND,
            SpotReason.UNKNOWN,
        ),
        (replace(LINE, done_ms=16, spot=True), Market.ON_DEMAND, SpotReason.SAFETY_NET),
        (replace(LINE, done_ms=13, market=Market.SPOT), Market.ON_DEMAND, SpotReason.SAFETY_NET),
    ],
)
def test_uniform_progress(seen: Progress, market: Market, code: SpotReason) -> None:
    decision = choose(seen, replace(POLICY, strategy=Strategy.UNIFORM_PROGRESS))
    assert (decision.market, decision.reason.code) == (market, code)


@pytest.mark.parametrize(
    ("seen", "market", "code"),
    [
        (replace(LINE, spot=True), Market.SPOT, SpotReason.SPOT_THERE),
        (replace(LINE, spot=False), Market.IDLE, SpotReason.AHEAD),
        (replace(LINE, done_ms=22, spot=False), Market.ON_DEMAND, SpotReason.BEHIND),
        (replace(LINE, done_ms=23, spot=False), Market.IDLE, SpotReason.AHEAD),
        (
            replace(LINE, done_ms=24, market=Market.ON_DEMAND, spot=True),
            Market.ON_DEMAND,
            SpotReason.CATCHING_UP,
        ),
        (
            replace(LINE, done_ms=25, market=Market.ON_DEMAND, spot=True),
            Market.SPOT,
            SpotReason.SPOT_THERE,
        ),
        (
            replace(LINE, done_ms=55, market=Market.ON_DEMAND, spot=False),
            Market.ON_DEMAND,
            SpotReason.WAITING,
        ),
        (
            replace(LINE, done_ms=55, market=Market.ON_DEMAND),
            Market.ON_DEMAND,
            SpotReason.UNKNOWN,
        ),
        (replace(LINE, done_ms=20, market=Market.SPOT), Market.SPOT, SpotReason.SPOT_KEPT),
        (replace(LINE, done_ms=16, spot=True), Market.ON_DEMAND, SpotReason.SAFETY_NET),
    ],
)
def test_steady_progress(seen: Progress, market: Market, code: SpotReason) -> None:
    decision = choose(seen, POLICY)
    assert (decision.market, decision.reason.code) == (market, code)


FREELY = Progress(now_ms=1_000, start_ms=0, work_ms=60, done_ms=0, since_ms=0)
FALLS_BACK = replace(POLICY, fallback_ms=600, return_ms=200)


@pytest.mark.parametrize(
    ("seen", "market", "code"),
    [
        (replace(FREELY, spot=True), Market.SPOT, SpotReason.SPOT_THERE),
        (replace(FREELY, spot=False, since_ms=401), Market.IDLE, SpotReason.WAITING),
        (replace(FREELY, spot=False, since_ms=400), Market.ON_DEMAND, SpotReason.FALLBACK),
        (replace(FREELY, market=Market.ON_DEMAND), Market.ON_DEMAND, SpotReason.UNKNOWN),
        (
            replace(FREELY, spot=True, since_ms=801, market=Market.ON_DEMAND),
            Market.ON_DEMAND,
            SpotReason.NOT_YET_BACK,
        ),
        (
            replace(FREELY, spot=True, since_ms=800, market=Market.ON_DEMAND),
            Market.SPOT,
            SpotReason.SPOT_THERE,
        ),
        (
            replace(FREELY, spot=False, since_ms=990, market=Market.ON_DEMAND),
            Market.ON_DEMAND,
            SpotReason.FALLBACK,
        ),
        (replace(FREELY, spot=None), Market.IDLE, SpotReason.UNKNOWN),
    ],
)
def test_without_a_deadline(seen: Progress, market: Market, code: SpotReason) -> None:
    decision = choose(seen, FALLS_BACK)
    assert (decision.market, decision.reason.code) == (market, code)
    waits = choose(seen, replace(FALLS_BACK, fallback=False))
    if code is SpotReason.FALLBACK:
        assert waits.market is Market.IDLE


def test_spot_may_be_switched_off() -> None:
    decision = choose(replace(FREELY, spot=True), replace(POLICY, enabled=False))
    assert (decision.market, decision.reason.code) == (Market.ON_DEMAND, SpotReason.DISABLED)


CHEAP = Offer(instance="a", zone="1", price_microusd_h=60, on_demand_microusd_h=100)
OFFERS = (
    CHEAP,
    replace(CHEAP, zone="2", price_microusd_h=65),
    replace(CHEAP, instance="b", price_microusd_h=70),
    replace(CHEAP, instance="c", price_microusd_h=71),
    replace(CHEAP, instance="d", price_microusd_h=None),
    replace(CHEAP, instance="e", capacity=0),
)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"price_microusd_h": 70}, None),
        ({"price_microusd_h": 71}, SpotReason.PRICE_CAP),
        ({"price_microusd_h": None}, SpotReason.PRICE_UNKNOWN),
        ({"capacity": 0}, SpotReason.NO_CAPACITY),
    ],
)
def test_offers_that_may_not_be_used(
    change: dict[str, int | None], code: SpotReason | None
) -> None:
    why = refusal(replace(CHEAP, **change), POLICY)  # type: ignore[arg-type]
    assert (why and why.code) == code


def test_a_price_and_a_list_bound_too() -> None:
    why = refusal(CHEAP, replace(POLICY, most_share=None, most_price_microusd_h=59))
    assert why is not None
    assert why.code is SpotReason.PRICE_CAP
    assert refusal(CHEAP, replace(POLICY, most_share=None)) is None
    why = refusal(CHEAP, replace(POLICY, instances=("b",)))
    assert why is not None
    assert why.code is SpotReason.NOT_ALLOWED


def test_machines_are_spread() -> None:
    found = place(4, OFFERS, POLICY)
    assert found.machines == {("a", "1"): 2, ("a", "2"): 1, ("b", "1"): 1}
    assert (found.missing, {where for where, _ in found.refused}) == (
        0,
        {("c", "1"), ("d", "1"), ("e", "1")},
    )
    assert place(4, OFFERS, replace(POLICY, diversify=False)).machines == {("a", "1"): 4}
    assert place(2, OFFERS, POLICY, {("a", "1"): 3}).machines == {("a", "2"): 1, ("b", "1"): 1}
    assert place(3, OFFERS[3:], POLICY).missing == 3


def test_a_place_that_took_one_away_comes_last() -> None:
    offers = (replace(CHEAP, taken_ms=1_000), replace(CHEAP, zone="2", price_microusd_h=65))
    policy = replace(POLICY, cooloff_ms=100)
    assert place(2, offers, policy, now_ms=1_099).machines == {("a", "2"): 2}
    assert place(2, offers, policy, now_ms=1_100).machines == {("a", "1"): 1, ("a", "2"): 1}


prices = st.lists(st.tuples(st.integers(50, 80), st.none() | st.integers(0, 2)), max_size=3)


@given(prices, st.integers(0, 4), st.lists(st.integers(0, 2), min_size=3, max_size=3))
@settings(max_examples=300, deadline=None)
def test_spreads_by_brute_force(
    given_: list[tuple[int, int | None]], machines: int, there: list[int]
) -> None:
    """As many as can be, in the most even way, of these the cheapest."""
    offers = [
        replace(CHEAP, zone=str(number), price_microusd_h=price, capacity=capacity)
        for number, (price, capacity) in enumerate(given_)
    ]
    now_there = {offer.place: there[number] for number, offer in enumerate(offers)}
    found = place(machines, offers, POLICY, now_there)
    usable = [offer for offer in offers if refusal(offer, POLICY) is None]
    ways = [
        counts
        for counts in product(range(machines + 1), repeat=len(usable))
        if all(o.capacity is None or n <= o.capacity for o, n in zip(usable, counts, strict=True))
        and sum(counts) <= machines
    ]

    def key(counts: Sequence[int]) -> tuple[int, list[int], int]:
        crowd = [now_there[o.place] + n for o, n in zip(usable, counts, strict=True)]
        price = sum((o.price_microusd_h or 0) * n for o, n in zip(usable, counts, strict=True))
        return (-sum(counts), sorted(crowd, reverse=True), price)

    best = min(ways, key=key)
    mine = [found.machines.get(offer.place, 0) for offer in usable]
    assert key(mine) == key(best)
    assert found.missing == machines - sum(best)
    for where, why in found.refused:
        assert why.text
        assert where not in found.machines


def test_who_stays_and_who_goes() -> None:
    policy = replace(POLICY, finish_ms=100)
    units = [
        AtWork(id="fits", predicted_ms=1_000, worked_ms=600),
        AtWork(id="just", predicted_ms=1_500, worked_ms=600),
        AtWork(id="long", predicted_ms=1_501, worked_ms=600),
        AtWork(id="late", predicted_ms=500, worked_ms=600),
        AtWork(id="unknown", predicted_ms=0, worked_ms=0),
    ]
    parting = part(units, 1_000, policy)
    assert parting.stay == ("fits", "just", "late", "unknown")
    assert parting.go == ("long",)
    assert part(units, 100, policy).stay == ()


def test_shares_are_exact() -> None:
    offer = replace(CHEAP, price_microusd_h=7, on_demand_microusd_h=10)
    assert refusal(offer, replace(POLICY, most_share=Decimal("0.7"))) is None
    assert refusal(offer, replace(POLICY, most_share=Decimal("0.69"))) is not None


nodes_of_spot = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


@given(nodes_of_spot, st.integers(0, 3_000), st.integers(0, 3_000))
@settings(max_examples=200, deadline=None)
def test_requests_for_machines(
    steps: list[tuple[int, int]], fallback_ms: int, return_ms: int
) -> None:
    """Never more than is wanted in a market; nothing where nothing is wanted; on demand only
    after the time without spot, and then all that it lacks."""
    policy = replace(POLICY, fallback_ms=fallback_ms, return_ms=return_ms)
    memory = MarketMemory()
    lacks_ms: int | None = None
    for step, (wanted, there) in enumerate(steps):
        now_ms = step * 500
        asked = request(wanted, there, memory, policy, now_ms)
        memory = asked.memory
        assert asked.reason.text
        assert asked.spot == wanted
        assert asked.on_demand <= wanted
        lacks = wanted > there
        lacks_ms = (now_ms if lacks_ms is None else lacks_ms) if lacks else None
        if lacks_ms is not None and now_ms - lacks_ms >= fallback_ms:
            assert asked.on_demand == wanted - there
        if not wanted:
            assert memory == MarketMemory()
    off = request(2, 0, MarketMemory(), replace(policy, enabled=False), 0)
    assert (off.spot, off.on_demand) == (0, 2)
    alone = request(2, 0, memory, replace(policy, strategy=Strategy.ON_DEMAND_ONLY), 10**6)
    assert (alone.spot, alone.on_demand) == (0, 2)
