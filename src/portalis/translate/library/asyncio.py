"""An event loop of one thread: what is ready runs in the order in which CPython runs it.

Source: CPython's Lib/asyncio (3.11): base_events.py, futures.py, tasks.py, locks.py, queues.py.
"""

from __future__ import annotations

import heapq
import time
from collections import deque
from typing import Any


class CancelledError(BaseException):
    """The task or future was cancelled."""


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class QueueEmpty(Exception):
    """`get_nowait` on an empty queue."""


class QueueFull(Exception):
    """`put_nowait` on a full queue."""


class _Handle:
    def __init__(self, callback: Any, when: float, order: int) -> None:
        self.callback = callback
        self.when = when
        self.order = order
        self.is_cancelled = False

    def __lt__(self, other: _Handle) -> bool:
        return (self.when, self.order) < (other.when, other.order)

    def cancel(self) -> None:
        self.is_cancelled = True


class _Loop:
    def __init__(self) -> None:
        self.ready: deque[_Handle] = deque()
        self.timers: list[_Handle] = []
        self.tasks: list[Any] = []
        self.is_stopping = False
        self.count = 0

    def call_soon(self, callback: Any) -> _Handle:
        handle = _Handle(callback, 0.0, 0)
        self.ready.append(handle)
        return handle

    def call_later(self, delay: float, callback: Any) -> _Handle:
        self.count += 1
        handle = _Handle(callback, time.monotonic() + delay, self.count)
        heapq.heappush(self.timers, handle)
        return handle

    def run_once(self) -> None:
        while self.timers and self.timers[0].is_cancelled:
            heapq.heappop(self.timers)
        if not self.ready and self.timers and not self.is_stopping:
            wait = self.timers[0].when - time.monotonic()
            if wait > 0:
                time.sleep(wait)
        elif not self.ready and not self.timers and not self.is_stopping:
            raise RuntimeError("a loop without anything to run waits forever")
        end = time.monotonic() + 1e-09
        while self.timers and self.timers[0].when < end:
            self.ready.append(heapq.heappop(self.timers))
        for _ in range(len(self.ready)):
            handle = self.ready.popleft()
            if not handle.is_cancelled:
                handle.callback()

    def run_until_complete(self, future: Future) -> Any:
        def stop(done: Any) -> None:
            self.is_stopping = True

        future.add_done_callback(stop)
        self.is_stopping = False
        while not self.is_stopping:
            self.run_once()
        self.is_stopping = False
        return future.result()


_LOOPS: list[_Loop] = []


def get_running_loop() -> _Loop:
    if not _LOOPS:
        raise RuntimeError("no running event loop")
    return _LOOPS[-1]


class Future:
    def __init__(self) -> None:
        self._state = "PENDING"
        self._result: Any = None
        self._exception: Any = None
        self._callbacks: list[Any] = []
        self._loop = get_running_loop()

    def done(self) -> bool:
        return self._state != "PENDING"

    def cancelled(self) -> bool:
        return self._state == "CANCELLED"

    def result(self) -> Any:
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state != "FINISHED":
            raise InvalidStateError("Result is not set.")
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self) -> Any:
        if self._state == "CANCELLED":
            raise CancelledError()
        if self._state != "FINISHED":
            raise InvalidStateError("Exception is not set.")
        return self._exception

    def set_result(self, result: Any) -> None:
        if self._state != "PENDING":
            raise InvalidStateError("invalid state")
        self._result = result
        self._state = "FINISHED"
        self._schedule()

    def set_exception(self, exception: Any) -> None:
        if self._state != "PENDING":
            raise InvalidStateError("invalid state")
        self._exception = exception
        self._state = "FINISHED"
        self._schedule()

    def cancel(self, msg: Any = None) -> bool:
        return self._cancel()

    def _cancel(self) -> bool:
        if self._state != "PENDING":
            return False
        self._state = "CANCELLED"
        self._schedule()
        return True

    def add_done_callback(self, callback: Any) -> None:
        if self._state != "PENDING":
            self._call(callback)
        else:
            self._callbacks.append(callback)

    def remove_done_callback(self, callback: Any) -> None:
        self._callbacks = [c for c in self._callbacks if c is not callback]

    def _schedule(self) -> None:
        callbacks = self._callbacks
        self._callbacks = []
        for callback in callbacks:
            self._call(callback)

    def _call(self, callback: Any) -> None:
        self._loop.call_soon(lambda: callback(self))

    def __await__(self) -> Any:
        if not self.done():
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()


