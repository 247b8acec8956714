"""Spot capacity: which market to run in, on what machines, and what a notice means. Pure.

    progress, deadline, what the spot market has --strategy--> idle, spot or on-demand
    offers with prices --cap, diversification--> machines      notice --> who stays, who goes

A strategy is a row of `STRATEGIES`. "Uniform progress" is the policy of Wu et al., "Can't Be
Late" (NSDI '24): stay on a straight line from start to deadline, on demand where spot does not.
"Steady progress" is ours: the same line, but what runs on demand goes on until there is spot to go
to (the paper's idles, and comes back for another changeover), and a deadline that is far is not
hurried for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from portalis.core.money import text as money
from portalis.resource.reasons import Because


class Market(StrEnum):
    """Where a pool has its machines."""

    IDLE = "idle"
    SPOT = "spot"
    ON_DEMAND = "on_demand"


class Strategy(StrEnum):
    """How markets are chosen."""

    STEADY_PROGRESS = "steady_progress"
    UNIFORM_PROGRESS = "uniform_progress"
    GREEDY = "greedy"
    ON_DEMAND_ONLY = "on_demand_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotPolicy:
    """strategy: with a deadline. Without one: spot, after fallback_ms without any, on demand,
    where fallback is allowed; back when there was some for return_ms.
    most_share: of its on-demand price that a spot machine may cost; most_price_microusd_h: its
    price; None: no such cap. instances: types that may be used; empty: all.
    diversify: spread over types and zones. cooloff_ms: a place that took a machine away is the
    last choice for so long.
    changeover_ms: to begin on another machine. step_ms: from one decision to the next, at most.
    lost_ms: work that an interruption can cost: units in flight.
    finish_ms: what a unit's end takes beyond its work, before the machine goes."""

    enabled: bool = True
    strategy: Strategy = Strategy.STEADY_PROGRESS
    most_share: Decimal | None = Decimal("0.7")
    most_price_microusd_h: int | None = None
    instances: tuple[str, ...] = ()
    diversify: bool = True
    cooloff_ms: int = 600_000
    fallback: bool = True
    fallback_ms: int = 300_000
    return_ms: int = 60_000
    changeover_ms: int = 180_000
    step_ms: int = 5_000
    lost_ms: int = 30_000
    finish_ms: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is seen of a pool's work. work_ms: how long all of it takes on the pool, done_ms of
    it is done. start_ms: when it was handed in. deadline_ms: None: there is none. market: where
    it is; IDLE as soon as its machines were taken away. spot: whether there is capacity within
    the caps; None: not known; since_ms: since when that is so."""

    now_ms: int
    start_ms: int
    work_ms: int
    done_ms: int
    deadline_ms: int | None = None
    market: Market = Market.IDLE
    spot: bool | None = None
    since_ms: int = 0

    @property
    def left_ms(self) -> int:
        """Of the work."""
        return max(0, self.work_ms - self.done_ms)


# With less work than this share of the time that is left, spot is waited for. Found by trying:
# from 0.7 to 0.85 it makes next to no difference.
FAR: Final = Fraction(3, 4)


class SpotReason(StrEnum):
    """Why a market or a machine was chosen, or not."""

    DONE = "done"
    DISABLED = "disabled"
    STRATEGY = "strategy"
    SPOT_THERE = "spot_there"
    SPOT_KEPT = "spot_kept"
    SAFETY_NET = "safety_net"
    BEHIND = "behind"
    CATCHING_UP = "catching_up"
    AHEAD = "ahead"
    WAITING = "waiting"
    FALLBACK = "fallback"
    NOT_YET_BACK = "not_yet_back"
    UNKNOWN = "unknown"
    PRICE_UNKNOWN = "price_unknown"
    PRICE_CAP = "price_cap"
    NOT_ALLOWED = "not_allowed"
    NO_CAPACITY = "no_capacity"


Why = Because[SpotReason]


@dataclass(frozen=True, slots=True)
class MarketDecision:
    market: Market
    reason: Why


def choose(seen: Progress, policy: SpotPolicy) -> MarketDecision:
    """The market to be in until the next decision, at most step_ms from now.

    With a deadline that can be met on demand at first, no interruption makes it missed, as long
    as no changeover takes longer than changeover_ms and no interruption costs more than lost_ms.
    """
    if seen.left_ms == 0:
        return _decide(Market.IDLE, SpotReason.DONE, "all work is done")
    if not policy.enabled:
        return _decide(Market.ON_DEMAND, SpotReason.DISABLED, "spot is not enabled")
    if policy.strategy is Strategy.ON_DEMAND_ONLY:
        return _decide(Market.ON_DEMAND, SpotReason.STRATEGY, "only on demand")
    netted = None if seen.deadline_ms is None else _net(seen, policy)
    if netted is not None:
        return netted
    if seen.market is Market.SPOT:
        return _decide(Market.SPOT, SpotReason.SPOT_KEPT, "spot is kept until it is taken away")
    if seen.deadline_ms is None:
        return _without_deadline(seen, policy)
    return STRATEGIES[policy.strategy](seen, policy)


def _decide(market: Market, code: SpotReason, text: str) -> MarketDecision:
    return MarketDecision(market, Why(code, text))


def _slack_ms(seen: Progress) -> int:
    """Time that is left beyond what the work still takes."""
    assert seen.deadline_ms is not None
    return seen.deadline_ms - seen.now_ms - seen.left_ms


def _margin_ms(policy: SpotPolicy) -> int:
    """What may be lost until a decision is made, beyond changeovers."""
    return policy.step_ms + policy.lost_ms


def _net(seen: Progress, policy: SpotPolicy) -> MarketDecision | None:
    """On demand from now on: to try spot and come back would take more time than is left. One
    changeover of two is behind a pool that has spot machines."""
    changeovers = 1 if seen.market is Market.SPOT else 2
    if _slack_ms(seen) >= changeovers * policy.changeover_ms + _margin_ms(policy):
        return None
    text = f"{_slack_ms(seen)} ms of slack bear no interruption"
    return _decide(Market.ON_DEMAND, SpotReason.SAFETY_NET, text)


def _steady_progress(seen: Progress, policy: SpotPolicy) -> MarketDecision:
    if seen.market is Market.ON_DEMAND:
        if seen.spot is None:
            return _unknown(Market.ON_DEMAND)
        if not seen.spot:
            return _decide(Market.ON_DEMAND, SpotReason.WAITING, "spot is waited for at work")
        if _is_behind(seen, policy.changeover_ms):
            text = "not yet a changeover ahead of the line"
            return _decide(Market.ON_DEMAND, SpotReason.CATCHING_UP, text)
    if seen.spot:
        return _decide(Market.SPOT, SpotReason.SPOT_THERE, "there is spot capacity")
    if _is_behind(seen, 0):
        text = f"{seen.left_ms} ms of work are left, too much to go on waiting"
        return _decide(Market.ON_DEMAND, SpotReason.BEHIND, text)
    return _decide(Market.IDLE, SpotReason.AHEAD, "ahead of the line: spot is waited for")


def _is_behind(seen: Progress, ahead_ms: int) -> bool:
    """Whether, some time ahead, what is left takes more than its share of the time that is left:
    the share that all the work had of all the time, but at least `FAR`."""
    assert seen.deadline_ms is not None
    time_ms = seen.deadline_ms - seen.now_ms - ahead_ms
    span_ms = seen.deadline_ms - seen.start_ms
    return seen.left_ms * span_ms > seen.work_ms * time_ms and seen.left_ms > FAR * time_ms


def _uniform_progress(seen: Progress, policy: SpotPolicy) -> MarketDecision:
    if seen.market is Market.ON_DEMAND:
        ahead_ms = seen.now_ms + 2 * policy.changeover_ms
        if seen.done_ms < _expected_ms(seen, ahead_ms):
            text = "not yet two changeovers ahead of the line"
            return _decide(Market.ON_DEMAND, SpotReason.CATCHING_UP, text)
        if seen.spot is None:
            return _unknown(Market.ON_DEMAND)
    if seen.spot:
        return _decide(Market.SPOT, SpotReason.SPOT_THERE, "there is spot capacity")
    if seen.done_ms < _expected_ms(seen, seen.now_ms):
        text = f"{_expected_ms(seen, seen.now_ms) - seen.done_ms} ms of work behind the line"
        return _decide(Market.ON_DEMAND, SpotReason.BEHIND, text)
    return _decide(Market.IDLE, SpotReason.AHEAD, "ahead of the line: spot is waited for")


def _expected_ms(seen: Progress, at_ms: int) -> int:
    """Work that is done at an instant, on a straight line from start to deadline."""
    assert seen.deadline_ms is not None
    span_ms = max(1, seen.deadline_ms - seen.start_ms)
    return seen.work_ms * (at_ms - seen.start_ms) // span_ms


def _greedy(seen: Progress, _policy: SpotPolicy) -> MarketDecision:
    """Spot or nothing, until only on demand meets the deadline."""
    if seen.spot:
        return _decide(Market.SPOT, SpotReason.SPOT_THERE, "there is spot capacity")
    return _decide(Market.IDLE, SpotReason.WAITING, "spot is waited for")


STRATEGIES: Final[Mapping[Strategy, Callable[[Progress, SpotPolicy], MarketDecision]]] = {
    Strategy.STEADY_PROGRESS: _steady_progress,
    Strategy.UNIFORM_PROGRESS: _uniform_progress,
    Strategy.GREEDY: _greedy,
}


def _without_deadline(seen: Progress, policy: SpotPolicy) -> MarketDecision:
    """Spot; on demand after a time without any; back when it was there for a time."""
    for_ms = seen.now_ms - seen.since_ms
    if seen.spot is None:
        return _unknown(seen.market)
    if seen.spot and (seen.market is Market.IDLE or for_ms >= policy.return_ms):
        return _decide(Market.SPOT, SpotReason.SPOT_THERE, "there is spot capacity")
    if seen.spot:
        text = f"there is spot capacity for {for_ms} ms only"
        return _decide(Market.ON_DEMAND, SpotReason.NOT_YET_BACK, text)
    if policy.fallback and (seen.market is Market.ON_DEMAND or for_ms >= policy.fallback_ms):
        text = f"no spot capacity for {for_ms} ms"
        return _decide(Market.ON_DEMAND, SpotReason.FALLBACK, text)
    return _decide(Market.IDLE, SpotReason.WAITING, "spot is waited for")


def _unknown(market: Market) -> MarketDecision:
    return _decide(market, SpotReason.UNKNOWN, "whether there is spot capacity is not known")


@dataclass(frozen=True, slots=True)
class MarketMemory:
    """What one request for machines leaves for the next. spot: whether all spot machines that
    were asked for were there, since_ms: since when that is so."""

    market: Market = Market.IDLE
    spot: bool | None = None
    since_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Machines to ask for, by market."""

    spot: int
    on_demand: int
    reason: Why
    memory: MarketMemory


