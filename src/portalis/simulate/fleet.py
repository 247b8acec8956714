"""How many machines there are, and of which market: the plane's decisions (`resource/scale.py`,
`resource/spot.py`) applied to the modelled cluster.

    demand, use -> scale.decide -> how many;  progress, market -> spot.choose, place -> which
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from portalis.cost.catalog import Price
from portalis.resource import scale, spot
from portalis.simulate.cluster import Cluster, Machine
from portalis.simulate.market import Zone
from portalis.simulate.scenario import Autoscaling, Spot
from portalis.simulate.timeline import Process, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is seen of the work. left_ms, all_ms: of one slot's time; deadline_ms: the first."""

    demand: tuple[scale.Demand, ...]
    all_ms: int
    left_ms: int
    deadline_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How machines are had. nodes: how many, without autoscaling; at the beginning with it.
    autoscaling, spot: None: not used. spot_price: what the catalog says."""

    nodes: int
    slots: int
    boot_ms: int
    price: Price
    spot_price: Price | None
    autoscaling: Autoscaling | None
    spot: Spot | None
    zones: tuple[Zone, ...] = ()


def scale_policy(asked: Autoscaling) -> scale.ScalePolicy:
    return scale.ScalePolicy(
        least_nodes=asked.least,
        most_nodes=asked.most,
        wake_nodes=asked.wake,
        idle_ms=_ms(asked.idle_s),
        up=(
            scale.UpRule(
                metric=scale.Metric.QUEUE_LENGTH,
                threshold=asked.up_queue,
                duration_ms=_ms(asked.up_for_s),
                nodes=asked.up_by,
            ),
        ),
        down=(
            scale.DownRule(
                metric=scale.Metric.UTILISATION,
                threshold=asked.down_use,
                duration_ms=_ms(asked.down_for_s),
            ),
        ),
        up_cooldown_ms=_ms(asked.up_cooldown_s),
        down_cooldown_ms=_ms(asked.down_cooldown_s),
    )


def spot_policy(asked: Spot, boot_ms: int, step_ms: int, longest_ms: int) -> spot.SpotPolicy:
    return spot.SpotPolicy(
        strategy=asked.strategy,
        most_share=asked.most_share,
        fallback_ms=_ms(asked.fallback_s),
        changeover_ms=boot_ms,
        step_ms=step_ms,
        lost_ms=longest_ms,
    )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


class Fleet:
    """look: what there is to do. starts_ms: when the work began."""

    def __init__(
        self,
        env: Timeline,
        cluster: Cluster,
        terms: Terms,
        longest_ms: int,
        look: Callable[[], Seen],
    ) -> None:
        self._env = env
        self._cluster = cluster
        self._terms = terms
        self._look = look
        self._starts_ms = env.now_ms()
        self._every_ms = _ms(terms.autoscaling.every_s) if terms.autoscaling else 5_000
        self._memory = scale.ScaleMemory(nodes=terms.nodes)
        self._wanted = terms.nodes
        self._market = spot.Market.SPOT if terms.spot else spot.Market.ON_DEMAND
        self._policy = (
            spot_policy(terms.spot, terms.boot_ms, self._every_ms, longest_ms)
            if terms.spot
            else None
        )
        self.reasons: Counter[str] = Counter()
        self._taken_ms: dict[str, int] = {}
        for zone in terms.zones:
            env.process(self._watch(zone))

    def begin(self) -> None:
        """The machines that are there at the beginning have booted before it."""
        self._decide_market(self._look())
        self._reconcile(boot_ms=0)

    def run(self) -> Process:
        """Decides again and again; without anything to decide, never."""
        while self._terms.autoscaling is not None or self._terms.spot is not None:
            yield self._env.timeout(self._every_ms)
            self.decide()

    def decide(self) -> None:
        """Once."""
        seen = self._look()
        if self._terms.autoscaling is not None:
            self._decide_number(seen, self._terms.autoscaling)
        self._decide_market(seen)
        self._reconcile(self._terms.boot_ms)

    def _decide_number(self, seen: Seen, asked: Autoscaling) -> None:
        there = [each for each in self._cluster.there if not each.leaving]
        ready = [each for each in there if each.ready]
        slots = sum(each.slots for each in ready)
        pool = scale.Pool(
            now_ms=self._env.now_ms(),
            places=self._terms.slots,
            rate_microusd_h=self._terms.price.rate_microusd_h,
            nodes=len(ready),
            demand=seen.demand,
            utilisation=sum(len(each.runs) for each in ready) / slots if slots else None,
            memory=self._memory,
        )
        decision = scale.decide(pool, scale_policy(asked))
        self._memory, self._wanted = decision.memory, decision.nodes
        if decision.change:
            self.reasons.update(str(each.code) for each in decision.reasons)

    def _decide_market(self, seen: Seen) -> None:
        if self._policy is None:
            return
        now_ms = self._env.now_ms()
        up = self._usable(now_ms)
        at_work = [each for each in self._cluster.there if not each.leaving]
        market = spot.Market.IDLE
        if any(each.is_spot for each in at_work):
            market = spot.Market.SPOT
        elif at_work:
            market = spot.Market.ON_DEMAND
        most = self._terms.autoscaling.most if self._terms.autoscaling else self._terms.nodes
        places = max(1, most * self._terms.slots)
        decision = spot.choose(
            spot.Progress(
                now_ms=now_ms,
                start_ms=self._starts_ms,
                work_ms=-(-seen.all_ms // places),
                done_ms=(seen.all_ms - seen.left_ms) // places,
                deadline_ms=seen.deadline_ms,
                market=market,
                spot=bool(up),
                since_ms=max((z.since_ms(now_ms) for z in up or self._terms.zones), default=0),
            ),
            self._policy,
        )
        if decision.reason.code is spot.SpotReason.DONE:
            # Whether machines without work are kept is for the scaling to say.
            return
        if decision.market is not self._market:
            self.reasons[str(decision.reason.code)] += 1
        self._market = decision.market

    def _reconcile(self, boot_ms: int) -> None:
        """Ask for what is missing of the market, give back what is too much. Machines of the
        other market work until those that replace them are ready."""
        there = [each for each in self._cluster.there if not each.leaving]
        is_spot = self._market is spot.Market.SPOT
        wanted = 0 if self._market is spot.Market.IDLE else self._wanted
        right = [each for each in there if each.is_spot == is_spot]
        wrong = [each for each in there if each.is_spot != is_spot]
        if is_spot:
            self._ask_for_spot(wanted - len(right), right, boot_ms)
        else:
            for _ in range(wanted - len(right)):
                self._cluster.ask_for(self._terms.price, self._terms.slots, boot_ms)
        self._give_back(right, len(right) - wanted)
        ready = sum(each.ready for each in right)
        self._give_back(wrong, len(wrong) - max(0, wanted - ready))

    def _ask_for_spot(self, missing: int, right: Sequence[Machine], boot_ms: int) -> None:
        assert self._policy is not None
        catalog = self._terms.spot_price
        if missing <= 0 or catalog is None:
            return
        now_ms = self._env.now_ms()
        zones = {zone.name: zone for zone in self._terms.zones}
        offers = [self._offer(zone, catalog.instance, now_ms) for zone in self._terms.zones]
        there = Counter((catalog.instance, each.zone) for each in right)
        placed = spot.place(missing, offers, self._policy, there, now_ms)
        for (_, name), number in placed.machines.items():
            price = replace(catalog, rate_microusd_h=zones[name].price(now_ms))
            for _ in range(number):
                self._cluster.ask_for(price, self._terms.slots, boot_ms, name)

    def _offer(self, zone: Zone, instance: str, now_ms: int) -> spot.Offer:
        return spot.Offer(
            instance=instance,
            zone=zone.name,
            price_microusd_h=zone.price(now_ms),
            on_demand_microusd_h=self._terms.price.rate_microusd_h,
            capacity=None if zone.is_up(now_ms) else 0,
            taken_ms=self._taken_ms.get(zone.name),
        )

    def _usable(self, now_ms: int) -> list[Zone]:
        """Zones that have machines within the caps."""
        policy, catalog = self._policy, self._terms.spot_price
        if policy is None or catalog is None:
            return []
        return [
            zone
            for zone in self._terms.zones
            if spot.refusal(self._offer(zone, catalog.instance, now_ms), policy) is None
        ]

    def _give_back(self, machines: Sequence[Machine], many: int) -> None:
        """The emptiest first."""
        for machine in sorted(machines, key=lambda each: (each.ready, each.busy, each.name)):
            if many <= 0:
                return
            self._cluster.give_back(machine)
            many -= 1

    def _watch(self, zone: Zone) -> Process:
        """Machines of the zone are taken away when the market says so, and others are asked for
        at once."""
        assert self._terms.spot is not None
        assert self._policy is not None
        notice_ms = _ms(self._terms.spot.notice_s)
        for at_ms in zone.outages_ms:
            if at_ms < self._env.now_ms():
                continue
            yield self._env.timeout(at_ms - self._env.now_ms())
            self._taken_ms[zone.name] = at_ms
            for machine in list(self._cluster.there):
                if machine.zone == zone.name:
                    self._cluster.take_away(machine, notice_ms, self._policy)
            self.decide()