class Task(Future):
    def __init__(self, coro: Any) -> None:
        super().__init__()
        self._coro = coro
        self._must_cancel = False
        self._waiter: Any = None
        self._loop.tasks.append(self)
        self._loop.call_soon(lambda: self._step(None))

    def cancel(self, msg: Any = None) -> bool:
        if self.done():
            return False
        if self._waiter is not None and self._waiter.cancel():
            return True
        self._must_cancel = True
        return True

    def _step(self, error: Any) -> None:
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = CancelledError()
            self._must_cancel = False
        self._waiter = None
        try:
            if error is None:
                result = self._coro.send(None)
            else:
                result = self._coro.throw(error)
        except StopIteration as stop:
            if self._must_cancel:
                self._must_cancel = False
                self._cancel()
            else:
                self.set_result(stop.value)
        except CancelledError:
            self._cancel()
        except (KeyboardInterrupt, SystemExit) as problem:
            self.set_exception(problem)
            raise
        except BaseException as problem:  # noqa: BLE001 - it is the future's from now on
            self.set_exception(problem)
        else:
            if result is None:
                self._loop.call_soon(lambda: self._step(None))
            else:
                self._waiter = result
                result.add_done_callback(self._wakeup)
                if self._must_cancel and self._waiter.cancel():
                    self._must_cancel = False

    def _wakeup(self, future: Any) -> None:
        try:
            future.result()
        except BaseException as problem:  # noqa: BLE001 - it is thrown into the coroutine
            self._step(problem)
        else:
            self._step(None)


def ensure_future(thing: Any) -> Future:
    if isinstance(thing, Future):
        return thing
    return Task(thing)


def create_task(coro: Any) -> Task:
    return Task(coro)


def run(main: Any) -> Any:
    if _LOOPS:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    loop = _Loop()
    _LOOPS.append(loop)
    try:
        return loop.run_until_complete(Task(main))
    finally:
        left = [task for task in loop.tasks if not task.done()]
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(_gathered(left, True))
        _LOOPS.pop()


class _Pause:
    def __await__(self) -> Any:
        yield None


async def sleep(delay: float, result: Any = None) -> Any:
    if delay <= 0:
        await _Pause()
        return result
    future = Future()

    def wake() -> None:
        if not future.done():
            future.set_result(result)

    handle = get_running_loop().call_later(delay, wake)
    try:
        return await future
    finally:
        handle.cancel()


def gather(*things: Any, return_exceptions: bool = False) -> Future:
    return _gathered([ensure_future(thing) for thing in things], return_exceptions)


class _Gathering(Future):
    def __init__(self, children: list[Any]) -> None:
        super().__init__()
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg: Any = None) -> bool:
        if self.done():
            return False
        found = False
        for child in self._children:
            if child.cancel():
                found = True
        if found:
            self._cancel_requested = True
        return found


def _gathered(children: list[Any], return_exceptions: bool) -> Future:
    outer = _Gathering(children)
    if not children:
        outer.set_result([])
        return outer
    finished = [0]

    def done(future: Any) -> None:
        finished[0] += 1
        if outer.done():
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(CancelledError())
                return
            if future.exception() is not None:
                outer.set_exception(future.exception())
                return
        if finished[0] == len(children):
            results: list[Any] = []
            for child in children:
                error = CancelledError() if child.cancelled() else child.exception()
                results.append(child.result() if error is None else error)
            if outer._cancel_requested:
                outer.set_exception(CancelledError())
            else:
                outer.set_result(results)

    seen: list[Any] = []
    for child in children:
        if any(child is other for other in seen):
            finished[0] += 1
        else:
            seen.append(child)
            child.add_done_callback(done)
    return outer


