"""A value that is changed is what `dataclasses.replace` makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portalis.core.ids import AttemptId, JobId, TenantId, UnitId
from portalis.core.values import revised
from portalis.workload.model.attempt import Attempt

ATTEMPT = Attempt(
    id=AttemptId("a"),
    unit_id=UnitId("u"),
    job_id=JobId("j"),
    tenant_id=TenantId("t"),
    fence=1,
    leased_ms=1,
    expires_ms=2,
)


def test_it_is_as_if_it_were_replaced() -> None:
    changed = revised(ATTEMPT, place="here", running_ms=3)
    assert changed == replace(ATTEMPT, place="here", running_ms=3)
    assert (ATTEMPT.place, ATTEMPT.running_ms) == ("", None)
    assert revised(ATTEMPT) == ATTEMPT


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        revised(ATTEMPT, colour="red")
