"""The outbox: orders that were committed reach their adapters, at least once.

An order is marked as delivered after its adapter has taken it; after a crash in between it
is delivered again, which adapters take as the same.

An order that cannot be delivered at all (what it needs is gone from the object store, or damaged)
is over, and its attempt is lost; the others do not wait for it.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from portalis.core.faults import Fault
from portalis.core.ids import AttemptId, JobId, UnitId, child_id
from portalis.workload.control import keys
from portalis.workload.control.apart import attempted
from portalis.workload.control.draft import Draft
from portalis.workload.control.known import Knowledge
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.changes import Changes, Outgoing
from portalis.workload.model.payload import Work, parts_of
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import Order
from portalis.workload.model.unit import UnitKind
from portalis.workload.ports import Executor, Lost, Objects, State, Task, Unavailable

LIMIT = 1000
# Of what units are given, as much is kept, so that each batch of a job does not fetch it again.
KEPT_BYTES = 64 << 20


class BadRecord(Exception):  # noqa: N818 - of a job, not of the code
    """What is stored of a job cannot be used."""


class Outbox:
    """Delivers what the store says is outgoing."""

    def __init__(
        self, state: State, objects: Objects, executor: Executor, known: Knowledge
    ) -> None:
        self._state = state
        self._known = known
        self._objects = objects
        self._executor = executor
        self._kept: OrderedDict[str, Sequence[bytes]] = OrderedDict()
        self._kept_bytes = 0

    def deliver(self, epoch: int | None) -> Sequence[Lost]:
        """Deliver what can be; the attempts that cannot be begun. What an adapter does not take
        now stays for the next time. Raises Deposed, Unavailable of the store."""
        orders = self._state.outgoing(LIMIT)
        starts = [each for each in orders if each.order is Order.START_ATTEMPT]
        delivered, lost = self._start(starts)
        for each in orders:
            if each.order is Order.STOP_ATTEMPT:
                # One that its executor cannot take ends with the lease.
                attempted(partial(self._stop, each))
                delivered.append(each.key)
            elif each.order is Order.NOTIFY:
                # The log itself is what readers follow; an order of its own has no reader yet.
                delivered.append(each.key)
        if delivered:
            self._state.commit(Changes(delivered=tuple(delivered), epoch=epoch))
        return lost

    def _stop(self, order: Outgoing) -> None:
        self._executor.stop(AttemptId(order.subject), Cause(str(order.detail["cause"])))

    def _start(self, orders: Sequence[Outgoing]) -> tuple[list[str], list[Lost]]:
        attempts = self._known.attempts({AttemptId(each.subject) for each in orders})
        planners = {_planner(attempt.job_id) for attempt in attempts.values()}
        seen = Draft(0)
        self._known.read(seen, planners | {each.unit_id for each in attempts.values()})
        batches: dict[str, list[Outgoing]] = defaultdict(list)
        for each in orders:
            batches[str(each.detail.get("batch", each.subject))].append(each)
        delivered: list[str] = []
        lost: list[Lost] = []
        for batch in batches.values():
            try:
                lost += self._begin(batch, attempts, seen)
            except Unavailable:
                continue
            delivered += [each.key for each in batch]
        return delivered, lost

    def _begin(
        self, batch: Sequence[Outgoing], attempts: Mapping[AttemptId, Attempt], seen: Draft
    ) -> list[Lost]:
        """Begin those of a batch that can be begun; the others. Raises Unavailable: none was."""
        lost: list[Lost] = []
        tasks: list[Task] = []
        for each in batch:
            made = attempted(partial(self._wanted, each, attempts, seen))
            if isinstance(made, Task):
                tasks.append(made)
            elif made is not None:
                lost.append(_lost(AttemptId(each.subject), made))
        if tasks:
            begun = attempted(partial(self._executor.start, tasks))
            if isinstance(begun, Fault):
                lost += [_lost(task.attempt_id, begun) for task in tasks]
        return lost

    def _wanted(
        self, order: Outgoing, attempts: Mapping[AttemptId, Attempt], seen: Draft
    ) -> Task | BadRecord | None:
        """What is to be begun; None: it is over by now."""
        if not _is_live(attempts, seen, order):
            return None
        try:
            return self._task(order, attempts, seen)
        except BadRecord as error:
            return error

    def _task(
        self,
        order: Outgoing,
        attempts: Mapping[AttemptId, Attempt],
        seen: Draft,
    ) -> Task:
        attempt = attempts[AttemptId(order.subject)]
        unit, job = seen.unit(attempt.unit_id), seen.job(attempt.job_id)
        parts: Sequence[bytes] = ()
        if unit.kind is not UnitKind.PLAN:
            parts = self._fetch(seen.unit(_planner(job.id)).result, parts_of)
        work = Work(
            kind=unit.kind,
            sources=parts[unit.number - 1] if parts else self._fetch(job.sources, _whole)[0],
            options=job.options,
            spec=unit.spec,
            is_part=bool(parts),
        )
        return Task(
            attempt_id=attempt.id,
            payload=work.to_bytes(),
            avoid=unit.avoid,
            urgency=int(str(order.detail["urgency"])),
            memory_mb=unit.memory_mb,
            gpus=tuple(attempt.gpus.split()),
            spot=order.detail.get("spot") is True,
            predicted_ms=unit.predicted_ms,
        )

    def _fetch(self, key: str, cut: Callable[[bytes], Sequence[bytes]]) -> Sequence[bytes]:
        """An object in pieces. Raises BadRecord; Unavailable."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = cut(self._content(key))
            self._kept_bytes += sum(map(len, found))
            while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_bytes -= sum(map(len, dropped))
        self._kept.move_to_end(key)
        return found

    def _content(self, key: str) -> bytes:
        try:
            content = self._objects.get(key)
        except KeyError:
            raise BadRecord(f"the object {key} is gone") from None
        except ValueError as error:
            raise BadRecord(str(error)) from error
        if not keys.fits(key, content):
            raise BadRecord(f"the object {key} is damaged")
        return content


def _lost(attempt_id: AttemptId, why: Fault | BadRecord) -> Lost:
    cause = Cause.FAULT if isinstance(why, Fault) else Cause.BAD_RECORD
    return Lost(attempt_id=attempt_id, cause=cause, message=str(why), busy_ms=0)


def _whole(content: bytes) -> Sequence[bytes]:
    return (content,)


def _planner(job_id: JobId) -> UnitId:
    """The unit whose result is the job's plan."""
    return UnitId(child_id(job_id, "u", 0))


def _is_live(attempts: Mapping[AttemptId, Attempt], seen: Draft, order: Outgoing) -> bool:
    """Whether the attempt is still to be run: it has not ended or been told to stop."""
    attempt = attempts.get(AttemptId(order.subject))
    if attempt is None or attempt.ended_ms is not None:
        return False
    return seen.unit(attempt.unit_id).fence == attempt.fence
