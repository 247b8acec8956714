"""The policy: what a service allows whom, and in which order. A typed value; pure.

`config/resource_allocation.yaml` is read into it (`policy_file.py`). A key that is not given
means what its default says: nothing is bounded by it. Each key is enforced where its docstring
says; `docs/policy.md` is generated from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from portalis.core.documents import Misfit
from portalis.core.money import microusd
from portalis.resource.cron import Cron
from portalis.resource.policy_model import Count, Dollars, PolicyModel, Share
from portalis.resource.policy_nodes import AutoScaling, SpotInstances
from portalis.workload.model.job import Priority

QueueName = Literal["interactive", "batch", "training", "low_priority"]
Strategy = Literal["round_robin", "bin_packing", "exclusive", "spot_only"]
SharePolicy = Literal["preemptive", "non_preemptive", "exclusive", "spot_only"]
SizeName = Literal["tiny", "small", "medium", "large", "xlarge"]
SIZES: Final[tuple[SizeName, ...]] = ("tiny", "small", "medium", "large", "xlarge")
QUEUES: Final[tuple[QueueName, ...]] = ("interactive", "batch", "training", "low_priority")
# As far as waiting raises a unit.
TOP: Final = 90
# The tier of who is not named.
DEFAULT_TIER: Final = "default"


def _cron(value: Any) -> Any:  # noqa: ANN401 - as the file has it
    return Cron.parse(value) if isinstance(value, str) else value


Schedule = Annotated[Cron, BeforeValidator(_cron)]


class Size(PolicyModel):
    """One size of jobs. A job has the first whose bounds it is within."""

    max_loc: Count | None = None
    """The most lines of its sources; of the last size: larger jobs are refused."""
    max_functions: Count | None = None
    """The most functions and methods in its sources."""
    gpu_allocation: Count = 1
    """GPUs of a unit that needs the model engine. Other units get none."""
    cpu_cores: Count | None = None
    """Slots that work for one job of the size at once, at most."""
    memory_gb: Count | None = None
    """Memory that is set aside for a unit once it has run out of it; before that it shares its
    node with others. Else 1024 MB."""
    max_latency_ms: Count | None = None
    """The target: after half of it an urgent unit that waits has others stopped for it."""
    priority_queue: QueueName = "batch"
    """The queue of a job that names none."""


class Sizes(PolicyModel):
    """Size classes of jobs."""

    tiny: Size = Size(max_loc=100)
    small: Size = Size(max_loc=1_000)
    medium: Size = Size(max_loc=10_000)
    large: Size = Size(max_loc=100_000)
    xlarge: Size = Size()

    @model_validator(mode="after")
    def _grows(self) -> Sizes:
        for bound in ("max_loc", "max_functions"):
            last = 0
            for name in SIZES:
                found = getattr(getattr(self, name), bound)
                if found is not None and found <= last:
                    raise Misfit((name, bound), "is not above that of the size before it")
                last = found or last
        return self

    def of(self, name: str) -> Size:
        found: Size = getattr(self, name)
        return found


class Queue(PolicyModel):
    """What a priority means."""

    priority: int = Field(default=50, ge=0, le=100)
    """The rank of a unit that has just become ready: the highest goes first. Each minute of
    waiting adds ten, up to 90; above that is only what has others stopped."""
    max_concurrent_jobs: Count | None = None
    """Jobs of the queue of which units are at work at once."""
    max_queue_size: Count | None = None
    """Jobs of the queue that have not ended; beyond that a submission is refused (429)."""
    timeout_seconds: int = Field(default=1_800, ge=10)
    """A unit that works for longer is stopped."""
    gpu_share_policy: SharePolicy = "non_preemptive"
    """preemptive: has others stopped; non_preemptive: does not; exclusive: whole GPUs only;
    spot_only: spot nodes only."""
    target_latency_ms: Count | None = None
    """As max_latency_ms of the size; the lower of both counts."""
    allow_preemption: bool = False
    """Whether units may be stopped for urgent ones; else they give way when they end."""

    @property
    def is_urgent(self) -> bool:
        """Whether it has others stopped."""
        return self.gpu_share_policy == "preemptive"


class Queues(PolicyModel):
    """The four queues."""

    interactive: Queue = Queue(priority=100, gpu_share_policy="preemptive")
    batch: Queue = Queue(priority=50)
    training: Queue = Queue(priority=30, gpu_share_policy="exclusive")
    low_priority: Queue = Queue(priority=10, gpu_share_policy="spot_only", allow_preemption=True)

    @model_validator(mode="after")
    def _ranks(self) -> Queues:
        for name in QUEUES:
            queue = self.of(name)
            if queue.gpu_share_policy == "preemptive" and queue.allow_preemption:
                raise Misfit(
                    (name, "allow_preemption"),
                    "what has others stopped cannot be stopped for others: two such units would "
                    "stop each other in turn",
                )
            if queue.is_urgent != (queue.priority > TOP):
                raise Misfit(
                    (name, "priority"),
                    f"above {TOP} is for preemptive queues, and they need it: waiting raises the "
                    f"others up to {TOP}",
                )
        return self

    def of(self, name: str) -> Queue:
        found: Queue = getattr(self, name)
        return found


class Selection(PolicyModel):
    """The strategy by which units of a queue are given GPUs."""

    interactive: Strategy = "round_robin"
    """Of its units that need GPUs."""
    batch: Strategy = "bin_packing"
    """Of its units that need GPUs."""
    training: Strategy = "exclusive"
    """Of its units that need GPUs."""
    low_priority: Strategy = "spot_only"
    """Of its units that need GPUs."""


class Sharing(PolicyModel):
    """How far a GPU is shared."""

    max_jobs_per_gpu: Count = 4
    """Units on one GPU at once."""
    gpu_sharing: bool = True
    """false: one unit a GPU."""

    @model_validator(mode="after")
    def _agrees(self) -> Sharing:
        if not self.gpu_sharing and self.max_jobs_per_gpu > 1:
            raise Misfit(("max_jobs_per_gpu",), "is 1 without gpu_sharing")
        return self


class Packing(Sharing):
    """Fill a GPU before the next one is used."""

    max_jobs_per_gpu: Count = 8
    """Units on one GPU at once."""
    pack_threshold: Share = 0.7
    """A GPU whose memory is taken up to this share gets no more while another one is free."""


class Alone(Sharing):
    """A unit has its GPUs for itself."""

    max_jobs_per_gpu: Literal[1] = 1
    """Always 1."""
    gpu_sharing: Literal[False] = False
    """Always false."""


class SpotOnly(Sharing):
    """Spread over the GPUs of spot nodes."""

    max_jobs_per_gpu: Count = 8
    """Units on one GPU at once."""
    fallback_to_on_demand: bool = True
    """Whether units may run on other nodes after all."""
    fallback_threshold_minutes: int = Field(default=10, ge=0)
    """After they have waited for so long."""


class GpuAllocation(PolicyModel):
    """Strategies."""

    strategy_selection: Selection = Selection()
    round_robin: Sharing = Sharing()
    bin_packing: Packing = Packing()
    exclusive: Alone = Alone()
    spot_only: SpotOnly = SpotOnly()

    def sharing(self, strategy: Strategy) -> Sharing:
        found: Sharing = getattr(self, strategy)
        return found


class Quota(PolicyModel):
    """What one tenant of a tier may have at once."""

    max_gpus: int | None = Field(default=None, ge=0)
    """GPUs that its units have."""
    max_cpu_cores: Count | None = None
    """Slots that work for it."""
    max_memory_gb: Count | None = None
    """Memory that is set aside for its units."""
    max_concurrent_jobs: Count | None = None
    """Its jobs of which units are at work."""
    max_queue_size: Count | None = None
    """Its jobs that have not ended; beyond that a submission is refused (429)."""
    max_cost_per_day: Dollars | None = None
    """Its daily budget, in dollars, unless `portalis budget set` gave it one."""

    @property
    def day_microusd(self) -> int | None:
        return None if self.max_cost_per_day is None else microusd(self.max_cost_per_day)


class Isolation(PolicyModel):
    """What keeps tenants apart on one machine."""

    gpu_memory_limit: bool = True
    """Whether a unit is held to the memory of its size (`gpu_memory.job_limits`)."""


class FairShare(PolicyModel):
    """Whose turn it is among equals."""

    enabled: bool = True
    """false: the oldest job first, whoever used how much."""
    window_minutes: Count = 60
    """After this time what a tenant used counts half."""


class MultiTenant(PolicyModel):
    """Tiers, and who has which."""

    enabled: bool = True
    """false: no quotas."""
    quotas: Mapping[str, Quota] = Field(default={DEFAULT_TIER: Quota()})
    """The tiers by name; `default` is that of who is not named."""
    tenants: Mapping[str, str] = Field(default={})
    """The tier of a tenant."""
    isolation: Isolation = Isolation()
    fair_share: FairShare = FairShare()

    @model_validator(mode="after")
    def _tiers(self) -> MultiTenant:
        for tenant, tier in self.tenants.items():
            if tier not in self.quotas:
                known = ", ".join(self.quotas)
                raise Misfit(("tenants", tenant), f"{tier} is no tier; there are: {known}")
        return self

    def quota(self, tenant_id: str) -> Quota:
        """Of one tenant."""
        if not self.enabled:
            return NO_QUOTA
        return self.quotas.get(self.tenants.get(tenant_id, DEFAULT_TIER), NO_QUOTA)


NO_QUOTA: Final = Quota()


class Reserved(PolicyModel):
    """What is kept for a queue."""

    priority_queue: QueueName
    """For which."""
    gpus: int | Literal["all"] = Field(default=0)
    """GPUs."""
    cpu_cores: int | Literal["all"] = Field(default=0)
    """Slots."""
    exclusive: bool = False
    """Whether units of the queue have their GPUs for themselves meanwhile."""

    @model_validator(mode="after")
    def _some(self) -> Reserved:
        for each in (self.gpus, self.cpu_cores):
            if isinstance(each, int) and each < 0:
                raise ValueError("fewer than none cannot be kept")
        if not self.gpus and not self.cpu_cores:
            raise ValueError("neither gpus nor cpu_cores: nothing is kept")
        return self


class Reservation(PolicyModel):
    """Something is kept for a queue at certain times, in UTC."""

    name: str
    """What `portalis job explain` calls it."""
    cron: Schedule
    """Five fields: minute, hour, day of month, month, day of week. It begins at each instant
    that they name."""
    duration_hours: float = Field(default=1.0, gt=0, le=168)
    """For how long from such an instant."""
    resources: Reserved


class Reservations(PolicyModel):
    """Times of day."""

    enabled: bool = True
    """false: nothing is kept."""
    schedules: Sequence[Reservation] = Field(default=())


class JobLimits(PolicyModel):
    """GPU memory of a unit by the size of its job, in MB."""

    tiny: Count = 4_096
    """Of a unit, on each of its GPUs."""
    small: Count = 8_192
    """Of a unit, on each of its GPUs."""
    medium: Count = 16_384
    """Of a unit, on each of its GPUs."""
    large: Count = 32_768
    """Of a unit, on each of its GPUs."""
    xlarge: Count = 65_536
    """Of a unit, on each of its GPUs."""

    def of(self, name: str) -> int:
        found: int = getattr(self, name)
        return found


class Dynamic(PolicyModel):
    """How far a GPU's memory is given away."""

    max_fraction: Share = 0.95
    """The share of a GPU's memory that units are given, together."""


