"""The outbox: orders that were committed reach their adapters, at least once.

An order is marked as delivered after its adapter has taken it; after a crash in between it
is delivered again, which adapters take as the same.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence

from portalis.core.ids import AttemptId, JobId, UnitId, child_id
from portalis.workload.control.draft import Draft
from portalis.workload.control.known import Knowledge
from portalis.workload.model.attempt import Attempt
from portalis.workload.model.changes import Changes, Outgoing
from portalis.workload.model.payload import Work, parts_of
from portalis.workload.model.retry import Cause
from portalis.workload.model.transitions import Order
from portalis.workload.model.unit import UnitKind
from portalis.workload.ports import Executor, Objects, State, Task, Unavailable

LIMIT = 1000
# Of what units are given, as much is kept, so that each batch of a job does not fetch it again.
KEPT_BYTES = 64 << 20


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

    def deliver(self, epoch: int | None) -> int:
        """Deliver what can be; how many orders it was. What an adapter does not take now
        stays for the next time. Raises Deposed, Unavailable of the store."""
        orders = self._state.outgoing(LIMIT)
        starts = [each for each in orders if each.order is Order.START_ATTEMPT]
        delivered = [*self._start(starts)]
        for each in orders:
            if each.order is Order.STOP_ATTEMPT:
                self._executor.stop(AttemptId(each.subject), Cause(str(each.detail["cause"])))
                delivered.append(each.key)
            elif each.order is Order.NOTIFY:
                # The log itself is what readers follow; an order of its own has no reader yet.
                delivered.append(each.key)
        if delivered:
            self._state.commit(Changes(delivered=tuple(delivered), epoch=epoch))
        return len(delivered)

    def _start(self, orders: Sequence[Outgoing]) -> list[str]:
        attempts = self._known.attempts({AttemptId(each.subject) for each in orders})
        planners = {_planner(attempt.job_id) for attempt in attempts.values()}
        seen = Draft(0)
        self._known.read(seen, planners | {each.unit_id for each in attempts.values()})
        batches: dict[str, list[Outgoing]] = defaultdict(list)
        for each in orders:
            batches[str(each.detail["batch"])].append(each)
        delivered = []
        for batch in batches.values():
            live = [each for each in batch if _is_live(attempts, seen, each)]
            try:
                tasks = [self._task(each, attempts, seen) for each in live]
                if tasks:
                    self._executor.start(tasks)
            except Unavailable:
                continue
            delivered += [each.key for each in batch]
        return delivered

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
        """An object in pieces."""
        found = self._kept.get(key)
        if found is None:
            try:
                found = self._kept[key] = cut(self._objects.get(key))
            except KeyError:
                # Stored before its job was; who lost it has to bring it back.
                raise Unavailable(f"{key} is gone") from None
            self._kept_bytes += sum(map(len, found))
            while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_bytes -= sum(map(len, dropped))
        self._kept.move_to_end(key)
        return found


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
