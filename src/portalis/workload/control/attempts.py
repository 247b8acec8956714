"""What happens to attempts: lease, heartbeat, result, loss. Drafts only; no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portalis.core.digest import Json
from portalis.core.ids import AttemptId, JobId, UnitId, child_id
from portalis.core.money import price_of
from portalis.core.values import revised
from portalis.cost.budgets import Exceeded, ceiling
from portalis.resource.memory import Needs, after_oom, needs_of
from portalis.workload.control.draft import Draft
from portalis.workload.control.jobs import attempt_id, started, stop_units
from portalis.workload.control.limits import Limits
from portalis.workload.model.attempt import Attempt, Charge, Heartbeat, Outcome
from portalis.workload.model.ledger import Tariff
from portalis.workload.model.retry import RULES, Cause, History, judge
from portalis.workload.model.snapshot import Grant
from portalis.workload.model.transitions import (
    ACTIVE_JOB,
    UNIT,
    JobEvent,
    Order,
    UnitEvent,
    UnitState,
)
from portalis.workload.model.unit import Engine, Unit, UnitKind, UnitPlan
from portalis.workload.ports import Alive, Finished, Lost

MAX_MESSAGE = 2000
MAX_NAME = 4000


def lease(
    draft: Draft, unit_ids: Sequence[UnitId], limits: Limits, grant: Grant
) -> Mapping[JobId, Exceeded]:
    """Give the units of a grant to an executor, to be run one after the other, each with the
    money that it can cost at most. A unit that is no longer ready is left out, and one that a
    limit does not bear: those limits, by job."""
    batch = ""
    refused: dict[JobId, Exceeded] = {}
    for place_in_batch, unit_id in enumerate(unit_ids):
        unit = draft.unit(unit_id)
        job = draft.head(unit.job_id)
        if unit.state is not UnitState.READY or job.state not in ACTIVE_JOB:
            continue
        overruns = unit.tries.get(Cause.TIMED_OUT, 0)
        rate = limits.tariff.rate_microusd_h
        longest_ms = limits.longest_ms(job.priority)
        bound = ceiling(unit.predicted_ms, longest_ms, rate, overruns)
        over = draft.purse.refuses(job, draft.now_ms, bound.hold_microusd)
        if over is not None:
            refused[job.id] = over
            continue
        started(draft, unit.job_id)
        fence = unit.fence + 1
        own_id = AttemptId(child_id(unit_id, "a", fence))
        batch = batch or own_id
        attempt = Attempt(
            id=own_id,
            unit_id=unit_id,
            job_id=unit.job_id,
            tenant_id=job.tenant_id,
            fence=fence,
            leased_ms=draft.now_ms,
            expires_ms=draft.now_ms + limits.lease_ms,
            run_ms=bound.run_ms,
            hold_microusd=bound.hold_microusd,
            rate_microusd_h=rate,
            price=limits.tariff.price,
            gpus=" ".join(grant.gpus),
            batch=batch,
        )
        draft.purse.hold(job, attempt)
        detail = {"attempt": attempt.id, "reason": grant.reason}
        draft.step_unit(unit_id, UnitEvent.LEASED, detail, fence=fence)
        draft.put_attempt(attempt)
        draft.order(
            Order.START_ATTEMPT,
            unit.job_id,
            attempt.id,
            batch=batch,
            place_in_batch=place_in_batch,
            urgency=grant.rank,
            **({"spot": True} if grant.spot else {}),
        )
    return refused


def cache_hit(
    draft: Draft, unit_id: UnitId, result: str, summary: Mapping[str, Json], saved_ms: int = 0
) -> None:
    """The unit's result was known before; to make it took `saved_ms` then."""
    detail: Mapping[str, Json] = {"result": result, "saved_ms": saved_ms}
    draft.step_unit(unit_id, UnitEvent.CACHE_HIT, detail, result=result, summary=summary)
    draft.end_if_over(draft.unit(unit_id).job_id)


def current(draft: Draft, news: Alive | Finished | Lost) -> Attempt | None:
    """The open attempt that the news are of; None for news of something long over."""
    attempt = draft.attempt(news.attempt_id)
    if attempt is None or attempt.ended_ms is not None or not draft.has(attempt.unit_id):
        return None
    unit = draft.unit(attempt.unit_id)
    return attempt if unit.is_held and unit.fence == attempt.fence else None


