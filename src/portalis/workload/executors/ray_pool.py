"""The `Executor` port in Ray's driver: an actor a slot, as many as the cluster has CPUs.

    queue --dispatch-> slot (a batch) --callback-> news

One thread owns all changes that come from Ray: callbacks only put them into its inbox. Ray
is never given more than its slots work on, so that what is urgent overtakes what waits. Of a
batch whose process died each unit is begun again alone, so that only the culprit is lost.

What is urgent does not wait for the end of others: once something was, each node has one more
actor for it, which works in the time of a slot there (`ray_slots.py`).
"""

from __future__ import annotations

import io
import queue
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, Protocol

from portalis.core import faults
from portalis.core.clock import Clock
from portalis.core.ids import AttemptId
from portalis.resource.spot import AtWork, SpotPolicy, part
from portalis.workload.executors import frames
from portalis.workload.executors.mailbox import HEARTBEAT_MS, Mailbox, not_known
from portalis.workload.executors.ray_cluster import cause_of, refuses
from portalis.workload.executors.ray_places import Node, bears, gpus_of
from portalis.workload.executors.ray_scaling import NOTHING, Requested
from portalis.workload.executors.ray_slots import Slot, is_urgent, spare_for
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Gpu
from portalis.workload.ports import (
    ANY,
    SPOT,
    Alive,
    Finished,
    Fleet,
    Lost,
    News,
    Task,
    Unavailable,
)

# A slot that was not heard of for this long is not said to be alive, and gets nothing new.
SILENT_MS = 3_000
# After this long it is given up; before the lease of what it runs ends.
DEAD_MS = 8_000
# An actor that has not begun by then is tried anew: loading it takes seconds, room may lack.
START_MS = 120_000
# A cluster that does not say which nodes it has for this long is lost.
LOST_MS = 15_000
# While nodes that were asked for are not there the cluster is looked at this often.
AWAITED_MS = 250
# A node at which actors do not even begin rests for this long.
REST_MS = 5_000
_CAUSES: Mapping[str, Cause] = {
    "refused": Cause.REFUSED,
    "out_of_memory": Cause.OUT_OF_MEMORY,
    "fault": Cause.FAULT,
}
# What ends a look before a node goes has ended in time.
_PARTING = SpotPolicy(finish_ms=HEARTBEAT_MS)
# Ends of a process that one unit of its batch may have brought about.
_BY_A_UNIT = frozenset((Cause.WORKER_DIED, Cause.OUT_OF_MEMORY))


class Cluster(Protocol):
    """What `RayCluster` does."""

    def nodes(self) -> list[Node]: ...

    def spawn(self, node_id: str, memory_mb: int, *, spare: bool = False) -> Any: ...  # noqa: ANN401

    def request(self, bundles: Sequence[tuple[str, Mapping[str, float]]]) -> None: ...

    def call(self, actor: Any, method: str, *given: Any) -> Future[Any]: ...  # noqa: ANN401

    def kill(self, actor: Any) -> None: ...  # noqa: ANN401

    def drain(self, node_id: str, deadline_ms: int) -> str: ...

    def close(self) -> None: ...


