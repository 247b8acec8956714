"""The pool of a Ray cluster, on a cluster that is a value: which nodes it uses and leaves."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

pytest.importorskip("ray")

from portalis.core.clock import SystemClock
from portalis.core.ids import AttemptId
from portalis.workload.executors import frames
from portalis.workload.executors.ray_cluster import Node
from portalis.workload.executors.ray_pool import RayPool
from portalis.workload.model.retry import RULES, Cause
from portalis.workload.ports import Finished, Lost, News, Task


class Machines:
    """A cluster whose slots work until they are told to end."""

    def __init__(self, *nodes: Node) -> None:
        self.all = {node.id: node for node in nodes}
        self.requests: list[list[str]] = []
        self.slots: dict[int, str] = {}
        self.works: dict[int, tuple[Future[Any], Sequence[str]]] = {}

    def nodes(self) -> list[Node]:
        return list(self.all.values())

    def request(self, bundles: Sequence[tuple[str, Mapping[str, float]]]) -> None:
        self.requests.append([market for market, _ in bundles])

    def spawn(self, node_id: str, memory_mb: int) -> int:
        assert memory_mb == 0
        number = len(self.slots) + 1
        self.slots[number] = node_id
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

    def end(self, actor: int) -> None:
        """What the slot works on is done."""
        future, attempts = self.works.pop(actor)
        out = io.BytesIO()
        for attempt in attempts:
            head = {"attempt": attempt, "kind": "done", "busy_ms": 1, "summary": {}}
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


def task(name: str, predicted_ms: int = 0) -> Task:
    return Task(attempt_id=AttemptId(name), payload=b"", predicted_ms=predicted_ms)


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
