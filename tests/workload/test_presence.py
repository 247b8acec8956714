"""Names of processes that tell whether these are still there."""

from __future__ import annotations

import os
import subprocess
import sys

from portalis.core.clock import SystemClock
from portalis.core.ids import SystemBits
from portalis.storage.cache import MemoryCache
from portalis.storage.objects import UrlObjects
from portalis.storage.state_memory import MemoryState
from portalis.workload.control.controller import Controller
from portalis.workload.executors.local import LocalExecutor
from portalis.workload.presence import is_gone, name_of_this

SAY = """
from portalis.core.ids import SystemBits
from portalis.workload.presence import name_of_this
print(name_of_this(SystemBits()), flush=True)
input()
"""


def test_a_process_is_gone_when_it_has_ended_even_unnoticed() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        name = child.stdout.readline().strip()
        assert not is_gone(name)
        child.kill()
        # It is not waited for: the system still has its number.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert is_gone(name)
    assert is_gone(name)


def test_this_process_is_there_and_a_number_that_was_given_again_is_another_one() -> None:
    name = name_of_this(SystemBits())
    assert not is_gone(name)
    place, pid, start, bits = name.split("|")
    assert is_gone("|".join((place, pid, str(int(start) - 1), bits)))


def test_of_other_machines_and_names_nothing_is_known() -> None:
    _, pid, start, bits = name_of_this(SystemBits()).split("|")
    assert not is_gone("|".join(("elsewhere:boot:1", pid, str(int(start) - 1), bits)))
    for name in ("", "one", "|", "a|b|c|d"):
        assert not is_gone(name)


def test_who_is_gone_is_followed_at_once_and_who_is_not_in_time() -> None:
    state, clock = MemoryState(), SystemClock()
    executor = LocalExecutor(0, clock)
    objects = UrlObjects("memory:///")

    def leads(owner: str, gone: str) -> bool:
        controller = Controller(
            state, objects, MemoryCache(clock), executor, clock, owner, is_gone=gone.__eq__
        )
        return controller.step(0)

    assert leads("first", "")
    assert not leads("second", "")
    assert leads("third", "first")
    assert state.leader() == "third"
    executor.close()