class RayPool:
    """limit: slots at most; 0: as many as nodes have room for. told: called with what an operator
    should know. bundle: what a node has, as it is asked of Ray's autoscaler; empty: no node is
    asked for, and all that are there are used."""

    def __init__(
        self,
        cluster: Cluster,
        clock: Clock,
        limit: int,
        told: Callable[[str], None],
        bundle: Mapping[str, float] = NOTHING,
    ) -> None:
        self._cluster = cluster
        self._clock = clock
        self._limit = limit
        self._told = told
        self._news = Mailbox()
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        # The cluster is looked at before its time.
        self._hurry = threading.Event()
        self._queue: list[tuple[int, int, list[Task]]] = []
        self._order = 0
        # Whether anything urgent was there.
        self._has_urgent = False
        self._known: set[AttemptId] = set()
        self._nodes: dict[str, Node] = {}
        self._demand = Requested(cluster, bundle, told) if bundle else None
        self._used: Collection[str] = frozenset()
        self._leaving: Mapping[str, int] = {}
        # What Ray refused is told once.
        self._unwilling: set[str] = set()
        self._resting: dict[str, int] = {}
        self._slots: list[Slot] = []
        self._alive_ms = 0
        self._looked_ms = clock.now_ms()
        for work in (self._serve, self._watch):
            threading.Thread(target=self._guard, args=(work,), daemon=True).start()

    @property
    def slots(self) -> int:
        with self._lock:
            now_ms = self._clock.now_ms()
            return sum(self._is_fit(slot, now_ms) for slot in self._slots if not slot.is_spare)

    @property
    def nodes(self) -> Fleet | None:
        """How many nodes are there, and stay, by market; None: it was not looked yet."""
        with self._lock:
            if not self._nodes:
                return None
            return Counter(node.market for node in self._staying())

    def scale(self, fleet: Fleet | None) -> None:
        """Ask for so many nodes, and use no more than these: at others nothing new begins, and
        what runs there ends in its time. None: nothing is asked for, all nodes are used."""
        if self._demand is not None:
            self._demand.want(fleet)
            self._hurry.set()

    @property
    def places(self) -> Mapping[str, int]:
        """How many slots live at each node."""
        with self._lock:
            return Counter(slot.node for slot in self._slots if slot.pid and not slot.is_spare)

    def drain(self, places: Mapping[str, int]) -> None:
        """Nodes by id, and when they are to be gone. Ray is told, and what it says of them then is
        what counts here."""
        self._leaving = dict(places)
        self._hurry.set()

    @property
    def is_over(self) -> bool:
        """Closed, or of no more use: the cluster does not answer."""
        return self._closing.is_set() or self._clock.now_ms() - self._looked_ms > LOST_MS

    @property
    def gpus(self) -> Sequence[Gpu]:
        """Those of nodes that stay and are used, of a type whose memory is known."""
        with self._lock:
            used = (node for node in self._staying() if node.id in self._used)
            return [gpu for node in used for gpu in gpus_of(node)]

    @property
    def spot_slots(self) -> int | None:
        """Of those that can be given work; None: no node says what market it is of."""
        with self._lock:
            if all(node.market == ANY for node in self._staying()):
                return None
            now_ms = self._clock.now_ms()
            own = (slot for slot in self._slots if not slot.is_spare)
            fit = [slot for slot in own if self._is_fit(slot, now_ms)]
            return sum(self._nodes[slot.node].market == SPOT for slot in fit)

    def start(self, batch: Sequence[Task]) -> None:
        if self._closing.is_set():
            raise Unavailable("the executor is closed")
        with self._lock:
            fresh = [task for task in batch if task.attempt_id not in self._known]
            if fresh:
                self._known.update(task.attempt_id for task in fresh)
                self._order += 1
                self._enqueue(self._order, fresh)
        self._inbox.put(_nothing)

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        with self._lock:
            for _, _, tasks in self._queue:
                found = next((task for task in tasks if task.attempt_id == attempt_id), None)
                if found is not None:
                    tasks.remove(found)
                    self._lost(found, cause, "it had not begun", "", 0)
                    return
            for slot in self._slots:
                found = next((task for task in slot.tasks if task.attempt_id == attempt_id), None)
                if found is not None:
                    slot.tasks.remove(found)
                    busy_ms = slot.busy_ms(self._clock.now_ms())
                    self._lost(found, cause, "", slot.node, busy_ms)
                    if slot.tasks:
                        self._enqueue(0, slot.tasks)
                        slot.tasks = []
                    self._give_up(slot, cause)
                    self._inbox.put(_nothing)
                    return
        self._news.put(not_known(attempt_id, cause))

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        with self._lock:
            return self._known.intersection(attempt_ids)

    def poll(self, timeout_ms: int) -> Sequence[News]:
        found = self._news.take(timeout_ms)
        now_ms = self._clock.now_ms()
        if now_ms - self._alive_ms >= HEARTBEAT_MS:
            self._alive_ms = now_ms
            found += self._alive(now_ms)
        return found

    def wake(self) -> None:
        self._news.wake()

    def close(self) -> None:
        self._closing.set()
        self._hurry.set()
        self._inbox.put(_nothing)
        if self._demand is not None:
            self._demand.withdraw(self._clock.now_ms() / 1000)
        with self._lock:
            for slot in self._slots:
                self._cluster.kill(slot.actor)
        self._cluster.close()

    def processes(self) -> Sequence[tuple[int, str]]:
        """The ids of the processes that live, and the nodes at which they do; spare ones only
        while they work."""
        with self._lock:
            return [
                (slot.pid, slot.node)
                for slot in self._slots
                if slot.pid and not (slot.is_spare and slot.is_idle)
            ]

    def _alive(self, now_ms: int) -> list[News]:
        with self._lock:
            found: list[News] = [
                Alive(attempt_id=task.attempt_id) for _, _, tasks in self._queue for task in tasks
            ]
            for slot in self._slots:
                if self._is_heard(slot, now_ms):
                    found += _running(slot)
            return found

    @staticmethod
    def _is_heard(slot: Slot, now_ms: int) -> bool:
        return now_ms - slot.heard_ms < (SILENT_MS if slot.pid else START_MS)

    def _is_fit(self, slot: Slot, now_ms: int) -> bool:
        """Whether it can be given work."""
        node = self._nodes.get(slot.node)
        stays = node is not None and node.drain_ms is None and slot.node in self._used
        return stays and slot.pid != 0 and self._is_heard(slot, now_ms)

    def _guard(self, work: Callable[[], None]) -> None:
        failed = faults.attempt(work)
        if isinstance(failed, faults.Fault) and not self._closing.is_set():
            self._told(str(failed))
        self._closing.set()

    def _watch(self) -> None:
        """Asks the cluster for its nodes, in a thread of its own: it may not answer."""
        while not self._closing.is_set():
            nodes = self._cluster.nodes()
            if self._take_leave(nodes):
                nodes = self._cluster.nodes()
            if self._demand is not None:
                self._demand.publish(self._clock.now_ms() / 1000)
            self._looked_ms = self._clock.now_ms()
            self._inbox.put(partial(self._look, {node.id: node for node in nodes}))
            with self._lock:
                staying = len(self._staying())
            awaits = self._demand is not None and self._demand.is_awaited(staying)
            self._hurry.wait((AWAITED_MS if awaits else HEARTBEAT_MS) / 1000)
            self._hurry.clear()

    def _take_leave(self, nodes: Sequence[Node]) -> bool:
        """Have Ray drain the nodes that are to go; whether it took one."""
        took = False
        for node in nodes:
            if not node.alive or node.drain_ms is not None or node.id not in self._leaving:
                continue
            refused = self._cluster.drain(node.id, self._leaving[node.id])
            took = took or not refused
            if refused and node.id not in self._unwilling:
                self._unwilling.add(node.id)
                self._told(f"node {node.id} is not drained: {refused}")
        return took

    def _serve(self) -> None:
        while not self._closing.is_set():
            event = self._inbox.get()
            with self._lock:
                event()
                self._dispatch()

    def _look(self, nodes: Mapping[str, Node]) -> None:
        """Slots follow the nodes; once a second each slot is asked whether it lives."""
        now_ms = self._clock.now_ms()
        self._nodes = {node.id: node for node in nodes.values() if node.alive}
        self._used = self._use()
        for slot in list(self._slots):
            node = nodes.get(slot.node)
            silent_ms = now_ms - slot.heard_ms
            if node is None or not node.alive:
                drained = node is not None and node.drained
                self._give_up(slot, Cause.DRAINED if drained else Cause.NODE_DIED)
            elif silent_ms > (DEAD_MS if slot.pid else START_MS):
                self._give_up(slot, Cause.LEASE_EXPIRED)
            elif self._is_to_go(slot, node, now_ms):
                self._give_up(slot, Cause.DRAINED)
            elif not slot.asked and silent_ms >= HEARTBEAT_MS // 2:
                self._ask(slot)
        self._fit(now_ms)

    def _is_to_go(self, slot: Slot, node: Node, now_ms: int) -> bool:
        """Whether its node is taken away or not used any more, and nothing will end there."""
        if not slot.tasks:
            return node.drain_ms is not None or slot.node not in self._used
        if not node.drain_ms:
            return False
        predicted = [task.predicted_ms for task in slot.tasks]
        batch = AtWork(
            id="",
            predicted_ms=sum(predicted) if all(predicted) else 0,
            worked_ms=now_ms - slot.since_ms,
        )
        return bool(part([batch], node.drain_ms - now_ms, _PARTING).go)

    def _use(self) -> Collection[str]:
        """The nodes to use: of more than were asked for those that have most to do, so that the
        others fall idle and Ray's autoscaler takes them away."""
        wanted = None if self._demand is None else self._demand.fleet
        if wanted is None:
            return frozenset(self._nodes)
        busy = Counter(slot.node for slot in self._slots if slot.tasks)
        room = sorted(self._staying(), key=lambda node: (-busy[node.id], node.id))
        return frozenset(
            node.id
            for market, count in wanted.items()
            for node in [node for node in room if market in (ANY, node.market)][:count]
        )

    def _staying(self) -> list[Node]:
        return [node for node in self._nodes.values() if node.slots and node.drain_ms is None]

    def _fit(self, now_ms: int) -> None:
        """Start what is missing."""
        there = Counter(slot.node for slot in self._slots if not slot.is_spare)
        spare = {slot.node for slot in self._slots if slot.is_spare}
        total = there.total()
        for node in self._nodes.values():
            if node.drain_ms is not None or self._resting.get(node.id, 0) > now_ms:
                continue
            if node.id not in self._used:
                continue
            if self._has_urgent and there[node.id] and node.id not in spare:
                self._spawn(node.id, 0, spare=True)
            for _ in range(node.slots - there[node.id]):
                if self._limit and total >= self._limit:
                    break
                total += 1
                self._spawn(node.id, 0)

    def _spawn(self, node_id: str, memory_mb: int, *, spare: bool = False) -> Slot:
        actor = self._cluster.spawn(node_id, memory_mb, spare=spare)
        slot = Slot(node_id, memory_mb, actor, self._clock.now_ms(), is_spare=spare)
        for each in () if spare else self._slots:
            if each.is_spare and each.tasks and each.lender is None and each.node == node_id:
                # It comes in the place of the one that lent its time.
                slot.lend(each, slot.heard_ms)
                break
        self._slots.append(slot)
        self._ask(slot)
        return slot

    def _ask(self, slot: Slot) -> None:
        slot.asked = True
        self._call(slot, "beat", (), partial(self._heard, slot))

    def _call(
        self,
        slot: Slot,
        method: str,
        given: Sequence[Any],
        then: Callable[[Future[Any]], None],
    ) -> None:
        future = self._cluster.call(slot.actor, method, *given)
        future.add_done_callback(lambda done: self._inbox.put(partial(then, done)))

    def _heard(self, slot: Slot, answer: Future[Any]) -> None:
        error = answer.exception()
        if slot not in self._slots:
            return
        slot.asked = False
        if error is not None:
            self._broken(slot, error)
            return
        slot.heard_ms = self._clock.now_ms()
        slot.pid = answer.result()

    def _broken(self, slot: Slot, error: BaseException) -> None:
        cause = cause_of(error)
        node = self._nodes.get(slot.node)
        if cause is Cause.WORKER_DIED and node is not None and refuses(node):
            cause = Cause.NODE_DIED
        if not slot.pid and cause is not Cause.NODE_DIED:
            self._resting[slot.node] = self._clock.now_ms() + REST_MS
            self._told(f"no slot starts at node {slot.node}: {error}")
        self._give_up(slot, cause)

    def _give_up(self, slot: Slot, cause: Cause) -> None:
        """End the slot. What runs in it is lost, unless it may be the fault of another one."""
        if slot not in self._slots:
            return
        self._slots.remove(slot)
        self._cluster.kill(slot.actor)
        slot.give_back(self._clock.now_ms())
        for each in self._slots:
            if each.lender is slot:
                each.lender = None
        if cause is Cause.NODE_DIED:
            self._nodes.pop(slot.node, None)
        if cause in _BY_A_UNIT and len(slot.tasks) > 1:
            for task in slot.tasks:
                self._enqueue(0, [task])
        else:
            busy_ms = slot.busy_ms(self._clock.now_ms()) // max(len(slot.tasks), 1)
            for task in slot.tasks:
                self._lost(task, cause, "", slot.node, busy_ms)
        slot.tasks = []

    def _enqueue(self, order: int, tasks: list[Task]) -> None:
        urgency = max(task.urgency for task in tasks)
        self._has_urgent = self._has_urgent or is_urgent(tasks)
        self._queue.append((-urgency, order, tasks))
        self._queue.sort(key=lambda entry: entry[:2])

    def _dispatch(self) -> None:
        """What waits, to slots that idle."""
        now_ms = self._clock.now_ms()
        self._queue = [entry for entry in self._queue if entry[2]]
        if self._queue:
            self._fit(now_ms)
        fit = [slot for slot in self._slots if self._is_fit(slot, now_ms)]
        idle = [slot for slot in fit if slot.is_idle and not slot.is_spare]
        largest_mb = max((node.memory_mb for node in self._nodes.values()), default=None)
        for entry in list(self._queue):
            tasks = entry[2]
            if largest_mb is not None and max(task.memory_mb for task in tasks) > largest_mb:
                self._queue.remove(entry)
                for task in tasks:
                    message = f"no node has {task.memory_mb} MB; the largest has {largest_mb}"
                    self._lost(task, Cause.OUT_OF_MEMORY, message, "", 0)
                continue
            if not self._has_place(tasks):
                self._queue.remove(entry)
                for task in tasks:
                    self._lost(task, Cause.DRAINED, "the node that it was for is gone", "", 0)
                continue
            slot = self._choose(idle, tasks) if idle else None
            if slot is not None:
                idle.remove(slot)
            elif is_urgent(tasks):
                slot = self._lent(fit, tasks)
            elif not idle:
                continue
            if slot is not None:
                self._queue.remove(entry)
                self._give(slot, tasks)

    def _has_place(self, tasks: Sequence[Task]) -> bool:
        """Whether a node stays where the batch may run; where any may, one will come."""
        anywhere = not any(task.spot or task.gpus for task in tasks)
        return anywhere or any(
            bears(node, tasks) for node in self._staying() if node.id in self._used
        )

    def _lent(self, fit: Sequence[Slot], tasks: Sequence[Task]) -> Slot | None:
        """A spare slot with time for what is urgent."""
        if any(task.memory_mb for task in tasks):
            return None
        fit = [slot for slot in fit if bears(self._nodes[slot.node], tasks)]
        found = spare_for(fit, {place for task in tasks for place in task.avoid})
        if found is None:
            return None
        spare, lender = found
        lender.lend(spare, self._clock.now_ms())
        return spare

    def _choose(self, idle: Sequence[Slot], tasks: Sequence[Task]) -> Slot | None:
        """A slot for the batch: at the node that idles most; None: it waits for another one."""
        avoid = {place for task in tasks for place in task.avoid}
        memory_mb = max(task.memory_mb for task in tasks)
        now_ms = self._clock.now_ms()
        large = {
            slot.node
            for slot in self._slots
            if not slot.is_spare
            and self._is_fit(slot, now_ms)
            and self._nodes[slot.node].memory_mb >= memory_mb
            and bears(self._nodes[slot.node], tasks)
        }
        # A node that is to be avoided is better than none.
        allowed = large - avoid or large
        count = Counter(slot.node for slot in idle)
        fit = [slot for slot in idle if slot.node in allowed]
        return max(fit, key=lambda slot: count[slot.node], default=None)

    def _give(self, slot: Slot, tasks: Sequence[Task]) -> None:
        memory_mb = max(task.memory_mb for task in tasks)
        if memory_mb > slot.memory_mb:
            self._slots.remove(slot)
            self._cluster.kill(slot.actor)
            slot = self._spawn(slot.node, memory_mb)
        slot.begin(tasks, self._clock.now_ms())
        for each in _running(slot):
            self._news.put(each)
        given = ([task.attempt_id for task in tasks], [task.payload for task in tasks])
        self._call(slot, "work", given, partial(self._ended, slot))

    def _ended(self, slot: Slot, answer: Future[Any]) -> None:
        error = answer.exception()
        if slot not in self._slots:
            return
        if error is not None:
            self._broken(slot, error)
            return
        tasks = {task.attempt_id: task for task in slot.tasks}
        slot.tasks = []
        slot.heard_ms = self._clock.now_ms()
        slot.give_back(slot.heard_ms)
        answers = io.BytesIO(answer.result())
        while (frame := frames.read(answers)) is not None:
            self._answered(slot, tasks[frame[0]["attempt"]], *frame)

    def _answered(self, slot: Slot, task: Task, head: Mapping[str, Any], output: bytes) -> None:
        place, busy_ms = slot.node, slot.paid_ms(head["busy_ms"], slot.heard_ms)
        if head["kind"] == "done":
            self._known.discard(task.attempt_id)
            self._news.put(
                Finished(
                    attempt_id=task.attempt_id,
                    output=output,
                    place=place,
                    busy_ms=busy_ms,
                    summary=head["summary"],
                )
            )
        else:
            self._lost(task, _CAUSES[head["kind"]], head["message"], place, busy_ms)

    def _lost(self, task: Task, cause: Cause, message: str, place: str, busy_ms: int) -> None:
        self._known.discard(task.attempt_id)
        self._news.put(
            Lost(
                attempt_id=task.attempt_id,
                cause=cause,
                message=message,
                place=place,
                busy_ms=busy_ms,
            )
        )


def _running(slot: Slot) -> list[News]:
    return [
        Alive(attempt_id=task.attempt_id, place=slot.node, running_ms=slot.since_ms)
        for task in slot.tasks
    ]


def _nothing() -> None:
    """Only look whether something can be dispatched."""
