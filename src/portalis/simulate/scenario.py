"""What is simulated: a scenario, as its file says it. All values are typed; an unknown key is
refused with its line (`core/documents.py`)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from portalis.core.settings import SettingsModel
from portalis.cost.catalog import PricingModel
from portalis.cost.recommend import Saving
from portalis.resource.spot import Strategy
from portalis.workload.model.job import Priority


class Feature(StrEnum):
    """What a variant of a scenario may use; without it what the section of that name says does
    not count."""

    SPOT = "spot"
    AUTOSCALING = "autoscaling"
    CACHING = "caching"


class Arrivals(StrEnum):
    """How the jobs of a tenant come: all at once, at equal distances, at random (a Poisson
    process), each a pause after the one before it is done (a person who waits for it)."""

    AT_ONCE = "at_once"
    EVEN = "even"
    RANDOM = "random"
    AFTER = "after"


class Load(SettingsModel):
    """Jobs of one kind."""

    name: str
    """For the figures by kind."""
    tenants: int = Field(default=1, ge=1)
    """How many tenants hand in such jobs."""
    tenant: str = "tenant"
    """Their name, before a number. Kinds of the same name are of the same tenants."""
    jobs: int = Field(default=1, ge=1)
    """Of each tenant."""
    arrivals: Arrivals = Arrivals.AT_ONCE
    every_s: float = Field(default=0, ge=0)
    """The time between two jobs of a tenant, or its mean."""
    from_s: float = Field(default=0, ge=0)
    """When the first comes, after the beginning."""
    priority: Priority = Priority.BATCH
    lines: int = Field(default=0, ge=0)
    """Of Python, a job: its time is that of the calibration."""
    unit_lines: int = Field(default=200, ge=1)
    """Lines of a unit of it."""
    spread: float = Field(default=0.0, ge=0, lt=1)
    """By what share sizes of jobs differ from `lines`, up and down."""
    units: int = Field(default=0, ge=0)
    """Units of a job whose time is given instead of lines."""
    unit_ms: int = Field(default=0, ge=0)
    """Of work, each."""
    repeats: float = Field(default=0.0, ge=0, le=1)
    """Share of units that were translated before and are unchanged."""
    deadline_h: float | None = Field(default=None, gt=0)
    """By when a job is to be done, after it came."""

    @model_validator(mode="after")
    def _says_how_long(self) -> Load:
        if bool(self.lines) == bool(self.units):
            raise ValueError("either lines, or units with unit_ms")
        if self.arrivals is not Arrivals.AT_ONCE and not self.every_s:
            raise ValueError("every_s is needed unless all jobs come at once")
        return self


class Cluster(SettingsModel):
    """The machines."""

    instance: str = "c7i.4xlarge"
    """Of the price catalog."""
    slots: int = Field(default=0, ge=0)
    """Of a machine; 0: one a vCPU."""
    nodes: int = Field(default=1, ge=0)
    """That are there all the time; with autoscaling at the beginning."""
    boot_s: float = Field(default=180, ge=0)
    """From the request of a machine to its first unit."""
    pricing: PricingModel = PricingModel.ON_DEMAND
    """Of machines that are not spot."""


class Autoscaling(SettingsModel):
    """The number of machines follows the demand, by `resource/scale.py`."""

    least: int = Field(default=0, ge=0)
    most: int = Field(default=8, ge=1)
    wake: int = Field(default=1, ge=1)
    """Machines that an empty cluster gets as soon as there is work."""
    every_s: float = Field(default=5, gt=0)
    """How often it is decided."""
    idle_s: float = Field(default=120, ge=0)
    """With nothing to do for this long all machines beyond `least` are given back."""
    up_queue: float = Field(default=10, ge=0)
    """With more units waiting than this for `up_for_s`, there are `up_by` machines more."""
    up_for_s: float = Field(default=60, ge=0)
    up_by: int = Field(default=2, ge=1)
    up_cooldown_s: float = Field(default=180, ge=0)
    down_use: float = Field(default=0.3, ge=0, le=1)
    """With slots less busy than this for `down_for_s`, there is one machine less."""
    down_for_s: float = Field(default=600, ge=0)
    down_cooldown_s: float = Field(default=300, ge=0)


class Spot(SettingsModel):
    """Spot machines, chosen by `resource/spot.py`, and a market for them that is drawn from the
    seed, or given."""

    strategy: Strategy = Strategy.UNIFORM_PROGRESS
    """For work with a deadline."""
    zones: int = Field(default=2, ge=1)
    mean_up_h: float = Field(default=4.0, gt=0)
    """How long machines can be had in a zone, on average, before all there are taken away."""
    mean_down_h: float = Field(default=0.5, ge=0)
    """How long after that there are none, on average."""
    trace_h: tuple[float, ...] = ()
    """Instead, for every zone: hours after the beginning at which they are taken away, come
    back, and so on."""
    notice_s: float = Field(default=120, ge=0)
    """From the notice to the end of a machine."""
    price_from: Decimal = Decimal("0.8")
    price_to: Decimal = Decimal("1.2")
    """Between which multiples of the catalog's spot price the market's lies."""
    price_every_h: float = Field(default=1.0, gt=0)
    """How long a price of the market holds."""
    most_share: Decimal = Decimal("0.7")
    """Of the on-demand price: spot that costs more is not taken."""
    fallback_s: float = Field(default=300, ge=0)
    """Without a deadline and without spot for this long: on demand."""


class BudgetOf(SettingsModel):
    """What a tenant may spend, in dollars."""

    tenant: str
    daily: Decimal | None = None
    weekly: Decimal | None = None
    monthly: Decimal | None = None
    lifetime: Decimal | None = None
    alert: Decimal = Decimal("0.8")
    hard_stop: bool = True


class Claim(SettingsModel):
    """What the seed's table says of the scenario, or of a variant: printed beside what was
    simulated, never used."""

    source: str
    time: str = ""
    cost: str = ""
    utilisation: str = ""
    machines: str = ""


class Variant(SettingsModel):
    """The same jobs under other rules."""

    name: str
    features: tuple[Feature, ...] = ()
    strategy: Strategy | None = None
    """Instead of the one of `spot`."""
    instance: str = ""
    """Instead of the one of `cluster`."""
    pricing: PricingModel | None = None
    """Instead of the one of `cluster`."""
    applies: Saving | None = None
    """The recommendation that tells it from the variant before: `make cost-analysis` prints what
    it was said to save beside what it does."""
    claim: Claim | None = None


class Scenario(SettingsModel):
    """A file."""

    title: str
    about: str = ""
    claim: Claim | None = None
    starts: datetime = datetime(2026, 1, 5, tzinfo=UTC)
    """The virtual clock at the beginning; windows of budgets follow it."""
    stops_h: float = Field(default=24 * 7, gt=0)
    """After this much virtual time what is not done is given up."""
    lasts_h: float = Field(default=0, ge=0)
    """Machines that are there all the time are paid for at least this long."""
    verify: Literal["none", "compile", "run"] = "compile"
    """How far translations are verified: which of the calibration's speeds count."""
    step_ms: int = Field(default=20, ge=1)
    """The controller collects news for this long."""
    deciding: Literal["free", "charged"] = "free"
    """charged: the processor time that the controller really takes for a round passes on the
    virtual clock, too, before what it decided begins: the figures are of this machine then."""
    tenant_units: int = Field(default=0, ge=0)
    """Units of one tenant that may be in flight; 0: no limit."""
    load: tuple[Load, ...]
    cluster: Cluster = Cluster()
    autoscaling: Autoscaling = Autoscaling()
    spot: Spot = Spot()
    budgets: tuple[BudgetOf, ...] = ()
    features: tuple[Feature, ...] = ()
    """What is used where there are no variants."""
    variants: tuple[Variant, ...] = ()

    @model_validator(mode="after")
    def _begins_in_utc(self) -> Scenario:
        if self.starts.utcoffset() is None:
            raise ValueError("starts needs a time zone: 2026-01-05T00:00:00Z")
        return self

    @property
    def starts_ms(self) -> int:
        return int(self.starts.timestamp()) * 1000

    def all_variants(self) -> tuple[Variant, ...]:
        """At least one."""
        return self.variants or (Variant(name="", features=self.features),)
