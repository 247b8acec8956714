"""A whole plane in a process that is killed at one of its commits: HOME, NUMBER, before|after.

Ends with 0 where the job is done before there were so many commits.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from portalis.core.ids import TenantId
from portalis.workload.assembly import Plane, PlaneSettings, open_plane
from portalis.workload.control.limits import Limits
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Job
from portalis.workload.model.transitions import JobState

ANN = TenantId("ann")
FILES = {"a.py": b"print(1)\n", "b.py": b"print(2)\n"}
# The next controller does not wait for this: it sees that the process of the last one is gone.
LIMITS = Limits(lead_ms=600_000)


def opened(home: Path) -> Plane:
    return open_plane(PlaneSettings(home=home, slots=1), LIMITS)


def submitted(plane: Plane) -> Job:
    """The same job, however often."""
    options = {"verify": "none"}
    return plane.desk.submit(ANN, FILES, options=options, idempotency_key="the one").job


def main(home: Path, number: int, *, after: bool) -> None:
    plane = opened(home)
    commit = plane.state.commit
    count = 0

    def counted(changes: Changes) -> None:
        nonlocal count
        count += 1
        if count == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(changes)
        if count == number and after:
            os.kill(os.getpid(), signal.SIGKILL)

    plane.state.commit = counted  # type: ignore[method-assign]
    with plane:
        job = submitted(plane)
        assert plane.wait(ANN, job.id, 60).state is JobState.DONE


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), after=sys.argv[3] == "after")