def alive(draft: Draft, news: Alive, limits: Limits) -> bool:
    """Extend the lease. False: the attempt is long over."""
    attempt = current(draft, news)
    if attempt is None:
        return False
    running_ms = news.running_ms if news.running_ms is not None else attempt.running_ms
    draft.beat(
        Heartbeat(
            attempt_id=attempt.id,
            expires_ms=draft.now_ms + limits.lease_ms,
            place=news.place or attempt.place,
            running_ms=running_ms,
        )
    )
    return True


def finish(
    draft: Draft, news: Finished, result: str, plan: Sequence[UnitPlan], limits: Limits
) -> bool:
    """Record the result, once, and charge it. `result` is the key of the object that holds
    it; `plan` are the units that it asks for, of a unit that plans. False: the token is no
    longer valid, and nothing is recorded."""
    attempt = current(draft, news)
    if attempt is None:
        return False
    unit = draft.unit(attempt.unit_id)
    if len(plan) > limits.max_units:
        message = f"{len(plan)} units; a job has at most {limits.max_units}"
        lost = Lost(
            attempt_id=news.attempt_id,
            cause=Cause.REFUSED,
            message=message,
            place=news.place,
            busy_ms=news.busy_ms,
            node=news.node,
            tariff=news.tariff,
        )
        lose(draft, lost, limits)
        return False
    _close(draft, attempt, Outcome.SUCCEEDED, None, news)
    draft.step_unit(
        unit.id,
        UnitEvent.SUCCEEDED,
        {"attempt": attempt.id, "busy_ms": news.busy_ms, "summary": news.summary},
        result=result,
        summary=news.summary,
        message="",
        cause=None,
    )
    if unit.kind is UnitKind.PLAN:
        _add_units(draft, unit, plan, limits)
    draft.end_if_over(unit.job_id)
    return True


def _add_units(draft: Draft, planner: Unit, plan: Sequence[UnitPlan], limits: Limits) -> None:
    job_id = planner.job_id
    size = draft.head(job_id).size
    orders = draft.step_job(job_id, JobEvent.PLANNED, {"units": len(plan)})
    for each in plan:
        needs = needs_of(size, each.engine is Engine.MODEL, limits.policy)
        draft.add_unit(
            Unit(
                id=UnitId(child_id(job_id, "u", each.number)),
                job_id=job_id,
                number=each.number,
                kind=each.kind,
                state=UNIT.start,
                name=storable(each.name, MAX_NAME),
                spec=each.spec,
                depends_on=tuple(UnitId(child_id(job_id, "u", n)) for n in each.depends_on),
                waits_for=len(each.depends_on),
                predicted_ms=each.predicted_ms,
                memory_mb=each.memory_mb,
                gpus=needs.gpus,
                gpu_mb=needs.gpu_mb,
                cache_key=each.cache_key,
            )
        )
    if Order.STOP_UNITS in orders:
        stop_units(draft, job_id)


def lose(draft: Draft, news: Lost, limits: Limits) -> bool:
    """The attempt ended without a result: charge it, and decide what follows. False: it was
    long over."""
    attempt = current(draft, news)
    if attempt is None:
        return False
    unit = draft.unit(attempt.unit_id)
    place = news.place or attempt.place
    after = judge(news.cause, place, History(unit.tries, unit.died_at, unit.avoid))
    needs = Needs(unit.memory_mb, unit.gpus, unit.gpu_mb)
    again, why = after.again, ""
    if after.cause is Cause.OUT_OF_MEMORY:
        size = draft.head(unit.job_id).size
        next_ = after_oom(needs, unit.tries.get(after.cause, 0), size, limits.policy)
        again, needs, why = next_.again, next_.needs, next_.reason
    _close(draft, attempt, Outcome.LOST, news.cause, news)
    event = UnitEvent.ATTEMPT_LOST if again else UnitEvent.ATTEMPT_FAILED
    message = storable(news.message or RULES[after.cause].meaning, MAX_MESSAGE)
    due_ms = draft.now_ms + after.delay_ms
    detail: dict[str, Json] = {
        "attempt": attempt.id,
        "cause": after.cause,
        "message": message,
        "place": place,
    }
    draft.step_unit(
        unit.id,
        event,
        {**detail, "reason": why} if why else detail,
        tries=after.history.tries,
        died_at=after.history.died_at,
        avoid=after.history.avoid,
        memory_mb=needs.memory_mb,
        gpus=needs.gpus,
        gpu_mb=needs.gpu_mb,
        cause=after.cause,
        message=message,
        due_ms=due_ms,
        ready_ms=draft.now_ms,
    )
    if draft.unit(unit.id).state is UnitState.BACKOFF and not after.delay_ms:
        retry_due(draft, unit.id)
    draft.end_if_over(unit.job_id)
    return True


