"""What reports look like outside: one versioned form each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from portalis.app.api.views import View, instant, usd
from portalis.core.money import HOUR_MS
from portalis.workload.model.job import Job
from portalis.workload.usage import (
    JobsSummary,
    MemoryUse,
    Reservation,
    SizeUse,
    Spread,
    Utilisation,
)


class PeriodView(View):
    since: str
    until: str


class SpreadView(View):
    """Seconds, of so many."""

    count: int
    p50_s: float
    p95_s: float
    max_s: float

    @classmethod
    def of(cls, found: Spread) -> SpreadView:
        return cls(
            count=found.count,
            p50_s=found.p50_ms / 1000,
            p95_s=found.p95_ms / 1000,
            max_s=found.max_ms / 1000,
        )


class FailedView(View):
    id: str
    tenant: str
    name: str
    reason: str

    @classmethod
    def of(cls, job: Job) -> FailedView:
        return cls(id=job.id, tenant=job.tenant_id, name=job.name, reason=job.reason)


class JobsSummaryView(PeriodView):
    form: Literal["portalis.jobs_summary/1"] = Field(
        default="portalis.jobs_summary/1", alias="schema"
    )
    submitted: int
    states: Mapping[str, int]
    """Of jobs that ended in the period, and of those that go on."""
    latency: SpreadView
    """Of jobs that are done, from submission to end."""
    wait: SpreadView
    """From submission until the first unit began."""
    lines: int
    """Of jobs that are done."""
    cost_usd: str
    failed: Sequence[FailedView]
    """The newest ones."""

    @classmethod
    def of(cls, found: JobsSummary, from_ms: int, until_ms: int) -> JobsSummaryView:
        return cls(
            since=instant(from_ms),
            until=instant(until_ms),
            submitted=found.submitted,
            states=found.states,
            latency=SpreadView.of(found.latency),
            wait=SpreadView.of(found.wait),
            lines=found.lines,
            cost_usd=usd(found.cost_microusd),
            failed=[FailedView.of(job) for job in found.failed],
        )


class UtilisationView(PeriodView):
    form: Literal["portalis.utilisation/1"] = Field(
        default="portalis.utilisation/1", alias="schema"
    )
    slot_hours: float
    work_hours: float
    overhead_hours: float
    """Of attempts whose result did not count."""
    utilisation: float
    """The part of the slots' time that was worked, 0 to 1."""
    highest_hour: float
    advice: str

    @classmethod
    def of(cls, found: Utilisation, from_ms: int, until_ms: int) -> UtilisationView:
        return cls(
            since=instant(from_ms),
            until=instant(until_ms),
            slot_hours=found.room_ms / HOUR_MS,
            work_hours=found.work_ms / HOUR_MS,
            overhead_hours=found.overhead_ms / HOUR_MS,
            utilisation=found.permille / 1000,
            highest_hour=found.highest_permille / 1000,
            advice=found.advice,
        )


class MemoryUseView(View):
    size: str
    units: int
    peak_mb: int
    """The most that the process of a worker had at a unit, without what rustc took; 0: unknown."""
    set_aside_mb: int
    """The most for one unit; 0: none had memory of its own."""
    gpu_mb: int
    ran_out: int
    """Attempts that needed more memory than there was."""


class MemoryReportView(PeriodView):
    form: Literal["portalis.memory/1"] = Field(default="portalis.memory/1", alias="schema")
    sizes: Sequence[MemoryUseView]

    @classmethod
    def of(cls, found: Sequence[MemoryUse], from_ms: int, until_ms: int) -> MemoryReportView:
        return cls(
            since=instant(from_ms),
            until=instant(until_ms),
            sizes=[
                MemoryUseView(
                    size=each.size,
                    units=each.units,
                    peak_mb=each.peak_mb,
                    set_aside_mb=each.set_aside_mb,
                    gpu_mb=each.gpu_mb,
                    ran_out=each.ran_out,
                )
                for each in found
            ],
        )


class SizeUseView(View):
    size: str
    instance: str
    jobs: int
    units: int
    busy: SpreadView
    """Of attempts at the units."""
    peak_mb: int
    """As in the report on memory."""
    cost_usd: str
    fits: str
    """The smallest class whose memory, by the policy, bears the peak; empty: not known."""
    as_of: str
    """The day of the price that was charged."""
    machine: str
    """On which the same work would have cost least."""
    saves_usd: str

    @classmethod
    def of(cls, found: SizeUse) -> SizeUseView:
        return cls(
            size=found.size,
            instance=found.instance,
            jobs=found.jobs,
            units=found.units,
            busy=SpreadView.of(found.busy),
            peak_mb=found.peak_mb,
            cost_usd=usd(found.cost_microusd),
            fits=found.fits,
            as_of=found.as_of.isoformat(),
            machine=found.machine,
            saves_usd=usd(found.saves_microusd),
        )


class SizingView(PeriodView):
    form: Literal["portalis.sizing/1"] = Field(default="portalis.sizing/1", alias="schema")
    sizes: Sequence[SizeUseView]

    @classmethod
    def of(cls, found: Sequence[SizeUse], from_ms: int, until_ms: int) -> SizingView:
        return cls(
            since=instant(from_ms),
            until=instant(until_ms),
            sizes=[SizeUseView.of(each) for each in found],
        )


class ReservationView(View):
    instance: str
    count: int
    """How many to reserve; 0: on demand costs less."""
    break_even: float
    """The part of the time from which on a reserved machine costs less."""
    as_of: str
    """The day of the prices."""
    paid_usd: str
    saves_usd: str


class ReservationsView(PeriodView):
    form: Literal["portalis.reservations/1"] = Field(
        default="portalis.reservations/1", alias="schema"
    )
    machines: Sequence[ReservationView]

    @classmethod
    def of(cls, found: Sequence[Reservation], from_ms: int, until_ms: int) -> ReservationsView:
        return cls(
            since=instant(from_ms),
            until=instant(until_ms),
            machines=[
                ReservationView(
                    instance=each.instance,
                    count=each.count,
                    break_even=each.break_even_permille / 1000,
                    as_of=each.as_of.isoformat(),
                    paid_usd=usd(each.paid_microusd),
                    saves_usd=usd(each.saves_microusd),
                )
                for each in found
            ],
        )
