"""One run: the plane's own controller, stores in memory, a modelled cluster, one virtual clock.

jobs at their times -> controller (tick, draft, budgets, cache) <-> cluster <- fleet
                             \\-> the facts -> figures
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import simpy

from portalis.core.ids import JobId, TenantId, new_id
from portalis.core.money import HOUR_MS, microusd
from portalis.cost.budgets import ceiling, left
from portalis.cost.catalog import Catalog, PricingModel
from portalis.cost.windows import accounts_of
from portalis.resource import scale
from portalis.resource.rates import Rate
from portalis.simulate import jobs, market
from portalis.simulate.chance import Chance
from portalis.simulate.cluster import Cluster, Sample
from portalis.simulate.fleet import Fleet, Seen, Terms
from portalis.simulate.jobs import Planned
from portalis.simulate.scenario import Arrivals, BudgetOf, Feature, Scenario, Variant
from portalis.simulate.stores import DictCache, DictObjects, WatchedState
from portalis.simulate.timeline import Process, Timeline
from portalis.workload.control import jobs as verbs
from portalis.workload.control import keys
from portalis.workload.control.controller import Controller
from portalis.workload.control.draft import Draft
from portalis.workload.control.limits import Limits
from portalis.workload.model.attempt import Charge
from portalis.workload.model.job import Job, Priority
from portalis.workload.model.ledger import Account, Budget, Node, Tariff, Window
from portalis.workload.model.snapshot import Decisions
from portalis.workload.model.transitions import ENDED_JOB, JobState, UnitState
from portalis.workload.model.unit import Unit
from portalis.workload.ports import JobQuery

OWNER = "clerk"
# The controller looks again after this without news: with something urgent waiting, for which
# others may have to make room, and else.
_URGENT_MS, _REST_MS = 500, 60_000
# No lease ends: a modelled executor tells the end of everything.
_FOREVER_MS = 10**12

Watch = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Seconds of the processor, by the stopwatch that was given: of all of the controller's
    rounds, and of these in the scheduler and what it reads."""

    rounds: int = 0
    clerk_s: float = 0.0
    decide_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a run leaves: the facts of the plane, and what the cluster was like."""

    starts_ms: int
    ends_ms: int
    jobs: tuple[Job, ...]
    of_job: Mapping[JobId, Planned]
    units: tuple[Unit, ...]
    charges: tuple[Charge, ...]
    nodes: tuple[Node, ...]
    spot_nodes: frozenset[str]
    samples: tuple[Sample, ...]
    queue: tuple[tuple[int, int], ...]
    interruptions: int
    interrupted_units: int
    cache_hits: int
    saved_ms: int
    preempted: int
    accounts: Mapping[TenantId, Mapping[Window, Account]]
    reasons: Mapping[str, int]
    stopped: int
    deciding: Deciding


class _Timed(Controller):
    """How long it really takes to decide is counted."""

    watch: Watch = staticmethod(lambda: 0.0)
    decide_s = 0.0

    def decide(self) -> Decisions:
        before = self.watch()
        decided = super().decide()
        self.decide_s += self.watch() - before
        return decided


def simulate(
    scenario: Scenario,
    variant: Variant,
    rate: Rate,
    catalog: Catalog,
    chances: Mapping[str, Chance],
    watch: Watch,
) -> Facts:
    """Run it to the end. chances: `jobs`, `market` and `ids` draw apart, so variants of one seed
    have the same jobs and the same market. Raises UnknownPrice."""
    return _Run(scenario, variant, rate, catalog, chances, watch).run()


class _Run:
    def __init__(
        self,
        scenario: Scenario,
        variant: Variant,
        rate: Rate,
        catalog: Catalog,
        chances: Mapping[str, Chance],
        watch: Watch,
    ) -> None:
        self._scenario = scenario
        self._features = frozenset(variant.features)
        self._chances = chances
        self._watch = watch
        self._env = Timeline(scenario.starts_ms)
        self._streams = jobs.draw(scenario, rate, chances["jobs"])
        self._planned = {each.number: each for each in jobs.all_of(self._streams)}
        self._total_ms = {
            number: sum(unit.predicted_ms for unit in each.units)
            for number, each in self._planned.items()
        }
        terms = self._terms(variant, catalog)
        on_demand = terms.price.slot_rate_microusd_h(terms.slots)
        self._limits = Limits(
            lease_ms=_FOREVER_MS,
            tenant_units=scenario.tenant_units,
            tariff=Tariff(rate_microusd_h=on_demand, price=str(terms.price.tag)),
        )
        self._terms_now = terms
        self._charged = scenario.deciding == "charged"
        self._state = WatchedState(self._on_job)
        self._objects = DictObjects()
        self._cluster = Cluster(self._env, jobs.model(self._planned, rate.start_ms), self._wake_up)
        self._clerk = _Timed(
            self._state,
            self._objects,
            DictCache(Feature.CACHING in self._features),
            self._cluster,
            self._env,
            OWNER,
            self._limits,
        )
        self._clerk.watch = watch
        longest = max((u.predicted_ms for p in self._planned.values() for u in p.units), default=0)
        self._fleet = Fleet(self._env, self._cluster, terms, longest, self._look)
        self._of_job: dict[JobId, Planned] = {}
        self._open: dict[JobId, int] = {}
        self._stopped: set[JobId] = set()
        self._stops = 0
        self._ended: dict[JobId, simpy.Event] = defaultdict(self._env.event)
        self._submitted = 0
        self._all_ms = 0
        self._deadlines: dict[JobId, int] = {}
        self._done = self._env.event()
        self._over = False
        self._dirty = False
        self._woken = self._env.event()
        self._queue: list[tuple[int, int]] = []
        self._rounds = 0
        self._clerk_s = 0.0

    def _terms(self, variant: Variant, catalog: Catalog) -> Terms:
        cluster = self._scenario.cluster
        instance = variant.instance or cluster.instance
        is_spot = Feature.SPOT in self._features
        spot = self._scenario.spot
        if variant.strategy is not None:
            spot = spot.model_copy(update={"strategy": variant.strategy})
        cheap = catalog.price(instance, PricingModel.SPOT) if is_spot else None
        scenario = self._scenario
        zones = (
            market.draw(
                spot,
                cheap.rate_microusd_h,
                scenario.starts_ms,
                scenario.stops_h,
                self._chances["market"],
            )
            if cheap is not None
            else ()
        )
        return Terms(
            nodes=cluster.nodes,
            slots=cluster.slots or catalog.instance(instance).vcpus,
            boot_ms=round(cluster.boot_s * 1000),
            price=catalog.price(instance, variant.pricing or cluster.pricing),
            spot_price=cheap,
            autoscaling=scenario.autoscaling if Feature.AUTOSCALING in self._features else None,
            spot=spot if is_spot else None,
            zones=zones,
        )

    def run(self) -> Facts:
        for asked in self._scenario.budgets:
            self._state.put_budget(_budget(asked))
        self._fleet.begin()
        arrivals = [self._env.process(self._arrive(stream)) for stream in self._streams]
        self._env.process(self._clerk_rounds())
        self._env.process(self._fleet.run())
        whole = self._env.process(self._whole(arrivals))
        stop = self._env.timeout(round(self._scenario.stops_h * HOUR_MS))
        self._env.run(until=self._env.any_of((whole, stop)))
        self._cluster.close_all()
        return self._facts()

    def _whole(self, arrivals: Sequence[simpy.Process]) -> Process:
        """All jobs, and what machines cost beyond them."""
        yield self._env.all_of(arrivals)
        if self._open or self._stopped:
            yield self._done
        paid_until = self._scenario.starts_ms + round(self._scenario.lasts_h * HOUR_MS)
        if self._env.now_ms() < paid_until:
            yield self._env.timeout(paid_until - self._env.now_ms())
        asked = self._terms_now.autoscaling
        if asked is not None:
            for _ in range(int(2 * asked.idle_s / asked.every_s) + 2):
                if len(self._cluster.there) <= asked.least:
                    break
                yield self._env.timeout(round(asked.every_s * 1000))
        self._over = True

    def _arrive(self, stream: Sequence[Planned]) -> Process:
        job_id: JobId | None = None
        for each in stream:
            if each.load.arrivals is Arrivals.AFTER:
                if job_id is not None:
                    yield self._ended[job_id]
                yield self._env.timeout(each.after_ms)
            else:
                due_ms = self._scenario.starts_ms + each.after_ms
                yield self._env.timeout(max(0, due_ms - self._env.now_ms()))
            job_id = self._submit(each)

    def _submit(self, planned: Planned) -> JobId:
        now_ms = self._env.now_ms()
        key = keys.sources(planned.tenant_id, planned.sources)
        self._objects.put_new(key, planned.sources)
        job_id = JobId(new_id("job", now_ms, self._chances["ids"]))
        self._of_job[job_id] = planned
        self._all_ms += self._total_ms[planned.number]
        if planned.load.deadline_h is not None:
            self._deadlines[job_id] = now_ms + round(planned.load.deadline_h * HOUR_MS)
        draft = Draft(now_ms)
        asked = verbs.Submission(
            tenant_id=planned.tenant_id,
            priority=planned.load.priority,
            sources=key,
            name=planned.load.name,
            files=1,
            lines=planned.lines,
        )
        verbs.submit(draft, job_id, asked)
        self._state.commit(draft.changes())
        self._wake_up()
        return job_id

    def _on_job(self, job: Job) -> None:
        """A job was written."""
        if job.state not in ENDED_JOB:
            self._open[job.id] = 0
            self._stopped.discard(job.id)
            return
        self._open.pop(job.id, None)
        if job.state is JobState.STOPPED_BUDGET:
            self._stops += 1
            self._stopped.add(job.id)
            return
        if not self._ended[job.id].triggered:
            self._ended[job.id].succeed()
        if len(self._of_job) == len(self._planned) and not (self._open or self._stopped):
            self._done.succeed()

    def _wake_up(self) -> None:
        self._dirty = True
        if not self._woken.triggered:
            self._woken.succeed()

    def _clerk_rounds(self) -> Process:
        """The controller, with all news of `step_ms` together."""
        while not self._over:
            self._dirty = False
            self._woken = self._env.event()
            if self._charged:
                self._cluster.hold_back()
            before = self._watch()
            self._clerk.step(0)
            took_s = self._watch() - before
            self._clerk_s += took_s
            self._rounds += 1
            if self._charged:
                yield self._env.timeout(round(took_s * 1000))
                self._cluster.let_go()
            waiting = self._state.ready_units
            if not self._queue or self._queue[-1][1] != waiting:
                self._queue.append((self._env.now_ms(), waiting))
            yield self._env.timeout(self._scenario.step_ms)
            if not self._dirty:
                pause = self._env.timeout(_URGENT_MS if self._is_urgent() else _REST_MS)
                yield self._env.any_of((self._woken, pause))

    def _is_urgent(self) -> bool:
        waiting = (self._of_job[wait.job_id] for wait in self._clerk.decided.waits)
        return any(each.load.priority is Priority.INTERACTIVE for each in waiting)

    def _look(self) -> Seen:
        """The demand, and how far the work is."""
        states = [each for each in JobState if each not in ENDED_JOB]
        query = JobQuery(tenant_id=None, states=states, limit=10**9)
        active = self._state.jobs(query)
        queued: Counter[TenantId] = Counter()
        running: Counter[TenantId] = Counter()
        left_ms = 0
        for job in active:
            queued[job.tenant_id] += job.count(UnitState.READY, UnitState.BACKOFF)
            running[job.tenant_id] += job.held_units
            total = self._total_ms[self._of_job[job.id].number]
            known = job.count() - 1
            left_ms += total * min(job.open_units, known) // known if known else total
        deadlines = [self._deadlines[job.id] for job in active if job.id in self._deadlines]
        tenants = sorted(queued.keys() | running.keys())
        return Seen(
            demand=tuple(self._demand(each, queued[each], running[each]) for each in tenants),
            all_ms=self._all_ms,
            left_ms=left_ms,
            deadline_ms=min(deadlines, default=None),
        )

    def _demand(self, tenant_id: TenantId, queued: int, running: int) -> scale.Demand:
        now_ms = self._env.now_ms()
        budget = self._state.budgets((tenant_id,)).get(tenant_id)
        accounts = self._state.accounts(accounts_of(tenant_id, now_ms).values())
        quota = self._limits.tenant_units
        rate = self._limits.tariff.rate_microusd_h
        most_ms = max(self._limits.longest_ms(each) for each in Priority)
        return scale.Demand(
            tenant_id=tenant_id,
            queued=queued,
            running=running,
            quota_left=max(0, quota - running) if quota else None,
            headroom_microusd=left(budget, accounts, tenant_id, now_ms),
            hold_microusd=ceiling(0, most_ms, rate).hold_microusd,
        )

    def _facts(self) -> Facts:
        state = self._state
        ends_ms = self._env.now_ms()
        found = state.jobs(JobQuery(tenant_id=None, limit=10**9))
        starts_ms = self._scenario.starts_ms
        charges = tuple(
            replace(each, node=each.node if each.node != OWNER else "")
            for each in state.charges_of(None, starts_ms, ends_ms + 1)
        )
        reuse = self._clerk.reuse.counts
        tenants = {job.tenant_id for job in found}
        return Facts(
            starts_ms=starts_ms,
            ends_ms=ends_ms,
            jobs=tuple(reversed(found)),
            of_job=self._of_job,
            units=tuple(unit for job in reversed(found) for unit in state.units(job.id)),
            charges=charges,
            nodes=tuple(self._cluster.rows()),
            spot_nodes=frozenset(m.name for m in self._cluster.machines if m.is_spot),
            samples=tuple(self._cluster.samples),
            queue=tuple(self._queue),
            interruptions=self._cluster.interruptions,
            interrupted_units=self._cluster.interrupted_units,
            cache_hits=reuse.hits,
            saved_ms=reuse.saved_ms,
            preempted=state.preempted,
            accounts={each: self._accounts(each) for each in sorted(tenants)},
            reasons=dict(sorted(self._fleet.reasons.items())),
            stopped=self._stops,
            deciding=Deciding(
                rounds=self._rounds, clerk_s=self._clerk_s, decide_s=self._clerk.decide_s
            ),
        )

    def _accounts(self, tenant_id: TenantId) -> Mapping[Window, Account]:
        own = accounts_of(tenant_id, self._env.now_ms())
        found = self._state.accounts(own.values())
        return {window: found[key] for window, key in own.items() if key in found}


def _budget(asked: BudgetOf) -> Budget:
    given = {
        Window.DAY: asked.daily,
        Window.WEEK: asked.weekly,
        Window.MONTH: asked.monthly,
        Window.LIFETIME: asked.lifetime,
    }
    return Budget(
        tenant_id=TenantId(asked.tenant),
        limits={window: microusd(limit) for window, limit in given.items() if limit is not None},
        alert_permille=round(asked.alert * 1000),
        hard_stop=asked.hard_stop,
    )
