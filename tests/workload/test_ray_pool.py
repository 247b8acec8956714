"""The pool of a Ray cluster, on a cluster that is a value: which nodes it uses and leaves."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

from portalis.core.clock import SystemClock
from portalis.core.ids import AttemptId
from portalis.resource.policy import TOP
from portalis.workload.executors import frames
from portalis.workload.executors.ray_places import Node, gpu_mb
from portalis.workload.executors.ray_pool import RayPool
from portalis.workload.model.retry import RULES, Cause
from portalis.workload.ports import Finished, Lost, News, Task


class Machines:
    """A cluster whose slots work until they are told to end."""

    def __init__(self, *nodes: Node) -> None:
        self.all = {node.id: node for node in nodes}
        self.requests: list[list[str]] = []
        self.slots: dict[int, str] = {}
        self.spares: set[int] = set()
        self.numbers = itertools.count(1)
        self.works: dict[int, tuple[Future[Any], Sequence[str]]] = {}

    def nodes(self) -> list[Node]:
        return list(self.all.values())

    def request(self, bundles: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        self.requests.append([market for market, _ in bundles])

    def spawn(self, node_id: str, memory_mb: int, *, spare: bool = False) -> int:
        assert memory_mb == 0
        number = next(self.numbers)
        self.slots[number] = node_id
        if spare:
            self.spares.add(number)
        return number

    def call(self, actor: int, method: str, *given: Any) -> Future[Any]:  # noqa: ANN401
        future: Future[Any] = Future()
        if method == "beat":
            future.set_result(actor)
        else:
            self.works[actor] = (future, given[0])
        return future

    def kill(self, actor: int) -> None:
        self.slots.pop(actor, None)

    def drain(self, node_id: str, deadline_ms: int) -> str:
        if self.all[node_id].market == "stubborn":
            return "it does not want to"
        self.all[node_id] = replace(self.all[node_id], drain_ms=deadline_ms)
        return ""

    def close(self) -> None:
        """Nothing is to be closed."""

    def end(self, actor: int, busy_ms: int = 1) -> None:
        """What the slot works on is done."""
        future, attempts = self.works.pop(actor)
        out = io.BytesIO()
        for attempt in attempts:
            head = {"attempt": attempt, "kind": "done", "busy_ms": busy_ms, "summary": {}}
            frames.write(out, head, b"")
        future.set_result(out.getvalue())


def node(name: str, market: str = "", **more: Any) -> Node:  # noqa: ANN401
    place = ("127.0.0.1", 1)
    return Node(id=name, alive=True, address=place, slots=1, memory_mb=1_000, market=market, **more)


def pool(machines: Machines, **more: Any) -> RayPool:  # noqa: ANN401
    return RayPool(machines, SystemClock(), 0, lambda _: None, **more)


def until(seen: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.01)


def task(name: str, predicted_ms: int = 0, urgency: int = 0, avoid: tuple[str, ...] = ()) -> Task:
    return Task(
        attempt_id=AttemptId(name),
        payload=b"",
        predicted_ms=predicted_ms,
        urgency=urgency,
        avoid=avoid,
    )


def actor_of(machines: Machines, name: str) -> int:
    until(partial(works, machines, name))
    (found,) = [actor for actor, (_, names) in machines.works.items() if name in names]
    return found


def hear(pool: RayPool, kinds: tuple[type, ...]) -> list[News]:
    heard: list[News] = []

    def listen() -> bool:
        heard.extend(each for each in pool.poll(50) if isinstance(each, kinds))
        return bool(heard)

    until(listen)
    return heard


def works(machines: Machines, name: str) -> bool:
    return any(name in attempts for _, attempts in machines.works.values())


def test_a_unit_that_does_not_fit_the_time_left_begins_elsewhere_at_once() -> None:
    machines = Machines(node("leaves"), node("stays"))
    with closing(pool(machines)) as found:
        until(lambda: found.slots == 2)
        for name, predicted_ms in (("long", 120_000), ("short", 5_000)):
            found.start([task(name, predicted_ms)])
            until(partial(works, machines, name))
        gone_ms = SystemClock().now_ms() + 60_000
        machines.all = {
            name: replace(each, drain_ms=gone_ms) for name, each in machines.all.items()
        }
        (lost,) = hear(found, (Lost,))
        assert isinstance(lost, Lost)
        assert (lost.attempt_id, lost.cause) == ("long", Cause.DRAINED)
        assert RULES[Cause.DRAINED].retries is None
        (actor,) = [each for each, (_, names) in machines.works.items() if "short" in names]
        machines.end(actor)
        (done,) = hear(found, (Finished, Lost))
        assert isinstance(done, Finished)
        until(lambda: not machines.slots)
        assert found.nodes == {}


def test_nodes_beyond_what_is_asked_for_fall_idle() -> None:
    machines = Machines(node("a"), node("b"))
    with closing(pool(machines, bundle={"CPU": 1.0})) as found:
        found.scale({"": 2})
        until(lambda: found.slots == 2)
        found.start([task("one")])
        until(lambda: machines.works)
        (busy,) = machines.works
        found.scale({"": 1})
        until(lambda: list(machines.slots) == [busy])
        found.scale({})
        until(lambda: machines.requests[-1:] == [[]])
        time.sleep(1.2)
        assert list(machines.slots) == [busy]
        machines.end(busy)
        assert isinstance(hear(found, (Finished, Lost))[0], Finished)
        until(lambda: not machines.slots)
        assert machines.requests == [["", ""], [""], []]
        assert found.nodes == {"": 2}


def test_of_each_market_as_many_as_were_asked_for() -> None:
    machines = Machines(node("s1", "spot"), node("s2", "spot"), node("d1", "on-demand"))
    with closing(pool(machines, bundle={"CPU": 1.0})) as found:
        found.scale({"spot": 2})
        until(lambda: sorted(machines.slots.values()) == ["s1", "s2"])
        found.scale({"spot": 1, "on-demand": 1})
        until(lambda: sorted(machines.slots.values()) == ["d1", "s1"])
        assert found.nodes == {"spot": 2, "on-demand": 1}
        found.scale(None)
        until(lambda: len(machines.slots) == 3)
    assert machines.requests == [["spot", "spot"], ["spot", "on-demand"]]


def test_spot_slots_and_gpus_are_told_and_kept_to() -> None:
    """What is for a spot node, or has GPUs, runs there; where those are gone it is given back."""
    with_gpus = {"gpus": 2, "gpu_mb": gpu_mb({"CPU": 8, "accelerator_type:A100": 1})}
    machines = Machines(node("s", "spot"), node("d", "on-demand", **with_gpus), node("x", gpus=1))
    with closing(pool(machines)) as found:
        until(lambda: found.slots == 3)
        assert found.spot_slots == 1
        assert [(gpu.id, gpu.node, gpu.memory_mb, gpu.spot) for gpu in found.gpus] == [
            ("d:gpu-0", "d", 40_000, False),
            ("d:gpu-1", "d", 40_000, False),
        ]
        for name in ("first", "second"):
            found.start([replace(task(name), spot=True)])
        found.start([replace(task("of gpus"), gpus=("d:gpu-1",))])
        found.start([task("any")])
        until(lambda: len(machines.works) == 3)
        place = {names[0]: machines.slots[actor] for actor, (_, names) in machines.works.items()}
        assert place == {"first": "s", "of gpus": "d", "any": "x"}
        # The one that waits for the only spot node does not keep it from going.
        machines.all = {"d": machines.all["d"], "x": machines.all["x"]}
        lost: set[str] = set()

        def listen() -> bool:
            lost.update(each.attempt_id for each in found.poll(50) if isinstance(each, Lost))
            return lost == {"first", "second"}

        until(listen)
        assert found.spot_slots == 0


def test_nodes_of_no_market_have_no_spot_slots() -> None:
    with closing(pool(Machines(node("a")))) as found:
        until(lambda: found.slots == 1)
        assert found.spot_slots is None
        assert not found.gpus


def test_what_is_asked_for_is_withdrawn_at_the_end() -> None:
    machines = Machines(node("a"))
    with closing(pool(machines, bundle={"CPU": 1.0})) as found:
        found.scale({"": 1})
        until(lambda: machines.requests)
    assert machines.requests == [[""], []]


def test_nodes_that_an_operator_drains_are_drained_by_ray() -> None:
    machines = Machines(node("leaves"), node("stays"), node("refuses", "stubborn"))
    told: list[str] = []
    gone_ms = SystemClock().now_ms() + 60_000
    with closing(RayPool(machines, SystemClock(), 0, told.append)) as found:
        until(lambda: found.places == {"leaves": 1, "stays": 1, "refuses": 1})
        found.drain({"leaves": gone_ms, "refuses": gone_ms, "nobody": gone_ms})
        until(lambda: found.places == {"stays": 1, "refuses": 1})
        assert machines.all["leaves"].drain_ms == gone_ms
        found.drain({"refuses": gone_ms})
        until(lambda: bool(told))
        found.scale(None)
    assert told == ["node refuses is not drained: it does not want to"]


URGENT = TOP + 1


def test_what_is_urgent_works_in_the_time_of_a_batch() -> None:
    machines = Machines(node("a"))
    with closing(pool(machines)) as found:
        until(lambda: found.slots == 1)
        found.start([task("batch")])
        slot = actor_of(machines, "batch")
        assert not machines.spares
        found.start([task("next")])
        found.start([task("urgent", urgency=URGENT)])
        spare = actor_of(machines, "urgent")
        assert machines.spares == {spare}
        # It has no time of its own, so it is no slot.
        until(lambda: spare in {pid for pid, _ in found.processes()})
        assert (found.slots, found.places) == (1, {"a": 1})
        assert (found.slots, len(found.processes())) == (1, 2)
        # Its slot is lent: what waits does not begin there before that time is over.
        time.sleep(0.05)
        machines.end(slot, busy_ms=10_000)
        (done,) = hear(found, (Finished,))
        assert isinstance(done, Finished)
        assert (done.attempt_id, done.busy_ms < 10_000) == ("batch", True)
        assert not works(machines, "next")
        machines.end(spare, busy_ms=7)
        (done,) = hear(found, (Finished,))
        assert isinstance(done, Finished)
        assert (done.attempt_id, done.busy_ms) == ("urgent", 7)
        assert actor_of(machines, "next") == slot
        assert len(found.processes()) == 1
        # One more waits for nothing that is urgent itself.
        found.start([task("again", urgency=URGENT)])
        assert actor_of(machines, "again") == spare


def test_what_is_urgent_takes_a_slot_that_idles_first() -> None:
    machines = Machines(node("a"), node("b"))
    with closing(pool(machines)) as found:
        until(lambda: found.slots == 2)
        found.start([task("batch")])
        busy = actor_of(machines, "batch")
        found.start([task("one", urgency=URGENT)])
        assert actor_of(machines, "one") not in {busy, *machines.spares}
        # That one works on what is urgent, and lends nothing.
        found.start([task("two", urgency=URGENT)])
        spare = actor_of(machines, "two")
        assert spare in machines.spares
        assert machines.slots[spare] == machines.slots[busy]


def test_a_lender_that_is_stopped_and_a_spare_slot_that_is() -> None:
    machines = Machines(node("a"))
    with closing(pool(machines)) as found:
        until(lambda: found.slots == 1)
        found.start([task("batch")])
        slot = actor_of(machines, "batch")
        found.start([task("urgent", urgency=URGENT)])
        spare = actor_of(machines, "urgent")
        found.stop(AttemptId("batch"), Cause.PREEMPTED)
        hear(found, (Lost,))
        until(lambda: slot not in machines.slots and found.slots == 1)
        found.start([task("next")])
        assert not works(machines, "next")
        found.stop(AttemptId("urgent"), Cause.STOPPED)
        hear(found, (Lost,))
        actor_of(machines, "next")
        assert spare not in machines.slots
        found.start([task("more", urgency=URGENT)])
        until(lambda: works(machines, "more"))


def test_a_limit_bounds_slots_and_not_the_spare_one() -> None:
    machines = Machines(node("a"), node("b"))
    with closing(RayPool(machines, SystemClock(), 1, lambda _: None)) as found:
        until(lambda: found.slots == 1)
        found.start([task("batch")])
        busy = actor_of(machines, "batch")
        found.start([task("urgent", urgency=URGENT)])
        assert machines.slots[actor_of(machines, "urgent")] == machines.slots[busy]
        assert len(machines.slots) == 2
