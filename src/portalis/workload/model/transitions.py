"""What may happen to a job and to a unit: the one table. Events in, orders out.

A state changes nowhere else. `docs/transitions.md` is generated from here
(`python -m portalis.workload.model.transitions_table`).

A unit is *held* while an executor may be running it: leased, stopping or yielding. Each
way out of a held state charges the attempt, and a job ends only when none of its units
is held; so an ended job is a settled one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar


class UnitState(StrEnum):
    """waiting: for the units it depends on. backoff: for the time of its next try.
    stopping: told to stop for good. yielding: told to make room. dropped: not run, because
    the job was stopped or a unit that it needs has failed."""

    WAITING = "waiting"
    READY = "ready"
    LEASED = "leased"
    STOPPING = "stopping"
    YIELDING = "yielding"
    BACKOFF = "backoff"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class UnitEvent(StrEnum):
    """What happens to a unit. attempt_lost: it ended without a result and may be tried again;
    attempt_failed: it ended without a result for good (`model/retry.py` says which). broken: it
    cannot even be given to an executor, by what is stored of it or by a bug of ours."""

    DEPENDENCIES_DONE = "dependencies_done"
    DEPENDENCY_FAILED = "dependency_failed"
    CACHE_HIT = "cache_hit"
    LEASED = "leased"
    SUCCEEDED = "succeeded"
    ATTEMPT_LOST = "attempt_lost"
    ATTEMPT_FAILED = "attempt_failed"
    YIELD_ASKED = "yield_asked"
    STOP_ASKED = "stop_asked"
    RETRY_DUE = "retry_due"
    BROKEN = "broken"
    REVIVED = "revived"


class JobState(StrEnum):
    """queued: no unit has run since it was submitted or revived. The first unit of a job divides
    its sources into the others."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    STOPPING_BUDGET = "stopping_budget"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STOPPED_BUDGET = "stopped_budget"


class JobEvent(StrEnum):
    """What happens to a job. planned: its units are known. The three `units_…` come when no
    unit is left to run or held: all done, or else failed, or dropped on request."""

    PLANNED = "planned"
    STARTED = "started"
    CANCEL_ASKED = "cancel_asked"
    BUDGET_SPENT = "budget_spent"
    UNITS_DONE = "units_done"
    UNITS_FAILED = "units_failed"
    UNITS_STOPPED = "units_stopped"
    RETRY_ASKED = "retry_asked"


class Order(StrEnum):
    """What a transition asks for. Those of `OUTSIDE` go to an adapter through the outbox; the
    others are part of the same commit."""

    START_ATTEMPT = "start_attempt"
    STOP_ATTEMPT = "stop_attempt"
    CHARGE = "charge"
    RECORD_RESULT = "record_result"
    WAKE_DEPENDENTS = "wake_dependents"
    DROP_DEPENDENTS = "drop_dependents"
    STOP_UNITS = "stop_units"
    REVIVE_UNITS = "revive_units"
    NOTIFY = "notify"


OUTSIDE: Final = frozenset((Order.START_ATTEMPT, Order.STOP_ATTEMPT, Order.NOTIFY))

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


class IllegalTransition(Exception):  # noqa: N818 - the name says it
    """An event that cannot happen in this state: our bug, or news of something long over."""


@dataclass(frozen=True, slots=True)
class Edge(Generic[State]):
    to: State
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine(Generic[State, Event]):
    """The states that one thing can be in. start: of a thing that was just made."""

    name: str
    start: State
    edges: Mapping[tuple[State, Event], Edge[State]]

    def step(self, state: State, event: Event) -> Edge[State]:
        """Raises IllegalTransition where the table has no edge."""
        edge = self.edges.get((state, event))
        if edge is None:
            raise IllegalTransition(f"{self.name}: {event} in {state}")
        return edge

    def accepts(self, state: State, event: Event) -> bool:
        return (state, event) in self.edges


_U, _UE, _J, _JE, _O = UnitState, UnitEvent, JobState, JobEvent, Order

HELD: Final = frozenset((_U.LEASED, _U.STOPPING, _U.YIELDING))
# Not ended: such a unit still has something to come.
OPEN_UNIT: Final = frozenset((_U.WAITING, _U.READY, _U.BACKOFF)) | HELD
ENDED_JOB: Final = frozenset((_J.DONE, _J.FAILED, _J.CANCELLED, _J.STOPPED_BUDGET))
# Whose units may be leased.
ACTIVE_JOB: Final = frozenset((_J.QUEUED, _J.RUNNING))

_FINISH: Final = (_O.RECORD_RESULT, _O.CHARGE, _O.WAKE_DEPENDENTS)
_GIVE_UP: Final = (_O.CHARGE, _O.DROP_DEPENDENTS)

