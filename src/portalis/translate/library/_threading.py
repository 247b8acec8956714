"""Locks where there is one thread: nobody waits for them."""

from __future__ import annotations


class Lock:
    def __init__(self) -> None:
        self._is_held = False

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if self._is_held:
            if blocking and timeout < 0:
                raise NotImplementedError("one thread waits for itself without end")
            return False
        self._is_held = True
        return True

    def release(self) -> None:
        if not self._is_held:
            raise RuntimeError("release unlocked lock")
        self._is_held = False

    def locked(self) -> bool:
        return self._is_held

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, kind: object, raised: object, trace: object) -> None:
        self.release()


class RLock:
    def __init__(self) -> None:
        self._count = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        self._count += 1
        return True

    def release(self) -> None:
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, kind: object, raised: object, trace: object) -> None:
        self.release()
