"""The controller: news in, one commit, orders out, again and again.

    poll -> news   |  expired leases, retries due   |  tick -> grants
        \\-> draft -> commit    \\-> draft -> commit      \\-> draft -> commit -> outbox -> executor

All that it must not forget is in the store; it may be killed between any two steps. One
leads at a time: each commit carries the epoch under which it leads, and a newer one refuses
it. `step` is driven by whoever wires it, with a clock that is given.

What goes wrong over one job (`apart.py`) ends with a unit of that job, and with words; the others
go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from portalis.core.clock import Clock
from portalis.core.faults import Fault
from portalis.core.ids import AttemptId, JobId, UnitId
from portalis.cost.budgets import Exceeded
from portalis.workload.control import attempts, keys
from portalis.workload.control.apart import apart, attempted
from portalis.workload.control.choices import Choices
from portalis.workload.control.draft import Draft
from portalis.workload.control.known import Knowledge
from portalis.workload.control.limits import Limits
from portalis.workload.control.look import Look, decided
from portalis.workload.control.money import Money
from portalis.workload.control.outbox import Outbox
from portalis.workload.control.reuse import Reuse, Reused
from portalis.workload.control.scaling import Scaling
from portalis.workload.control.staff import Staff
from portalis.workload.control.tick import tick
from portalis.workload.control.usage import HORIZON_HALF_LIVES, Usage
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.changes import Changes
from portalis.workload.model.ledger import Node
from portalis.workload.model.payload import plan_of
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Decisions, Grant, Preempt, Snapshot, WaitReason, World
from portalis.workload.model.transitions import UnitState
from portalis.workload.model.unit import UnitKind, UnitPlan
from portalis.workload.ports import (
    Alive,
    Cache,
    Conflict,
    Deposed,
    Executor,
    Finished,
    Lost,
    News,
    Objects,
    State,
    Unavailable,
)

# How often a draft is made again because others wrote in between.
MAX_CONFLICTS = 50
# Leases that end, retries that are due and orders of others are looked for this often.
SWEEP_MS = 100
# While all slots have work the scheduler rests for this many times as long as it took: with a
# long queue it reads much, and would else do so at each piece of news.
REST = 4
# Jobs of each tenant and class that the scheduler sees at first.
MIN_JOBS = 4
# How often the jobs that a budget stopped are looked at again.
RESUME_MS = 1_000
# What cannot be dealt with, and cannot be ended either, is left alone for this long.
ASIDE_MS = 60_000


def refuse_fault(text: str) -> None:
    """For who does not want to go on after a bug."""
    raise AssertionError(text)


class Controller:
    """`owner`: a name that no other controller has. `is_gone`: whether the controller of a name
    has certainly ended, so that nobody has to wait until its time to lead is over. `tell`: is
    given what went wrong by a bug of ours; the rest goes on."""

    def __init__(
        self,
        state: State,
        objects: Objects,
        cache: Cache,
        executor: Executor,
        clock: Clock,
        owner: str,
        limits: Limits | None = None,
        is_gone: Callable[[str], bool] = lambda _: False,
        scaling: Scaling | None = None,
        tell: Callable[[str], None] = refuse_fault,
    ) -> None:
        self._state = state
        self._tell_fault = tell
        # Units that the scheduler is not shown until then.
        self._aside: dict[UnitId, int] = {}
        self._objects = objects
        self._is_gone = is_gone
        self.reuse = Reuse(cache, objects, (limits or Limits()).cache_ms)
        self._executor = executor
        self._clock = clock
        self._owner = owner
        self._limits = limits or Limits()
        self._usage = Usage(self._limits.half_life_ms)
        self._known = Knowledge(state)
        self._money = Money(state, self._limits)
        self._outbox = Outbox(state, objects, executor, self._known)
        self._epoch: int | None = None
        # Until then the store need not be asked whether this one leads: it says so, too, when
        # something is committed.
        self._sure_until_ms = 0
        self._resumed_ms = 0
        # News that could not be dealt with because a store did not answer.
        self._kept: list[News] = []
        # What the scheduler said last, and when it is asked again while no slot idles.
        self.decided = Decisions()
        self.scaling = scaling
        self._staff = Staff(state, executor)
        self._choices = Choices(state, scaling)
        self._decide_ms = 0
        # Whether something happened that the scheduler has not seen.
        self._unseen = True
        state.on_commit(self._notice)
        # When to look again for what only time brings, or other processes.
        self._sweep_ms = 0
        # Whether orders were committed that were not delivered.
        self._ordered = False
        # Results that came under a lease that is over; commits under an epoch that is.
        self.refused: Counter[str] = Counter(result=0, commit=0)
        self._void = 0

    def step(self, timeout_ms: int) -> bool:
        """One round; waits for news at most this long. False: another one leads. Raises
        Unavailable where a store does not answer (call again), Deposed where another one
        took over in the middle (call again, too)."""
        if self._money.is_due(self._clock.now_ms()):
            self._state.commit(Changes(nodes=self._seen()))
        if not self._lead():
            if self.scaling is not None:
                self.scaling.rest()
            return False
        try:
            self._round(timeout_ms)
        except Deposed:
            self._sure_until_ms = 0
            self.refused["commit"] += 1
            raise
        return True

    def _round(self, timeout_ms: int) -> None:
        now_ms = self._clock.now_ms()
        if self._unseen and self._decide_ms > now_ms:
            timeout_ms = min(timeout_ms, self._decide_ms - now_ms)
        until_ms = now_ms + timeout_ms
        news = self._kept + list(self._executor.poll(timeout_ms))
        # Without news before its time: somebody woke it.
        self._unseen = self._unseen or bool(news) or self._clock.now_ms() < until_ms
        self._kept = news
        self._kept = self._absorb(news)
        now_ms = self._clock.now_ms()
        sweeps = now_ms >= self._sweep_ms
        if sweeps:
            self._sweep_ms = now_ms + SWEEP_MS
            self._try("looking for what is overdue", self._expire)
            self._try("waking what is due", self._wake_due)
            self._try("resuming jobs", self._resume)
            self._try("looking at workers", partial(self._staff.step, now_ms))
            self._try("counting", partial(self._choices.step, self.decided, now_ms))
        self._unseen = self._unseen or sweeps
        is_time = now_ms >= self._decide_ms or self._known.held < self._executor.slots
        if self._unseen and is_time:
            self._try("deciding", self._schedule)
            after_ms = self._clock.now_ms()
            self._decide_ms = after_ms + REST * (after_ms - now_ms)
        if sweeps and self.scaling is not None and self.scaling.is_due(now_ms):
            self._try("scaling", partial(self._scale, self.scaling, now_ms))
        if sweeps or self._ordered:
            self._try("delivering", self._deliver)

    def _try(self, what: str, work: Callable[[], None]) -> None:
        """A part of the round: a bug of ours in it does not keep the others from their turn.
        Raises Unavailable, Deposed."""
        found = attempted(work)
        if isinstance(found, Fault):
            self._tell_fault(f"{what} failed: {found}")

    def _schedule(self) -> None:
        self.decided = self.decide()
        # What no worker has to do is done at once, and others may need it.
        self._unseen = bool(self.decided.grants)
        refused = self._grant(self.decided)
        self._stop_for_budget(self.decided, refused)

    def _scale(self, scaling: Scaling, now_ms: int) -> None:
        scaling.step(self._demand(), now_ms)

    def _deliver(self) -> None:
        # What could not be begun is dealt with as other news.
        self._kept += self._outbox.deliver(self._epoch)
        self._ordered = False

    def _notice(self, changes: Changes) -> None:
        """Others commit, too: in this process it is known at once."""
        if changes.epoch is None and changes.jobs:
            self._unseen = True

    def decide(self) -> Decisions:
        """What the scheduler says of this moment: by a few jobs of each tenant and class, and by
        more of those of which there is room for more."""
        places = self._places
        look = Look(self._state, places * max(1, self._limits.batch_ms), MIN_JOBS)
        # Enough to fill the window twice, also if every unit is tiny or every job has one.
        found = attempted(partial(decided, look, self._tick, 2 * places))
        if isinstance(found, Fault):
            self._single_out(look, found)
            return Decisions()
        return found

    def _tick(self, look: Look) -> Decisions:
        return tick(self._snapshot(look), self._limits)

    def _single_out(self, look: Look, fault: Fault) -> None:
        """The scheduler fails on what is seen: those units go on which it fails alone."""
        seen = self._snapshot(look)
        units = seen.world.ready
        culprits = apart(
            units,
            lambda some: tick(
                replace(seen, world=replace(seen.world, ready=tuple(some))), self._limits
            ),
        )
        for unit, why in culprits:
            self._give_up(unit.id, why)
        if not culprits:
            self._tell_fault(f"deciding failed: {fault}")

    def _give_up(self, unit_id: UnitId, fault: Fault) -> None:
        """The unit cannot be given out."""
        self._tell_fault(f"unit {unit_id} is given up: {fault}")

        def fill(draft: Draft) -> None:
            self._known.read(draft, (unit_id,))
            if not attempts.give_up(draft, unit_id, str(fault)):
                raise AssertionError(f"{unit_id} is {draft.unit(unit_id).state}")

        if isinstance(attempted(partial(self._write, fill)), Fault):
            self._aside[unit_id] = self._clock.now_ms() + ASIDE_MS

    def _shown(self, world: World) -> World:
        """The world without what is set aside."""
        now_ms = self._clock.now_ms()
        self._aside = {each: until for each, until in self._aside.items() if until > now_ms}
        if not self._aside:
            return world
        ready = tuple(unit for unit in world.ready if unit.id not in self._aside)
        return replace(world, ready=ready)

    @property
    def _places(self) -> int:
        return max(1, self._executor.slots * (self._limits.window + 1))

    def _snapshot(self, look: Look) -> Snapshot:
        now_ms = self._clock.now_ms()
        world = self._shown(look.world)
        return Snapshot(
            now_ms=now_ms,
            slots=self._executor.slots,
            world=world,
            usage_ms=self._usage.at(now_ms),
            left_microusd=self._money.left(world, now_ms),
            rate_microusd_h=self._limits.tariff.rate_microusd_h,
            gpus=tuple(self._executor.gpus),
            spot_slots=self._executor.spot_slots,
            cut=look.cut,
        )

    def _demand(self) -> Snapshot:
        """What is ready, whether there is room for it or not: enough to fill the window twice."""
        places = self._places
        look = Look(self._state, places * max(1, self._limits.batch_ms), MIN_JOBS)
        tenants = len({tenant_id for tenant_id, _ in look.cut})
        if tenants:
            look.further(look.cut, most=2 * places, jobs=2 * places // tenants)
        return self._snapshot(look)

    def forget(self) -> None:
        """Drop the news that were not dealt with, and look at the store anew."""
        self._kept = []
        self._epoch = None
        self._known.clear()

    def resign(self) -> None:
        """Let another one lead at once."""
        self._state.resign(self._owner)
        self._epoch = None

    def _lead(self) -> bool:
        now_ms = self._clock.now_ms()
        if self._epoch is not None and now_ms < self._sure_until_ms:
            return True
        if self._epoch is None and self._is_gone(last := self._state.leader()):
            self._state.resign(last)
        epoch = self._state.lead(self._owner, now_ms, self._limits.lead_ms)
        self._sure_until_ms = now_ms + self._limits.lead_ms // 3
        if epoch is not None and epoch != self._epoch:
            self._epoch = epoch
            self._known.clear()
            self._staff.forget()
            self._take_over()
        return epoch is not None

    def _take_over(self) -> None:
        """What the last controller left: its usage, and attempts that nobody runs any more."""
        horizon_ms = self._limits.half_life_ms * HORIZON_HALF_LIVES
        self._usage = Usage(self._limits.half_life_ms)
        self._usage.add(self._state.charges_since(self._clock.now_ms() - horizon_ms))
        waiting = {each.subject for each in self._state.outgoing(limit=1_000_000)}
        started = [a.id for a in self._state.open_attempts() if a.id not in waiting]
        known = frozenset(self._executor.adopt(started))
        self._absorb(
            [
                Lost(attempt_id=each, cause=Cause.DRAINED, message="its controller ended")
                for each in started
                if each not in known
            ]
        )

    def _absorb(self, news: Sequence[News]) -> list[News]:
        """Deal with the news; those that must wait for a store are given back."""
        later: list[News] = []
        for each, fault in apart(news, lambda some: later.extend(self._take_in(some))):
            self._tell_fault(f"news of {each.attempt_id} are void: {fault}")
            lost = Lost(
                attempt_id=each.attempt_id,
                cause=Cause.FAULT,
                message=str(fault),
                place=each.place,
            )
            if isinstance(each, Alive):
                self._try("stopping it", partial(self._executor.stop, each.attempt_id, lost.cause))
            # Where even this fails its lease runs out.
            self._try("ending it", partial(self._end, lost))
        return later

    def _end(self, lost: Lost) -> None:
        self._take_in([lost])

    def _take_in(self, news: Sequence[News]) -> list[News]:
        stored: dict[AttemptId, str] = {}
        later: list[News] = []
        now: list[News] = []
        known = self._known.attempts({each.attempt_id for each in news})
        for each in news:
            attempt = known.get(each.attempt_id)
            if isinstance(each, Finished) and attempt is not None:
                # The output is kept before it is said to be there.
                key = keys.result(attempt.tenant_id, each.output)
                try:
                    self._objects.put_new(key, each.output)
                except Unavailable:
                    later.append(each)
                    # It is not lost: its lease goes on until the store takes what it made.
                    now.append(
                        Alive(
                            attempt_id=each.attempt_id,
                            place=each.place,
                            running_ms=attempt.running_ms,
                        )
                    )
                    continue
                stored[each.attempt_id] = key
            now.append(each)
        if now:
            # Whoever leads ends attempts, and nobody else: they are read once.
            self._write(lambda draft: self._tell(draft, known, now, stored))
            self.refused["result"] += self._void
        return later

    def _tell(
        self,
        draft: Draft,
        known: Mapping[AttemptId, Attempt],
        news: Sequence[News],
        stored: Mapping[AttemptId, str],
    ) -> None:
        self._void = 0
        draft.read(attempts=known.values())
        self._known.read(draft, {attempt.unit_id for attempt in known.values()})
        self._money.read(draft, known.values())
        for each in news:
            if isinstance(each, Alive):
                if not attempts.alive(draft, each, self._limits):
                    # Nobody waits for it: its lease is over, or it was started too late.
                    self._executor.stop(each.attempt_id, Cause.STOPPED)
            elif isinstance(each, Lost):
                attempts.lose(draft, each, self._limits)
            else:
                self._finish(draft, each, stored.get(each.attempt_id, ""))

    def _finish(self, draft: Draft, news: Finished, result: str) -> None:
        attempt = attempts.current(draft, news)
        if attempt is None:
            self._void += 1
            return
        unit = draft.unit(attempt.unit_id)
        plan: tuple[UnitPlan, ...] = ()
        if unit.kind is UnitKind.PLAN:
            try:
                plan = plan_of(news.output)
            except ValueError as error:
                lost = Lost(
                    attempt_id=news.attempt_id,
                    cause=Cause.FAULT,
                    message=str(error),
                    place=news.place,
                    busy_ms=news.busy_ms,
                )
                attempts.lose(draft, lost, self._limits)
                return
        if attempts.finish(draft, news, result, plan, self._limits):
            options = draft.job(unit.job_id).options
            made = Reused(result, news.summary, news.busy_ms)
            self.reuse.keep(attempt.tenant_id, options, unit, made)

    def _expire(self) -> None:
        """Attempts of which nothing was heard are lost; those that run for too long are
        stopped."""
        now_ms = self._clock.now_ms()
        silent: list[News] = []
        # What has ended runs no more, however long the store does not take its result.
        ended = {each.attempt_id for each in self._kept}
        for attempt in self._state.overdue(now_ms):
            if attempt.id in ended:
                continue
            if attempt.expires_ms <= now_ms:
                silent.append(Lost(attempt_id=attempt.id, cause=Cause.LEASE_EXPIRED))
                # It may still run: whatever it says from now on is void.
                self._executor.stop(attempt.id, Cause.LEASE_EXPIRED)
            else:
                self._executor.stop(attempt.id, Cause.TIMED_OUT)
        self._absorb(silent)

    def _wake_due(self) -> None:
        due = [unit.id for unit in self._state.due(self._clock.now_ms())]
        for unit_id, fault in apart(due, self._wake):
            self._give_up(unit_id, fault)

    def _wake(self, unit_ids: Sequence[UnitId]) -> None:
        def wake(draft: Draft) -> None:
            self._known.read(draft, unit_ids, UnitState.BACKOFF)
            for unit_id in unit_ids:
                if draft.has(unit_id):
                    attempts.retry_due(draft, unit_id)

        self._write(wake)

    def _grant(self, decisions: Decisions) -> Mapping[JobId, Exceeded]:
        """Lease what was granted; the limits that do not bear it, by job."""
        refused: dict[JobId, Exceeded] = {}
        wanted: Sequence[Grant | Preempt] = (*decisions.grants, *decisions.preempts)
        for each, fault in apart(wanted, lambda some: refused.update(self._give(some))):
            if isinstance(each, Preempt):
                self._tell_fault(f"{each.unit_id} does not make room: {fault}")
                continue
            singly = [replace(each, units=(unit_id,)) for unit_id in each.units]
            for one, why in apart(singly, lambda some: refused.update(self._give(some))):
                self._give_up(one.units[0], why)
        return refused

    def _give(self, some: Sequence[Grant | Preempt]) -> Mapping[JobId, Exceeded]:
        refused: dict[JobId, Exceeded] = {}
        grants = [each for each in some if isinstance(each, Grant)]
        preempts = [each for each in some if isinstance(each, Preempt)]
        wanted = [unit_id for grant in grants for unit_id in grant.units]
        victims = [each.unit_id for each in preempts]

        def fill(draft: Draft) -> None:
            refused.clear()
            self._known.read(draft, wanted, UnitState.READY)
            self._known.read(draft, victims, UnitState.LEASED)
            self._money.read(draft, ())
            for each in grants:
                refused.update(self._lease(draft, each))
            for preempt in preempts:
                if draft.has(preempt.unit_id):
                    attempts.make_room(draft, preempt.unit_id, preempt.reason)

        self._write(fill)
        return refused

    def _stop_for_budget(self, decisions: Decisions, refused: Mapping[JobId, Exceeded]) -> None:
        """Jobs whose next unit a limit does not bear end as soon as nothing of them runs, unless
        money that is held now may come back."""
        wants = {
            wait.job_id: wait.wants_microusd
            for wait in decisions.waits
            if wait.reason is WaitReason.BUDGET
        }
        wants.update((job_id, over.asked_microusd) for job_id, over in refused.items())
        for job_id, asked in wants.items():
            stop = partial(self._money.stop, job_id, asked)
            self._try(f"stopping {job_id}", partial(self._write, stop))

    def _resume(self) -> None:
        """Jobs that a budget stopped go on when their limits bear it again: one was raised, or a
        window has turned."""
        now_ms = self._clock.now_ms()
        if now_ms - self._resumed_ms >= RESUME_MS:
            self._resumed_ms = now_ms
            for job_id in self._money.stopped():
                resume = partial(self._money.resume, job_id)
                self._try(f"resuming {job_id}", partial(self._write, resume))

    def _lease(self, draft: Draft, grant: Grant) -> Mapping[JobId, Exceeded]:
        """Lease what no cache knows."""
        left = []
        for unit_id in grant.units:
            if not draft.has(unit_id) or draft.unit(unit_id).state is not UnitState.READY:
                continue
            unit = draft.unit(unit_id)
            job = draft.head(unit.job_id)
            known = self.reuse.find(job.tenant_id, job.options, unit)
            if known is None:
                left.append(unit_id)
            else:
                attempts.cache_hit(draft, unit_id, known.result, known.summary, known.saved_ms)
        return attempts.lease(draft, left, self._limits, grant)

    def _seen(self) -> tuple[Node, ...]:
        """The executor as a node, at this moment."""
        return self._money.seen(self._owner, self._executor.slots, self._clock.now_ms())

    def _write(self, fill: Callable[[Draft], None]) -> None:
        """Fill a draft and commit it; again from the start where others wrote in between."""
        for _ in range(MAX_CONFLICTS):
            draft = Draft(self._clock.now_ms(), self._epoch, self._owner)
            fill(draft)
            changes = draft.changes()
            if changes.is_empty:
                return
            if changes.charges:
                # What is charged lies in the life of its node.
                changes = replace(changes, nodes=self._seen())
            try:
                self._state.commit(changes)
            except Conflict:
                self._known.forget(changes.jobs)
                continue
            except Unavailable:
                # It may have been written all the same.
                self._known.clear()
                raise
            self._known.learn(draft, changes)
            self._ordered = self._ordered or bool(changes.outgoing)
            self._usage.add(changes.charges)
            self.reuse.count(changes)
            return
        raise Unavailable(f"{MAX_CONFLICTS} times in a row another one wrote first")
