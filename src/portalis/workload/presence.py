"""Which process is meant: names that tell whether their bearer is still there.

A controller that was killed cannot resign. The next one on the same machine need not wait until
its time is over: the system says that the process is gone. Of other machines nothing is known.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Final

from portalis.core.ids import Bits

_PROC: Final = Path("/proc")
# Of what /proc/PID/stat says after the name: the state, and the start in ticks since the boot.
_STATE, _START = 0, 19
# A dead process whose parent has not asked yet: it does nothing any more.
_DEAD: Final = frozenset("ZX")


def name_of_this(bits: Bits) -> str:
    """A name that nobody else has: where process numbers count, the process, and some bits."""
    return "|".join(
        (_place(), str(os.getpid()), _start(os.getpid()), f"{bits.getrandbits(32):08x}")
    )


def is_gone(name: str) -> bool:
    """Whether the process of that name has certainly ended. False: it lives, or is elsewhere."""
    place, _, rest = name.partition("|")
    pid, _, rest = rest.partition("|")
    start, _, _ = rest.partition("|")
    known = place == _place() and pid.isdigit() and bool(start)
    return known and _start(int(pid)) != start


def _place() -> str:
    """The host, its boot and the space of its process numbers."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        space = (_PROC / "self/ns/pid").stat().st_ino
    except OSError:
        return f"{socket.gethostname()}:?"
    return f"{socket.gethostname()}:{boot}:{space}"


def _start(pid: int) -> str:
    """When the process began; empty where it is not there or the system does not say."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[_STATE] in _DEAD else fields[_START]
