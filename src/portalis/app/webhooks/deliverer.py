"""The deliverer: logs -> deliveries -> tries -> what came of them, again and again.

    read (each subscription) | claim what is due -> send, many at once -> settle

All that it must not forget is in the store; it may be killed between any two steps, and then
messages are sent again, under the same ids. Several of them on one store share the work.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from functools import partial
from types import TracebackType
from typing import Final

from portalis.app.webhooks.messages import body_of
from portalis.app.webhooks.sender import Sender
from portalis.core import faults
from portalis.core.clock import Clock
from portalis.core.ids import Bits, TenantId
from portalis.workload.control.apart import attempted
from portalis.workload.model.webhook import (
    JITTER_BITS,
    Answer,
    Delivery,
    Subscription,
    settled,
)
from portalis.workload.ports import Conflict, State, Unavailable, Webhooks

# Sent at once: altogether, and of each tenant, whose receivers may be slow.
MOST: Final = 256
MOST_OF_TENANT: Final = 16
# Longer than any try takes.
CLAIM_MS: Final = 60_000
READ_EVENTS: Final = 1_000
POLL_S: Final = 0.5
KEPT_MS: Final = 30 * 24 * 3_600_000
_FORGET_EVERY_MS: Final = 3_600_000


class Deliverer:
    """Runs in a thread of its own while it is used as a context."""

    def __init__(
        self,
        webhooks: Webhooks,
        state: State,
        sender: Sender,
        clock: Clock,
        bits: Bits,
        poll_s: float = POLL_S,
    ) -> None:
        self._webhooks = webhooks
        self._state = state
        self._sender = sender
        self._clock = clock
        self._bits = bits
        self._poll_s = poll_s
        self._ended = threading.Event()
        self._forgot_ms = 0
        self._under_way: dict[asyncio.Task[Answer], Delivery] = {}
        self._thread = threading.Thread(target=self._rounds, name="webhooks", daemon=True)

    def __enter__(self) -> Deliverer:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _rounds(self) -> None:
        with asyncio.Runner() as runner:
            while not self._ended.is_set():
                found = faults.attempt(lambda: runner.run(self._round()))
                if isinstance(found, faults.Fault):
                    # Our bug. What was claimed is due again after a while.
                    _say(f"webhooks failed: {found}")
                    self._ended.wait(self._poll_s)

    async def _round(self) -> None:
        try:
            await asyncio.to_thread(self._read)
            for delivery, subscription, body in await asyncio.to_thread(self._take):
                sent = self._sender.send(subscription, delivery.id, body, self._clock.now_ms())
                self._under_way[asyncio.create_task(sent)] = delivery
        except Unavailable:
            pass
        if not self._under_way:
            await asyncio.sleep(self._poll_s)
            return
        done, _ = await asyncio.wait(
            self._under_way, timeout=self._poll_s, return_when=asyncio.FIRST_COMPLETED
        )
        ended = [(self._under_way.pop(task), _answer_of(task)) for task in done]
        if ended:
            await asyncio.to_thread(self._settle, ended)

    def _read(self) -> None:
        """All that the logs have for those who subscribed. Raises Unavailable."""
        for subscription in self._webhooks.subscriptions():
            read = attempted(partial(self._read_for, subscription))
            if isinstance(read, faults.Fault):
                # The others are told all the same.
                _say(f"webhook {subscription.id} is told nothing: {read}")
        now_ms = self._clock.now_ms()
        if now_ms - self._forgot_ms > _FORGET_EVERY_MS:
            self._forgot_ms = now_ms
            self._webhooks.forget(now_ms - KEPT_MS)

    def _read_for(self, subscription: Subscription) -> None:
        try:
            while self._webhooks.read(subscription, self._clock.now_ms(), READ_EVENTS):
                if self._ended.is_set():
                    return
        except Conflict:
            # Another deliverer reads it.
            return

    def _take(self) -> list[tuple[Delivery, Subscription, str]]:
        """What is sent now. Raises Unavailable."""
        now_ms = self._clock.now_ms()
        busy: set[TenantId] = {each.tenant_id for each in self._under_way.values()}
        room = MOST - len(self._under_way)
        taken, void = [], []
        for delivery in self._webhooks.claim(now_ms, now_ms + CLAIM_MS, room, MOST_OF_TENANT, busy):
            found = attempted(partial(self._message, delivery))
            if isinstance(found, faults.Fault):
                # A try like others: it is made again, and in the end it is dead.
                void.append((delivery, Answer(None, str(found))))
            elif found is None:
                # 410: what it is about is gone.
                void.append((delivery, Answer(410, "the subscription or the event is gone")))
            else:
                taken.append((delivery, *found))
        if void:
            self._settle(void)
        return taken

    def _message(self, delivery: Delivery) -> tuple[Subscription, str] | None:
        subscription = self._webhooks.subscription(delivery.subscription_id)
        events = self._state.events(delivery.job_id, delivery.number - 1, 1)
        return (subscription, body_of(events[0])) if subscription and events else None

    def _settle(self, ended: list[tuple[Delivery, Answer]]) -> None:
        now_ms = self._clock.now_ms()
        found = [
            settled(delivery, answer, now_ms, self._bits.getrandbits(JITTER_BITS))
            for delivery, answer in ended
        ]
        try:
            self._webhooks.settle(found)
        except Unavailable:
            # They are due again when their claim is over.
            return


def _say(text: str) -> None:
    print(f"portalis: {text}", file=sys.stderr)  # noqa: T201


def _answer_of(task: asyncio.Task[Answer]) -> Answer:
    error = task.exception()
    return task.result() if error is None else Answer(None, faults.describe(error))