async def wait_for(thing: Any, timeout: float | None) -> Any:
    if timeout is None:
        return await thing
    future = ensure_future(thing)
    waiter = Future()

    def release(done: Any) -> None:
        if not waiter.done():
            waiter.set_result(None)

    if timeout <= 0:
        if future.done():
            return future.result()
    else:
        handle = get_running_loop().call_later(timeout, lambda: release(None))
        future.add_done_callback(release)
        try:
            await waiter
        except CancelledError:
            if future.done():
                return future.result()
            future.remove_done_callback(release)
            await _cancel_and_wait(future)
            raise
        finally:
            handle.cancel()
        if future.done():
            return future.result()
        future.remove_done_callback(release)
    await _cancel_and_wait(future)
    try:
        return future.result()
    except CancelledError as problem:
        raise TimeoutError() from problem


async def _cancel_and_wait(future: Any) -> None:
    waiter = Future()

    def release(done: Any) -> None:
        if not waiter.done():
            waiter.set_result(None)

    future.add_done_callback(release)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(release)


class Event:
    def __init__(self) -> None:
        self._waiters: deque[Future] = deque()
        self._value = False

    def is_set(self) -> bool:
        return self._value

    def set(self) -> None:
        if not self._value:
            self._value = True
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(True)

    def clear(self) -> None:
        self._value = False

    async def wait(self) -> bool:
        if self._value:
            return True
        waiter = Future()
        self._waiters.append(waiter)
        try:
            await waiter
            return True
        finally:
            self._waiters.remove(waiter)


class Lock:
    def __init__(self) -> None:
        self._waiters: deque[Future] = deque()
        self._locked = False

    def locked(self) -> bool:
        return self._locked

    async def acquire(self) -> bool:
        if not self._locked and all(w.cancelled() for w in self._waiters):
            self._locked = True
            return True
        waiter = Future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except CancelledError:
            if not self._locked:
                self._wake()
            raise
        self._locked = True
        return True

    def release(self) -> None:
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake()

    def _wake(self) -> None:
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(True)

    async def __aenter__(self) -> None:
        await self.acquire()

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> None:
        self.release()


class Semaphore:
    def __init__(self, value: int = 1) -> None:
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._waiters: deque[Future] = deque()
        self._value = value

    def locked(self) -> bool:
        return self._value == 0 or any(not w.cancelled() for w in self._waiters)

    async def acquire(self) -> bool:
        if not self.locked():
            self._value -= 1
            return True
        waiter = Future()
        self._waiters.append(waiter)
        try:
            try:
                await waiter
            finally:
                self._waiters.remove(waiter)
        except CancelledError:
            if not waiter.cancelled():
                self._value += 1
                self._wake()
            raise
        if self._value > 0:
            self._wake()
        return True

    def release(self) -> None:
        self._value += 1
        self._wake()

    def _wake(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                self._value -= 1
                waiter.set_result(True)
                return

    async def __aenter__(self) -> None:
        await self.acquire()

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> None:
        self.release()


class Queue:
    def __init__(self, maxsize: int = 0) -> None:
        self._maxsize = maxsize
        self._getters: deque[Future] = deque()
        self._putters: deque[Future] = deque()
        self._items: deque[Any] = deque()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()

    def qsize(self) -> int:
        return len(self._items)

    def empty(self) -> bool:
        return not self._items

    def full(self) -> bool:
        return 0 < self._maxsize <= len(self._items)

    def _wake(self, waiters: deque[Future]) -> None:
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break

    async def put(self, item: Any) -> None:
        while self.full():
            putter = Future()
            self._putters.append(putter)
            try:
                await putter
            except BaseException:
                putter.cancel()
                if putter in self._putters:
                    self._putters.remove(putter)
                if not self.full() and not putter.cancelled():
                    self._wake(self._putters)
                raise
        self.put_nowait(item)

    def put_nowait(self, item: Any) -> None:
        if self.full():
            raise QueueFull()
        self._items.append(item)
        self._unfinished += 1
        self._finished.clear()
        self._wake(self._getters)

    async def get(self) -> Any:
        while self.empty():
            getter = Future()
            self._getters.append(getter)
            try:
                await getter
            except BaseException:
                getter.cancel()
                if getter in self._getters:
                    self._getters.remove(getter)
                if not self.empty() and not getter.cancelled():
                    self._wake(self._getters)
                raise
        return self.get_nowait()

    def get_nowait(self) -> Any:
        if self.empty():
            raise QueueEmpty()
        item = self._items.popleft()
        self._wake(self._putters)
        return item

    def task_done(self) -> None:
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self) -> None:
        if self._unfinished > 0:
            await self._finished.wait()
