"""kill -9 of the process that holds controller and database, at each of its commits: the next
one finds a whole file, runs what is left, and charges nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from portalis.workload.model.transitions import JobState
from tests.workload.mortal import ANN, FILES, opened, submitted

ROOT = Path(__file__).parents[2]
# A job of two units takes at least this many: submitted, planned, granted, done.
FEWEST = 4


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_each_commit_loses_nothing(tmp_path: Path, when: str) -> None:
    number = 0
    code = -signal.SIGKILL
    while code == -signal.SIGKILL:
        number += 1
        home = tmp_path / str(number)
        command = [sys.executable, "-m", "tests.workload.mortal", str(home), str(number), when]
        code = subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode
        _recovers(home, f"killed {when} commit {number}")
    assert code == 0
    assert number > FEWEST


def _recovers(home: Path, story: str) -> None:
    with opened(home) as plane:
        job = submitted(plane)
        assert plane.wait(ANN, job.id, 60).state is JobState.DONE, story
        attempts = [attempt.id for attempt in plane.desk.attempts(ANN, job.id)]
        charges = plane.desk.charges(ANN, job.id)
        assert sorted(attempts) == sorted(charge.attempt_id for charge in charges), story
        # The plan and each unit succeeded once, whatever was begun besides.
        assert sum(charge.useful for charge in charges) <= 1 + len(FILES), story
        assert len(plane.desk.results(ANN, job.id)) == len(FILES), story
        numbers = [event.number for event in plane.desk.events(ANN, job.id)]
        assert numbers == list(range(1, len(numbers) + 1)), story
        assert len(plane.desk.jobs(ANN)) == 1, story
        assert not plane.state.open_attempts(), story
