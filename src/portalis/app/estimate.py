"""What a job would be, before it is one: its sources are divided as a worker would do it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portalis.app.aside import NoAnswer, ask
from portalis.core.digest import Json
from portalis.core.money import HOUR_MS
from portalis.resource.classify import SizeClass, functions_in, size_class
from portalis.resource.policy import OPEN, Policy
from portalis.resource.rates import job_ms, plan_ms
from portalis.workload.control.limits import FREE, Limits
from portalis.workload.executors import frames
from portalis.workload.model.ledger import Tariff
from portalis.workload.model.payload import Work, plan_of, sources_bytes
from portalis.workload.model.unit import UnitKind

LIMIT_S: Final = 60.0
BATCH_MS: Final = Limits().batch_ms


class NoEstimate(Exception):  # noqa: N818 - an answer
    """The sources cannot be divided; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """busy_ms: predicted work of all units, one after the other. tariff: of the slots that it is
    predicted for."""

    size_class: SizeClass
    lines: int
    files: int
    units: int
    busy_ms: int
    tariff: Tariff = FREE

    @property
    def cost_microusd(self) -> int:
        """Rounded up."""
        return -(-self.busy_ms * self.tariff.rate_microusd_h // HOUR_MS)


def estimate(
    files: Mapping[str, bytes],
    options: Mapping[str, Json],
    tariff: Tariff = FREE,
    policy: Policy = OPEN,
    limit_s: float = LIMIT_S,
) -> Estimate:
    """Nothing is kept. Raises NoEstimate."""
    work = Work(kind=UnitKind.PLAN, sources=sources_bytes(files), options=options)
    head, output = _ask(work, limit_s)
    if head["kind"] != "done":
        raise NoEstimate(str(head.get("message", "the sources cannot be divided")))
    plan = plan_of(output)
    verify = str(options.get("verify", "compile"))
    lines = sum(text.count(b"\n") + 1 for text in files.values())
    return Estimate(
        size_class=size_class(lines, functions_in(files.values()), policy.job_size_thresholds),
        lines=lines,
        files=len(files),
        units=len(plan),
        busy_ms=plan_ms(lines) + job_ms([each.predicted_ms for each in plan], verify, BATCH_MS),
        tariff=tariff,
    )


def _ask(work: Work, limit_s: float) -> tuple[dict[str, Json], bytes]:
    """A worker's answer. Raises NoEstimate where none comes in time."""
    question = io.BytesIO()
    payload = work.to_bytes()
    frames.write(question, {"attempts": ["estimate"], "sizes": [len(payload)]}, payload)
    try:
        said = io.BytesIO(ask("portalis.workload.executors.worker", question.getvalue(), limit_s))
    except NoAnswer as error:
        raise NoEstimate(f"the sources cannot be divided: {error}") from error
    while (frame := frames.read(said)) is not None:
        if "kind" in frame[0]:
            return frame
    raise NoEstimate("the sources cannot be divided: there was no answer")
