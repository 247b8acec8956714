"""The controller's process, seen from the one that answers requests.

The store is all that both share. Beside it goes what must not wait for the next look at the
store, a wake, and what is no fact but a view of the moment, a `Told`.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final

from portalis.app.settings import Settings, SettingsError
from portalis.app.told import Told
from portalis.workload.executors import frames

# What does not answer for longer is not waited for.
ANSWER_S: Final = 2.0
# How long the executor has to end what it runs.
CLOSE_S: Final = 30.0
# After a process that ended by itself, before the next one; doubled while none gets ready.
AGAIN_S, MOST_AGAIN_S = 0.5, 10.0


@dataclass(slots=True)
class _Answer:
    came: threading.Event = field(default_factory=threading.Event)
    told: Told | None = None


class Clerk:
    """Begins the process, and another one where it ends by itself. `close` it, or use it as a
    context."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._number = 0
        self._asked: dict[int, _Answer] = {}
        self._process = self._begin()
        self._thread = threading.Thread(target=self._watch, name="clerk", daemon=True)

    @property
    def pid(self) -> int:
        """The process id of the one that runs now."""
        return self._process.pid

    def ready(self) -> None:
        """Wait until the controller is at work, and the store is made. Raises SettingsError, with
        what stands in its way."""
        failed = self._failed()
        if failed is not None:
            raise SettingsError(failed)
        self._thread.start()

    def wake(self) -> None:
        """Let the controller look at once. From any thread."""
        self._send({"wake": True})

    def told(self) -> Told:
        """What the controller says of this moment; nothing, where it does not answer."""
        answer = _Answer()
        with self._lock:
            self._number += 1
            number = self._number
            self._asked[number] = answer
        self._send({"ask": number})
        answer.came.wait(ANSWER_S)
        with self._lock:
            self._asked.pop(number, None)
        return answer.told or Told()

    def close(self) -> None:
        """End it, with all that it runs."""
        with self._lock:
            # From here on no other one is begun.
            self._ended.set()
        self._send({"close": True})
        try:
            self._process.wait(CLOSE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if self._thread.is_alive():
            self._thread.join()
        _forget(self._process)

    def __enter__(self) -> Clerk:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def _begin(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            (sys.executable, "-m", "portalis.app.clerk_process"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # The signals of a terminal are for the owner.
            start_new_session=True,
        )
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            frames.write(process.stdin, self._settings.model_dump(mode="json"))  # type: ignore[arg-type]
        # Nobody who commits waits for a process that does not read.
        os.set_blocking(process.stdin.fileno(), False)
        return process

    def _failed(self) -> str | None:
        """Wait for the first frame of the process: why it cannot work, if it cannot."""
        assert self._process.stdout is not None
        frame = frames.read(self._process.stdout)  # type: ignore[arg-type]
        if frame is None:
            return f"the controller's process ended with {self._process.wait()}"
        return str(frame[0]["failed"]) if "failed" in frame[0] else None

    def _send(self, head: dict[str, object]) -> None:
        """What does not reach it is lost with it; a pipe that is full holds wakes enough."""
        with self._lock, contextlib.suppress(OSError, ValueError):
            assert self._process.stdin is not None
            # Short enough to go whole or not at all.
            os.write(self._process.stdin.fileno(), frames.packed(head))

    def _watch(self) -> None:
        """Hear the process; begin another one where it ended by itself."""
        pause_s = AGAIN_S
        while True:
            self._hear()
            if self._ended.is_set():
                return
            code = self._process.wait()
            _say(f"the controller's process ended with {code}; another one is begun")
            if self._ended.wait(pause_s):
                return
            with self._lock:
                if self._ended.is_set():
                    return
                _forget(self._process)
                self._process = self._begin()
            failed = self._failed()
            pause_s = AGAIN_S if failed is None else min(2 * pause_s, MOST_AGAIN_S)
            if failed is not None:
                _say(f"the controller does not work: {failed}")

    def _hear(self) -> None:
        """Its answers, until its end."""
        assert self._process.stdout is not None
        while (frame := frames.read(self._process.stdout)) is not None:  # type: ignore[arg-type]
            head, body = frame
            with self._lock:
                answer = self._asked.pop(head["told"], None)
            if answer is not None:
                answer.told = Told.from_bytes(body)
                answer.came.set()


def _forget(process: subprocess.Popen[bytes]) -> None:
    """Let the system forget one that has ended."""
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _say(text: str) -> None:
    print(f"portalis: {text}", file=sys.stderr)  # noqa: T201
