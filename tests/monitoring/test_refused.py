"""What fences refuse is counted: nothing of it is in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from portalis.core.clock import SystemClock
from portalis.core.ids import SystemBits, TenantId
from portalis.cost.shipped import shipped
from portalis.storage.cache import MemoryCache
from portalis.storage.objects import UrlObjects
from portalis.storage.state_memory import MemoryState
from portalis.workload.assembly import Parts, Plane
from portalis.workload.control.limits import Limits
from portalis.workload.executors.local import LocalExecutor
from portalis.workload.model.transitions import JobState
from portalis.workload.ports import Deposed, Finished, News

ANN = TenantId("ann")
FILES = {"a.py": b"print(1)\n"}


class Echo(LocalExecutor):
    """Says of every result that it is there, twice."""

    def poll(self, timeout_ms: int) -> Sequence[News]:
        return [
            each
            for news in super().poll(timeout_ms)
            for each in ([news, news] if isinstance(news, Finished) else [news])
        ]


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    clock = SystemClock()
    objects = UrlObjects(f"file://{tmp_path}/objects")
    executor = Echo(1, clock)
    parts = Parts(
        state=MemoryState(),
        objects=objects,
        cache=MemoryCache(clock),
        clock=clock,
        bits=SystemBits(),
        limits=Limits(),
        catalog=shipped(),
    )
    made = Plane(parts, executor)
    yield made
    made.close()


def test_a_result_under_a_lease_that_is_over(plane: Plane) -> None:
    plane.start()
    job = plane.desk.submit(ANN, FILES, options={"verify": "none"}).job
    assert plane.wait(ANN, job.id, 60).state is JobState.DONE
    assert plane.controller.refused == {"result": 2, "commit": 0}


def test_a_commit_under_an_epoch_that_is_over(plane: Plane) -> None:
    assert plane.controller.step(0)
    plane.desk.submit(ANN, FILES)
    plane.state.resign(plane.controller._owner)
    assert plane.state.lead("another", plane.clock.now_ms(), 60_000)
    with pytest.raises(Deposed):
        plane.controller.step(0)
    assert plane.controller.refused == {"result": 0, "commit": 1}