def request(
    nodes: int, spot_nodes: int, memory: MarketMemory, policy: SpotPolicy, now_ms: int
) -> Request:
    """How to have so many machines, with those of the spot market that are there and stay.

    Spot is asked for as long as machines are wanted: that it comes is the only sign that there
    is some. What it lacks for too long is had on demand meanwhile.
    """
    if nodes == 0:
        done = Why(SpotReason.DONE, "no machine is wanted")
        return Request(spot=0, on_demand=0, reason=done, memory=MarketMemory())
    spot = spot_nodes >= nodes
    since_ms = memory.since_ms if spot == memory.spot else now_ms
    taken = memory.market is Market.SPOT and not spot
    seen = Progress(
        now_ms=now_ms,
        start_ms=now_ms,
        work_ms=1,
        done_ms=0,
        market=Market.IDLE if taken else memory.market,
        spot=spot,
        since_ms=since_ms,
    )
    decision = choose(seen, policy)
    on_demand = 0
    if decision.market is Market.ON_DEMAND:
        # While spot is to show that it stays, nothing is given back.
        on_demand = nodes if spot else max(0, nodes - spot_nodes)
    asks_spot = policy.enabled and policy.strategy is not Strategy.ON_DEMAND_ONLY
    return Request(
        spot=nodes if asks_spot else 0,
        on_demand=on_demand if asks_spot else nodes,
        reason=decision.reason,
        memory=MarketMemory(decision.market, spot, since_ms),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Spot machines of a type in a zone. price_microusd_h: None: not known. capacity: how many
    more there are; None: as many as are asked for. taken_ms: when one was last taken away."""

    instance: str
    zone: str
    price_microusd_h: int | None
    on_demand_microusd_h: int
    capacity: int | None = None
    taken_ms: int | None = None

    @property
    def place(self) -> Place:
        return (self.instance, self.zone)


# An instance type in a zone.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """machines: how many more to ask for, by place. missing: that no offer bears. refused: the
    offers that may not be used, and why."""

    machines: Mapping[Place, int]
    missing: int
    refused: tuple[tuple[Place, Why], ...]


def refusal(offer: Offer, policy: SpotPolicy) -> Why | None:
    """Why the offer may not be used. A price that is not known is above any cap."""
    if policy.instances and offer.instance not in policy.instances:
        return Why(SpotReason.NOT_ALLOWED, f"{offer.instance} is not among the policy's instances")
    price = offer.price_microusd_h
    if price is None:
        return Why(SpotReason.PRICE_UNKNOWN, "its price is not known")
    caps = [policy.most_price_microusd_h]
    if policy.most_share is not None:
        caps.append(int(offer.on_demand_microusd_h * policy.most_share))
    cap = min((each for each in caps if each is not None), default=None)
    if cap is not None and price > cap:
        return Why(SpotReason.PRICE_CAP, f"{money(price)} an hour are above {money(cap)}")
    if offer.capacity == 0:
        return Why(SpotReason.NO_CAPACITY, "it has no machines")
    return None


def place(
    machines: int,
    offers: Sequence[Offer],
    policy: SpotPolicy,
    there: Mapping[Place, int] | None = None,
    now_ms: int = 0,
) -> Placement:
    """Where to ask for so many machines more, next to those that are there.

    Each goes to the place that has fewest, of these to the cheapest: no interruption of one
    place takes more than it must. Without diversification: to the cheapest. A place that took
    one away lately comes last.
    """
    reasons = [(offer, refusal(offer, policy)) for offer in offers]
    usable = [offer for offer, why in reasons if why is None]
    count = {offer.place: (there or {}).get(offer.place, 0) for offer in usable}
    asked = {offer.place: 0 for offer in usable}

    def key(offer: Offer) -> tuple[bool, int, int, Place]:
        hot = offer.taken_ms is not None and now_ms - offer.taken_ms < policy.cooloff_ms
        crowd = count[offer.place] if policy.diversify else 0
        return (hot, crowd, offer.price_microusd_h or 0, offer.place)

    missing = machines
    while missing:
        open_ = [o for o in usable if o.capacity is None or asked[o.place] < o.capacity]
        if not open_:
            break
        best = min(open_, key=key)
        asked[best.place] += 1
        count[best.place] += 1
        missing -= 1
    return Placement(
        machines={where: number for where, number in asked.items() if number},
        missing=missing,
        refused=tuple((offer.place, why) for offer, why in reasons if why is not None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """A unit at a machine that is taken away. predicted_ms: how long its work takes in all; 0:
    not known. worked_ms: for how long it has run."""

    id: str
    predicted_ms: int
    worked_ms: int


@dataclass(frozen=True, slots=True)
class Parting:
    """What a notice means for the units of a machine. stay: these may finish; go: these begin
    again elsewhere, at no charge of a retry."""

    stay: tuple[str, ...]
    go: tuple[str, ...]


def part(units: Sequence[AtWork], left_ms: int, policy: SpotPolicy) -> Parting:
    """Who finishes before the machine is gone, in `left_ms`. Of a unit that takes longer than
    was predicted, or of which nothing was, nothing is known: it stays until the end."""
    room_ms = left_ms - policy.finish_ms
    stay = [
        each.id
        for each in units
        if room_ms > 0
        and (each.predicted_ms <= each.worked_ms or each.predicted_ms - each.worked_ms <= room_ms)
    ]
    return Parting(tuple(stay), tuple(each.id for each in units if each.id not in stay))
