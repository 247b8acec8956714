"""The price catalog: dated rows of what machines cost. An unknown price is refused.

A row is a cloud instance type, or another name (`dgxa100.80g`, `local`) that stands for one.
`prices.csv` beside this file ships with the package: on-demand prices as listed by the cloud
on the row's date; a price that its row calls assumed was not listed but is a share of the
on-demand price (spot 30 %, reserved 60 %), and every report says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from portalis.core.money import NotMoney, microusd

COLUMNS: Final = (
    *("instance", "stands_for", "region", "vcpus", "memory_gb", "gpus", "gpu", "gpu_memory_gb"),
    *("on_demand", "spot", "reserved", "assumed", "as_of"),
)


class PricingModel(StrEnum):
    """How a machine is paid for."""

    ON_DEMAND = "on_demand"
    SPOT = "spot"
    RESERVED = "reserved"


class CatalogError(Exception):
    """The catalog cannot be used; the text says which line and why."""


class UnknownPrice(LookupError):  # noqa: N818 - says it
    """No price is known; the text says of what, and what there is."""


@dataclass(frozen=True, slots=True, order=True)
class PriceTag:
    """What a charge says of its price: a row of the catalog, as of a day."""

    instance: str
    cloud_instance: str
    model: PricingModel
    as_of: date
    assumed: bool = False

    def __str__(self) -> str:
        basis = "assumed" if self.assumed else "listed"
        return f"{self.instance} {self.cloud_instance} {self.model} {self.as_of} {basis}"

    @staticmethod
    def parse(text: str) -> PriceTag:
        """Of what `str` makes."""
        instance, cloud, model, as_of, basis = text.split(" ")
        is_assumed = basis == "assumed"
        return PriceTag(instance, cloud, PricingModel(model), date.fromisoformat(as_of), is_assumed)

    def words(self) -> str:
        """For people."""
        what = self.instance
        if self.cloud_instance != what:
            what = f"{what} (as {self.cloud_instance})"
        basis = ", assumed" if self.assumed else ""
        return f"{what}, {self.model.value.replace('_', '-')}, as of {self.as_of}{basis}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A rate and where it comes from. rate: micro-dollars an hour of the whole machine.

    instance: the name that was asked for; cloud_instance: the type that it stands for.
    """

    instance: str
    cloud_instance: str
    region: str
    model: PricingModel
    rate_microusd_h: int
    as_of: date
    assumed: bool = False

    @property
    def tag(self) -> PriceTag:
        return PriceTag(self.instance, self.cloud_instance, self.model, self.as_of, self.assumed)

    def slot_rate_microusd_h(self, slots: int) -> int:
        """The share of one of so many slots, rounded up: no slot is cheaper than its share."""
        return -(-self.rate_microusd_h // slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """What a machine is. gpu_memory_gb: of each GPU."""

    name: str
    region: str
    vcpus: int
    memory_gb: int
    gpus: int
    gpu: str
    gpu_memory_gb: int
    rates: Mapping[PricingModel, int]
    assumed: frozenset[PricingModel]
    as_of: date


@dataclass(frozen=True, slots=True)
class Catalog:
    """instances: by cloud type; names: other names of them."""

    instances: Mapping[str, Instance]
    names: Mapping[str, str] = field(default_factory=dict)

    def instance(self, name: str) -> Instance:
        """Raises UnknownPrice."""
        found = self.instances.get(self.names.get(name, name))
        if found is None:
            known = ", ".join(sorted({*self.instances, *self.names}))
            raise UnknownPrice(f"no price is known of {name!r}; the catalog has: {known}")
        return found

    def price(self, name: str, model: PricingModel = PricingModel.ON_DEMAND) -> Price:
        """Raises UnknownPrice, also where the machine is known but not this way of paying."""
        found = self.instance(name)
        if model not in found.rates:
            raise UnknownPrice(f"no {model} price is known of {name!r}")
        return Price(
            instance=name,
            cloud_instance=found.name,
            region=found.region,
            model=model,
            rate_microusd_h=found.rates[model],
            as_of=found.as_of,
            assumed=model in found.assumed,
        )


def parse(text: str, source: str = "prices.csv") -> Catalog:
    """The catalog of a CSV text with the columns `COLUMNS`; money in dollars an hour. Raises
    CatalogError with the line."""
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise CatalogError(f"{source}:1: the columns are {','.join(COLUMNS)}")
    instances: dict[str, Instance] = {}
    names: dict[str, str] = {}
    try:
        for row in reader:
            place = f"{source}:{reader.line_num}"
            if None in row or None in row.values():
                raise CatalogError(f"{place}: {len(COLUMNS)} fields are needed")
            name = row["instance"]
            if not name or name in instances or name in names:
                raise CatalogError(f"{place}: {name!r} is empty or stands here twice")
            if row["stands_for"]:
                names[name] = row["stands_for"]
            else:
                instances[name] = _instance(row, place)
    except csv.Error as error:
        raise CatalogError(f"{source}:{reader.line_num}: {error}") from error
    for name, meant in names.items():
        if meant not in instances:
            raise CatalogError(f"{source}: {name} stands for {meant}, which has no row")
    return Catalog(instances, names)


def _instance(row: Mapping[str, str], place: str) -> Instance:
    try:
        rates = {model: microusd(row[model]) for model in PricingModel if row[model]}
        assumed = frozenset(PricingModel(each) for each in row["assumed"].split())
        found = Instance(
            name=row["instance"],
            region=row["region"],
            vcpus=int(row["vcpus"]),
            memory_gb=int(row["memory_gb"]),
            gpus=int(row["gpus"]),
            gpu=row["gpu"],
            gpu_memory_gb=int(row["gpu_memory_gb"]),
            rates=rates,
            assumed=assumed,
            as_of=date.fromisoformat(row["as_of"]),
        )
    except (ValueError, NotMoney) as error:
        raise CatalogError(f"{place}: {error}") from error
    if not rates or not assumed <= rates.keys():
        raise CatalogError(f"{place}: a price is missing")
    return found
