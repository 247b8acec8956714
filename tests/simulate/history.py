"""One seed, one history: tenants, controllers and faults until all is over."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, replace

from portalis.core.clock import ManualClock
from portalis.core.ids import JobId, TenantId
from portalis.resource.policy_file import parse
from portalis.workload.control.controller import Controller
from portalis.workload.control.limits import Limits
from portalis.workload.desk import Desk, Refusal
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Budget, Tariff, Window
from portalis.workload.model.snapshot import Gpu
from portalis.workload.model.transitions import ENDED_JOB, JobState
from portalis.workload.ports import Conflict, Deposed, Unavailable
from tests.simulate.world import Crash, DictCache, DictObjects, FaultyState, Odds, SimExecutor

# Tight enough that each of its bounds is met.
POLICY = parse(
    """
job_size_thresholds: {tiny: {cpu_cores: 2, max_latency_ms: 1500, memory_gb: 1}}
priority_queues:
  batch: {max_concurrent_jobs: 3, max_queue_size: 6}
  training: {max_concurrent_jobs: 1}
multi_tenant:
  quotas: {default: {max_cpu_cores: 4, max_concurrent_jobs: 4, max_gpus: 2, max_memory_gb: 4}}
reservations:
  schedules:
    - {name: often, cron: "*/10 * * * *", duration_hours: 0.05,
       resources: {priority_queue: interactive, cpu_cores: 1, gpus: 1}}
""",
    "history",
)
# A stand-in for those of the model engine.
GPUS = tuple(Gpu(id=f"gpu-{n}", node="node", memory_mb=80_000, spot=True) for n in range(2))
# Five micro-dollars a millisecond: a hold is at most a third of a dollar.
LIMITS = Limits(
    lease_ms=5_000,
    lead_ms=3_000,
    unit_ms=60_000,
    tariff=Tariff(rate_microusd_h=5 * 3_600_000, price="simulated"),
    policy=POLICY,
)
DAY_MS = 86_400_000
TENANTS = (TenantId("ann"), TenantId("bob"))
# With the weather good again, everything is over after this much virtual time.
CALM_MS = 3_600_000
# Then nothing happens that a look each second would miss.
CALM_STEP_MS = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a history was like, for who looks whether faults happened at all."""

    jobs: int
    commits: int
    attempts: int
    crashes: int
    states: tuple[str, ...]
    resumed: int
    told: int


class History:
    """Everything that happens is drawn from the seed. slots: where it is given, it is not."""

    def __init__(self, seed: int, slots: int | None = None) -> None:
        self.rng = random.Random(seed)
        # Often a few minutes before the day turns, and with it the week or the month.
        turn_ms = self.rng.choice((1, 4, 31)) * DAY_MS
        self.clock = ManualClock(turn_ms - self.rng.choice((60_000, 200_000, DAY_MS // 2)))
        self.odds = Odds.drawn(self.rng)
        self.state = FaultyState(self.rng, self.odds, self.clock)
        self.objects = DictObjects(self.rng, self.odds)
        self.cache = DictCache(self.rng)
        drawn = self.rng.choice((1, 2, 5))
        slots = drawn if slots is None else slots
        self.executor = SimExecutor(self.clock, self.rng, self.odds, slots, gpus=GPUS)
        self.desk = Desk(self.state, self.objects, self.clock, self.rng, LIMITS)
        self.jobs: list[tuple[TenantId, JobId]] = []
        self.crashes = 0
        self.born = 0
        self.controllers = [self._controller() for _ in range(self.rng.choice((1, 1, 2)))]

    def _controller(self) -> Controller:
        self.born += 1
        return Controller(
            self.state,
            self.objects,
            self.cache,
            self.executor,
            self.clock,
            f"controller-{self.born}",
            LIMITS,
        )

    def run(self, steps: int = 120) -> Outcome:
        for _ in range(steps):
            self._act()
            self._controllers_step()
            self.clock.advance(self.rng.choice((1, 10, 100, 500, 3_000)))
        self._calm_down()
        self.state.checker.at_rest()
        return Outcome(
            jobs=len(self.jobs),
            commits=self.state.commits,
            attempts=len(self.state.checker.opened),
            crashes=self.crashes,
            states=tuple(str(self.desk.job(*each).state) for each in self.jobs),
            resumed=sum(self._resumed(*each) for each in self.jobs),
            told=len(self.state.checker.told),
        )

    def _resumed(self, tenant_id: TenantId, job_id: JobId) -> int:
        """How often the job went on after a budget had stopped it."""
        states = [event.state for event in self.desk.events(tenant_id, job_id, limit=100_000)]
        stopped = JobState.STOPPED_BUDGET
        return sum(a == stopped != b for a, b in itertools.pairwise(states))

    def _act(self) -> None:
        """A tenant may do something; its process may crash over it, and it asks again."""
        chance = self.rng.random()
        try:
            if chance < 0.08:
                self._submit()
            elif chance < 0.10:
                self._set_budget()
            elif chance < 0.12 and self.jobs:
                self.desk.cancel(*self.rng.choice(self.jobs))
            elif chance < 0.15 and self.jobs:
                self.desk.retry(*self.rng.choice(self.jobs))
        except (Crash, Unavailable, Conflict, Refusal):
            return

    def _set_budget(self) -> None:
        """A new budget, or a changed one: some too low for anything."""
        sizes = (100_000, 400_000, 1_000_000, 5_000_000)
        windows = [window for window in Window if window is not Window.JOB]
        chosen = self.rng.sample(windows, self.rng.choice((0, 1, 2, 4)))
        self.state.put_budget(
            Budget(
                tenant_id=self.rng.choice(TENANTS),
                limits={window: self.rng.choice(sizes) for window in chosen},
                alert_permille=self.rng.choice((1, 500, 800, 1000)),
                hard_stop=self.rng.random() < 0.8,
                changed_ms=self.clock.now_ms(),
            )
        )

    def _submit(self) -> None:
        tenant = self.rng.choice(TENANTS)
        key = f"key-{len(self.jobs)}"
        files = {"a.py": b"x = %d\n" % self.rng.randrange(50)}
        priority = self.rng.choice(list(Priority))
        limit = self.rng.choice((None, None, None, 350_000, 2_000_000))
        for _ in range(20):
            try:
                found = self.desk.submit(
                    tenant, files, priority=priority, limit_microusd=limit, idempotency_key=key
                )
            except (Crash, Unavailable):
                continue
            self.jobs.append((tenant, found.job.id))
            return

    def _controllers_step(self) -> None:
        for number, controller in enumerate(self.controllers):
            try:
                controller.step(0)
            except (Unavailable, Deposed):
                continue
            except Crash:
                self.crashes += 1
                self.controllers[number] = self._controller()
                if self.rng.random() < 0.5:
                    self.executor.crash()

    def _calm_down(self) -> None:
        for name in Odds.__slots__:
            setattr(self.odds, name, 0.0)
        until_ms = self.clock.now_ms() + CALM_MS
        while any(self.desk.job(*each).state not in ENDED_JOB for each in self.jobs):
            assert self.clock.now_ms() < until_ms, f"starved: {self._unfinished()}"
            self._controllers_step()
            self.clock.advance(CALM_STEP_MS)

    def _unfinished(self) -> list[str]:
        found = [self.desk.job(*each) for each in self.jobs]
        return [f"{replace(job, options={})}" for job in found if job.state not in ENDED_JOB]
