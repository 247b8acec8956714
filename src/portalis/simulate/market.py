"""A market for spot machines: when they can be had in each zone, and at what price. Drawn once,
before the clock runs, or given."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.core.money import HOUR_MS
from portalis.simulate.chance import Chance
from portalis.simulate.scenario import Spot


@dataclass(frozen=True, slots=True)
class Zone:
    """changes_ms: when machines are taken away, when they come back, and so on; before the
    first they can be had. prices: micro-dollars an hour of a machine, each for `price_ms`."""

    name: str
    starts_ms: int
    changes_ms: tuple[int, ...]
    prices: tuple[int, ...]
    price_ms: int

    def is_up(self, at_ms: int) -> bool:
        """Whether machines can be had."""
        return bisect.bisect_right(self.changes_ms, at_ms) % 2 == 0

    def since_ms(self, at_ms: int) -> int:
        """Since when that is so."""
        number = bisect.bisect_right(self.changes_ms, at_ms)
        return self.changes_ms[number - 1] if number else self.starts_ms

    def price(self, at_ms: int) -> int:
        """Of a machine that is asked for now; it keeps it."""
        number = (at_ms - self.starts_ms) // self.price_ms
        return self.prices[min(number, len(self.prices) - 1)]

    @property
    def outages_ms(self) -> tuple[int, ...]:
        """When machines are taken away."""
        return self.changes_ms[::2]


def draw(
    spot: Spot, rate_microusd_h: int, starts_ms: int, stops_h: float, chance: Chance
) -> tuple[Zone, ...]:
    """The zones of a market. rate_microusd_h: the catalog's spot price of the machine."""
    price_ms = round(spot.price_every_h * HOUR_MS)
    hours = int(stops_h / spot.price_every_h) + 1
    zones = []
    for number in range(spot.zones):
        if spot.trace_h:
            changes = [starts_ms + round(at * HOUR_MS) for at in spot.trace_h]
        else:
            changes = list(_changes(spot, starts_ms, stops_h, chance))
        low, high = float(spot.price_from), float(spot.price_to)
        prices = [round(rate_microusd_h * chance.uniform(low, high)) for _ in range(hours)]
        zone = Zone(f"zone-{number + 1}", starts_ms, tuple(changes), tuple(prices), price_ms)
        zones.append(zone)
    return tuple(zones)


def _changes(spot: Spot, starts_ms: int, stops_h: float, chance: Chance) -> Iterator[int]:
    at = 0.0
    means = (spot.mean_up_h, spot.mean_down_h)
    for number in itertools.count():
        mean = means[number % 2]
        at += chance.expovariate(1 / mean) if mean else 0.0
        if at > stops_h:
            return
        yield starts_ms + round(at * HOUR_MS)
