"""An object store that takes nothing for minutes: results wait for it, and nothing runs again."""

from __future__ import annotations

from portalis.workload.model.transitions import ENDED_JOB, JobState
from tests.simulate.history import LIMITS, TENANTS, History
from tests.simulate.world import Odds

# Longer than all leases that a unit is given, one after the other.
FULL_MS = 40 * LIMITS.lease_ms
SEED = 11


def test_results_wait_for_the_store() -> None:
    history = History(SEED, slots=2)
    for name in Odds.__slots__:
        setattr(history.odds, name, 0.0)
    (ann, _), (controller, *_) = TENANTS, history.controllers
    job_id = history.desk.submit(ann, {"a.py": b"x = 3\n"}).job.id
    history.odds.full_disk = 1.0
    until_ms = history.clock.now_ms() + FULL_MS
    while history.clock.now_ms() < until_ms:
        controller.step(0)
        history.clock.advance(500)
    assert history.desk.job(ann, job_id).state is JobState.RUNNING
    assert len(history.desk.attempts(ann, job_id)) == 1
    history.odds.full_disk = 0.0
    while history.desk.job(ann, job_id).state not in ENDED_JOB:
        controller.step(0)
        history.clock.advance(500)
    assert history.desk.job(ann, job_id).state is JobState.DONE
    attempts = history.desk.attempts(ann, job_id)
    assert len(attempts) == len({attempt.unit_id for attempt in attempts})
    history.state.checker.at_rest()
