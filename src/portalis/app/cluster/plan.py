"""What a step would change in a cluster, and what the cluster costs an hour. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portalis.app.cluster.render import HEAD, WORKERS
from portalis.cost.catalog import Catalog, Price, PricingModel

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """before, after: values of the place; None: nothing is there."""

    place: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes of one kind: at least and at most so many, and the price of each."""

    name: str
    least: int
    most: int
    price: Price


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a cluster, in micro-dollars an hour: with the fewest nodes, and with the most of the
    dearest. What Terraform made, traffic and disks are beside it."""

    region: str
    groups: tuple[Group, ...]
    least_microusd_h: int
    most_microusd_h: int

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Other regions than the cluster's that prices are of."""
        regions = dict.fromkeys(each.price.region for each in self.groups)
        return tuple(each for each in regions if each != self.region)


def changes(before: Tree | None, after: Tree | None) -> list[Change]:
    """From one document to another; None: there is no cluster."""
    old, new = dict(_leaves(before or {})), dict(_leaves(after or {}))
    return [
        Change(place, old.get(place), new.get(place))
        for place in dict.fromkeys((*old, *new))
        if old.get(place) != new.get(place)
    ]


def cost(found: Tree, catalog: Catalog) -> Cost:
    """Raises UnknownPrice."""
    kinds = found["available_node_types"]
    head = Group(HEAD, 1, 1, _price(kinds[HEAD], catalog))
    workers = [
        Group(name, kinds[name]["min_workers"], kinds[name]["max_workers"], price)
        for name in WORKERS
        for price in [_price(kinds[name], catalog)]
    ]
    own = head.price.rate_microusd_h
    return Cost(
        region=found["provider"]["region"],
        groups=(head, *workers),
        least_microusd_h=own + sum(each.least * each.price.rate_microusd_h for each in workers),
        most_microusd_h=own + _dearest(workers, found["max_workers"]),
    )


def _dearest(workers: list[Group], most: int) -> int:
    """The price of so many workers, the dearest first."""
    total = 0
    for each in sorted(workers, key=lambda each: -each.price.rate_microusd_h):
        count = min(each.most, most)
        total += count * each.price.rate_microusd_h
        most -= count
    return total


def _price(kind: Tree, catalog: Catalog) -> Price:
    config = kind["node_config"]
    is_spot = "InstanceMarketOptions" in config
    model = PricingModel.SPOT if is_spot else PricingModel.ON_DEMAND
    return catalog.price(config["InstanceType"], model)


def _leaves(tree: Tree, above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        place = f"{above}.{key}" if above else str(key)
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, place)
        else:
            yield place, value