class OomHandling(PolicyModel):
    """What follows when a unit ran out of memory."""

    retry_with_more_memory: bool = True
    """false: it has failed."""
    max_retries: int = Field(default=2, ge=0)
    """How often it is tried again."""
    memory_increment_gb: int = Field(default=0, ge=0)
    """How much more than before it is given, on its GPUs if it has some; 0: half as much again."""
    fallback_to_cpu: bool = True
    """Whether a unit that still runs out of GPU memory is tried once more without GPUs."""


class GpuMemory(PolicyModel):
    """Memory."""

    dynamic: Dynamic = Dynamic()
    job_limits: JobLimits = JobLimits()
    oom_handling: OomHandling = OomHandling()


class Policy(PolicyModel):
    """All of it."""

    job_size_thresholds: Sizes = Sizes()
    priority_queues: Queues = Queues()
    gpu_allocation: GpuAllocation = GpuAllocation()
    multi_tenant: MultiTenant = MultiTenant()
    reservations: Reservations = Reservations()
    gpu_memory: GpuMemory = GpuMemory()
    auto_scaling: AutoScaling = AutoScaling()
    spot_instances: SpotInstances = SpotInstances()

    @model_validator(mode="after")
    def _agrees(self) -> Policy:
        for name in QUEUES:
            shares = self.priority_queues.of(name).gpu_share_policy
            strategy = getattr(self.gpu_allocation.strategy_selection, name)
            for word in ("exclusive", "spot_only"):
                if (shares == word) != (strategy == word):
                    raise Misfit(
                        ("priority_queues", name, "gpu_share_policy"),
                        f"is {shares}, but gpu_allocation.strategy_selection.{name} is {strategy}",
                    )
        return self

    def queue(self, priority: Priority) -> Queue:
        return self.priority_queues.of(priority.value)

    def strategy(self, priority: Priority) -> Strategy:
        found: Strategy = getattr(self.gpu_allocation.strategy_selection, priority.value)
        return found


# Nothing is bounded; the queues mean what they always did.
OPEN: Final = Policy()
