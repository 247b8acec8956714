"""Work in a process of its own, forked from this one: a crash or a hang is a finding."""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Tests, and what is data for tools.
SKIPPED = frozenset(
    ("site-packages", "test", "tests", "idle_test", "idlelib", "lib2to3", "__pycache__")
)
Found = dict[str, Any]


def is_test(relative: Path) -> bool:
    """Of a path below the folder that is measured."""
    return not SKIPPED.isdisjoint(relative.parts)


def apart(work: Callable[[], Found], limit_s: int) -> Found:
    """What `work` found in a process of its own, killed after `limit_s` seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        signal.alarm(limit_s)
        try:
            out = work()
        except BaseException as error:  # noqa: BLE001 - counted: the point is to find them all
            where = traceback.extract_tb(error.__traceback__)[-1]
            text = f"{Path(where.filename).name}:{where.lineno} {type(error).__name__}: {error}"
            out = {"outcome": "CRASH", "why": text[:200]}
        with os.fdopen(writer, "w") as pipe:
            json.dump(out, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    if text:
        return dict(json.loads(text))
    hung = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    return {"outcome": "HANG" if hung else "CRASH", "why": f"exit status {status}"}
