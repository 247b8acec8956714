"""A question to a process of its own, with bounds on time and memory.

What tenants hand in is read there: a parser can be brought down by what it reads, and takes
nothing with it then.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from typing import Final

LIMIT_BYTES: Final = 8 << 30


class NoAnswer(Exception):  # noqa: N818 - a condition of what was asked
    """The process took too long, or ended without an answer; the text says which."""


def ask(module: str, question: bytes, limit_s: float) -> bytes:
    """What the module, run as a program, says to its standard input. Raises NoAnswer."""
    with subprocess.Popen(
        (sys.executable, "-m", module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        resource.prlimit(process.pid, resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
        try:
            answer, _ = process.communicate(question, timeout=limit_s)
        except subprocess.TimeoutExpired as error:
            raise NoAnswer(f"it takes more than {limit_s:g} s") from error
        finally:
            # All that it started, too.
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise NoAnswer(f"the process that works on it ended with {process.returncode}")
    return answer
