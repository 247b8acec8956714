"""A discrete event simulation with a heap, inheritance and callbacks."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Callable, ClassVar


@dataclass(order=True)
class Event:
    time: float
    sequence: int
    action: Callable[[], None] = field(compare=False)
    name: str = field(default="", compare=False)


class Simulator:
    def __init__(self) -> None:
        self.now = 0.0
        self.events: list[Event] = []
        self.sequence = 0
        self.log: list[str] = []

    def at(self, delay: float, action: Callable[[], None], name: str = "") -> Event:
        event = Event(self.now + delay, self.sequence, action, name)
        self.sequence += 1
        heapq.heappush(self.events, event)
        return event

    def run(self, until: float = float("inf")) -> int:
        count = 0
        while self.events and self.events[0].time <= until:
            event = heapq.heappop(self.events)
            self.now = event.time
            event.action()
            count += 1
        return count

    def note(self, text: str) -> None:
        self.log.append(f"{self.now:6.2f} {text}")


class Server:
    served: ClassVar[int] = 0

    def __init__(self, sim: Simulator, name: str, service: float) -> None:
        self.sim = sim
        self.name = name
        self.service = service
        self.queue: list[str] = []
        self.busy = False

    def arrive(self, customer: str) -> None:
        self.sim.note(f"{customer} arrives at {self.name}")
        self.queue.append(customer)
        if not self.busy:
            self.start()

    def start(self) -> None:
        self.busy = True
        customer = self.queue.pop(0)
        self.sim.at(self.time_for(customer), lambda: self.finish(customer))

    def time_for(self, customer: str) -> float:
        return self.service

    def finish(self, customer: str) -> None:
        Server.served += 1
        self.sim.note(f"{customer} leaves {self.name}")
        self.busy = False
        if self.queue:
            self.start()


class VariableServer(Server):
    def time_for(self, customer: str) -> float:
        return super().time_for(customer) * (1 + len(customer) / 10)


sim = Simulator()
a, b = Server(sim, "A", 2.0), VariableServer(sim, "B", 1.5)
for i, customer in enumerate(["ann", "bo", "cyd", "d", "eveline"]):
    target = a if i % 2 == 0 else b
    sim.at(i * 0.75, lambda t=target, c=customer: t.arrive(c), customer)
print(sim.run(until=3.0), sim.now, len(sim.events), Server.served)
print(sim.run(), sim.now, Server.served, b.served)
print("\n".join(sim.log))
first = sim.at(1, lambda: None, "x")
second = sim.at(1, lambda: None, "y")
print(
    first < second,
    sorted([second, first])[0].name,
    first == Event(first.time, first.sequence, print),
)