UNIT: Final = Machine(
    "unit",
    _U.WAITING,
    {
        (_U.WAITING, _UE.DEPENDENCIES_DONE): Edge(_U.READY),
        (_U.WAITING, _UE.DEPENDENCY_FAILED): Edge(_U.DROPPED, (_O.DROP_DEPENDENTS,)),
        (_U.WAITING, _UE.STOP_ASKED): Edge(_U.DROPPED),
        (_U.READY, _UE.CACHE_HIT): Edge(_U.DONE, (_O.RECORD_RESULT, _O.WAKE_DEPENDENTS)),
        (_U.READY, _UE.LEASED): Edge(_U.LEASED, (_O.START_ATTEMPT,)),
        (_U.READY, _UE.STOP_ASKED): Edge(_U.DROPPED),
        (_U.READY, _UE.BROKEN): Edge(_U.FAILED, (_O.DROP_DEPENDENTS,)),
        (_U.LEASED, _UE.SUCCEEDED): Edge(_U.DONE, _FINISH),
        (_U.LEASED, _UE.ATTEMPT_LOST): Edge(_U.BACKOFF, (_O.CHARGE,)),
        (_U.LEASED, _UE.ATTEMPT_FAILED): Edge(_U.FAILED, _GIVE_UP),
        (_U.LEASED, _UE.YIELD_ASKED): Edge(_U.YIELDING, (_O.STOP_ATTEMPT,)),
        (_U.LEASED, _UE.STOP_ASKED): Edge(_U.STOPPING, (_O.STOP_ATTEMPT,)),
        # What finished before the order to stop arrived is kept.
        (_U.STOPPING, _UE.SUCCEEDED): Edge(_U.DONE, _FINISH),
        (_U.STOPPING, _UE.ATTEMPT_LOST): Edge(_U.DROPPED, (_O.CHARGE,)),
        (_U.STOPPING, _UE.ATTEMPT_FAILED): Edge(_U.FAILED, _GIVE_UP),
        (_U.YIELDING, _UE.SUCCEEDED): Edge(_U.DONE, _FINISH),
        (_U.YIELDING, _UE.ATTEMPT_LOST): Edge(_U.READY, (_O.CHARGE,)),
        (_U.YIELDING, _UE.ATTEMPT_FAILED): Edge(_U.FAILED, _GIVE_UP),
        (_U.YIELDING, _UE.STOP_ASKED): Edge(_U.STOPPING),
        (_U.BACKOFF, _UE.RETRY_DUE): Edge(_U.READY),
        (_U.BACKOFF, _UE.STOP_ASKED): Edge(_U.DROPPED),
        (_U.BACKOFF, _UE.BROKEN): Edge(_U.FAILED, (_O.DROP_DEPENDENTS,)),
        (_U.FAILED, _UE.REVIVED): Edge(_U.WAITING),
        (_U.DROPPED, _UE.REVIVED): Edge(_U.WAITING),
    },
)

_END: Final = (_O.NOTIFY,)

JOB: Final = Machine(
    "job",
    _J.QUEUED,
    {
        (_J.QUEUED, _JE.STARTED): Edge(_J.RUNNING),
        (_J.QUEUED, _JE.UNITS_DONE): Edge(_J.DONE, _END),
        (_J.QUEUED, _JE.UNITS_FAILED): Edge(_J.FAILED, _END),
        (_J.QUEUED, _JE.CANCEL_ASKED): Edge(_J.CANCELLING, (_O.STOP_UNITS,)),
        (_J.QUEUED, _JE.BUDGET_SPENT): Edge(_J.STOPPING_BUDGET, (_O.STOP_UNITS,)),
        (_J.RUNNING, _JE.PLANNED): Edge(_J.RUNNING),
        (_J.RUNNING, _JE.UNITS_DONE): Edge(_J.DONE, _END),
        (_J.RUNNING, _JE.UNITS_FAILED): Edge(_J.FAILED, _END),
        (_J.RUNNING, _JE.CANCEL_ASKED): Edge(_J.CANCELLING, (_O.STOP_UNITS,)),
        (_J.RUNNING, _JE.BUDGET_SPENT): Edge(_J.STOPPING_BUDGET, (_O.STOP_UNITS,)),
        # A unit may finish before the order to stop reaches it, and even be the last.
        (_J.CANCELLING, _JE.PLANNED): Edge(_J.CANCELLING, (_O.STOP_UNITS,)),
        (_J.CANCELLING, _JE.UNITS_DONE): Edge(_J.DONE, _END),
        (_J.CANCELLING, _JE.UNITS_STOPPED): Edge(_J.CANCELLED, _END),
        (_J.STOPPING_BUDGET, _JE.PLANNED): Edge(_J.STOPPING_BUDGET, (_O.STOP_UNITS,)),
        (_J.STOPPING_BUDGET, _JE.UNITS_DONE): Edge(_J.DONE, _END),
        (_J.STOPPING_BUDGET, _JE.UNITS_STOPPED): Edge(_J.STOPPED_BUDGET, _END),
        (_J.STOPPING_BUDGET, _JE.CANCEL_ASKED): Edge(_J.CANCELLING),
        (_J.FAILED, _JE.RETRY_ASKED): Edge(_J.QUEUED, (_O.REVIVE_UNITS,)),
        (_J.CANCELLED, _JE.RETRY_ASKED): Edge(_J.QUEUED, (_O.REVIVE_UNITS,)),
        (_J.STOPPED_BUDGET, _JE.RETRY_ASKED): Edge(_J.QUEUED, (_O.REVIVE_UNITS,)),
    },
)
