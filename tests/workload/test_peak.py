"""What a worker says of its memory, by real memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from portalis.workload.executors import peak
from portalis.workload.executors.worker import answer
from portalis.workload.model.payload import Work, sources_bytes
from portalis.workload.model.unit import UnitKind

# In a process of its own: this one may have had more.
GROWS = """
from portalis.workload.executors import peak
taken = bytearray(b"x") * (200 << 20)
after = peak.peak_mb()
del taken
peak.reset()
print(after, peak.peak_mb())
"""


@pytest.mark.skipif(not peak.peak_mb(), reason="only Linux tells the peak")
def test_the_peak_is_that_since_the_reset() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", GROWS], check=True, capture_output=True, text=True
    ).stdout.split()
    grown, later = map(int, ran)
    assert grown >= 200
    assert 0 < later < grown - 150


def test_a_unit_has_its_peak_in_its_summary() -> None:
    work = Work(
        kind=UnitKind.TRANSLATE,
        sources=sources_bytes({"a.py": b"print(1)\n"}),
        options={"verify": "none", "name": "a"},
        spec={"unit": "a"},
    )
    head, _ = answer(work.to_bytes())
    assert head["kind"] == "done"
    assert head["summary"]["peak_mb"] == peak.peak_mb() > 0
