"""Queues of one thread: what would wait for another thread raises instead."""

from __future__ import annotations

import heapq
from collections import deque
from typing import Any


class Empty(Exception):
    """`get` on an empty queue."""


class Full(Exception):
    """`put` on a full queue."""


class Queue:
    """First in, first out."""

    def __init__(self, maxsize: int = 0) -> None:
        self.maxsize = maxsize
        self.unfinished_tasks = 0
        self._line: deque[Any] = deque()
        self._stack: list[Any] = []

    def qsize(self) -> int:
        return len(self._line)

    def empty(self) -> bool:
        return self.qsize() == 0

    def full(self) -> bool:
        return 0 < self.maxsize <= self.qsize()

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        if self.full():
            if block and timeout is None:
                raise RuntimeError("put() on a full queue of one thread waits forever")
            raise Full
        self._put(item)
        self.unfinished_tasks += 1

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        if self.empty():
            if block and timeout is None:
                raise RuntimeError("get() on an empty queue of one thread waits forever")
            raise Empty
        return self._get()

    def put_nowait(self, item: Any) -> None:
        self.put(item, False)

    def get_nowait(self) -> Any:
        return self.get(False)

    def task_done(self) -> None:
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1

    def join(self) -> None:
        if self.unfinished_tasks > 0:
            raise RuntimeError("join() with unfinished tasks waits forever")

    def _put(self, item: Any) -> None:
        self._line.append(item)

    def _get(self) -> Any:
        return self._line.popleft()


class LifoQueue(Queue):
    """Last in, first out."""

    def qsize(self) -> int:
        return len(self._stack)

    def _put(self, item: Any) -> None:
        self._stack.append(item)

    def _get(self) -> Any:
        return self._stack.pop()


class PriorityQueue(Queue):
    """The least item first."""

    def qsize(self) -> int:
        return len(self._stack)

    def _put(self, item: Any) -> None:
        heapq.heappush(self._stack, item)

    def _get(self) -> Any:
        return heapq.heappop(self._stack)


class SimpleQueue:
    """First in, first out, of any size."""

    def __init__(self) -> None:
        self._line: deque[Any] = deque()

    def qsize(self) -> int:
        return len(self._line)

    def empty(self) -> bool:
        return not self._line

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        self._line.append(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        if not self._line:
            if block and timeout is None:
                raise RuntimeError("get() on an empty queue of one thread waits forever")
            raise Empty
        return self._line.popleft()

    def put_nowait(self, item: Any) -> None:
        self._line.append(item)

    def get_nowait(self) -> Any:
        return self.get(False)