def storable(text: str, longest: int) -> str:
    """The text as every store takes it: without NUL and lone surrogates, and not endless."""
    cut = text if len(text) <= longest else f"{text[:longest]}…"
    return cut.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def retry_due(draft: Draft, unit_id: UnitId) -> None:
    """The time of the unit's next try has come."""
    if draft.unit(unit_id).state is UnitState.BACKOFF:
        draft.step_unit(unit_id, UnitEvent.RETRY_DUE, ready_ms=draft.now_ms, due_ms=None)


def give_up(draft: Draft, unit_id: UnitId, why: str) -> bool:
    """The unit, which nobody holds, cannot be given out; nor can what needs it. False: it is
    held, or over."""
    unit = draft.unit(unit_id)
    if not UNIT.accepts(unit.state, UnitEvent.BROKEN):
        return False
    message = storable(why, MAX_MESSAGE)
    detail: Mapping[str, Json] = {"cause": Cause.FAULT, "message": message}
    draft.step_unit(unit_id, UnitEvent.BROKEN, detail, cause=Cause.FAULT, message=message)
    draft.end_if_over(unit.job_id)
    return True


def make_room(draft: Draft, unit_id: UnitId, reason: str) -> None:
    """Ask a running unit to end, to be run again later."""
    unit = draft.unit(unit_id)
    if UNIT.accepts(unit.state, UnitEvent.YIELD_ASKED):
        draft.step_unit(unit_id, UnitEvent.YIELD_ASKED, {"reason": reason})
        draft.order(Order.STOP_ATTEMPT, unit.job_id, attempt_id(unit), cause=Cause.PREEMPTED)


def _close(
    draft: Draft,
    attempt: Attempt,
    outcome: Outcome,
    cause: Cause | None,
    news: Finished | Lost,
) -> None:
    """End the attempt and charge it. Of one whose end nobody saw, all the time since it began
    to run counts, up to what was held for it: beyond that it was stopped, or is on its own."""
    since = attempt.running_ms
    place = news.place or attempt.place
    busy_ms = news.busy_ms
    held_at = Tariff(rate_microusd_h=attempt.rate_microusd_h, price=attempt.price)
    tariff = news.tariff or held_at
    # What is free stays free: nothing was held for it.
    rate = min(tariff.rate_microusd_h, held_at.rate_microusd_h)
    if busy_ms is None:
        busy_ms = 0 if since is None else max(draft.now_ms - since, 0)
    from_ms = draft.now_ms - busy_ms if since is None else since
    price = price_of(rate, from_ms, from_ms + busy_ms)
    cost = min(price, attempt.hold_microusd)
    draft.settle(attempt, cost)
    draft.put_attempt(
        revised(attempt, ended_ms=draft.now_ms, outcome=outcome, cause=cause, place=place)
    )
    draft.charge(
        Charge(
            attempt_id=attempt.id,
            unit_id=attempt.unit_id,
            job_id=attempt.job_id,
            tenant_id=attempt.tenant_id,
            at_ms=draft.now_ms,
            slot_ms=busy_ms,
            place=place,
            useful=outcome is Outcome.SUCCEEDED,
            from_ms=from_ms,
            leased_ms=attempt.leased_ms,
            node=news.node or draft.node,
            cost_microusd=cost,
            rate_microusd_h=rate,
            price=tariff.price,
        )
    )
