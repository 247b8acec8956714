"""The most memory that this process had since it was last asked, as Linux counts it."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
# What `proc(5)` says sets the peak to what is used now.
_RESET = "5"


def reset() -> None:
    """From now on. Where that is not possible the peak is that of the whole life."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text(_RESET, "ascii")


def peak_mb() -> int:
    """Rounded up; 0: it is not known here."""
    try:
        found = _PEAK.search(Path("/proc/self/status").read_text("ascii", "replace"))
    except OSError:
        return 0
    return 0 if found is None else -(-int(found[1]) // 1024)
