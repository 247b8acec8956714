"""A modelled cluster: machines with slots that boot, work, are taken away and are paid for. It is
an `Executor` to the controller that runs on the same virtual clock.

    start -> waiting -> a free slot -> a process of SimPy for its time -> news
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import simpy

from portalis.core.ids import AttemptId
from portalis.cost.catalog import Price, PricingModel
from portalis.resource.spot import AtWork, SpotPolicy, part
from portalis.simulate.timeline import Process, Timeline
from portalis.workload.model.ledger import Node, Tariff
from portalis.workload.model.payload import Work
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Gpu
from portalis.workload.ports import Alive, Finished, Lost, News, Task


@dataclass(frozen=True, slots=True)
class Modelled:
    """What is modelled of a unit that runs. predicted_ms: as the scheduler was told. start_ms:
    once for the units that are verified together."""

    work_ms: int
    predicted_ms: int
    output: bytes
    start_ms: int = 0


# What the work that a task names is like.
Model = Callable[[Work], Modelled]


@dataclass(slots=True)
class _Run:
    task: Task
    job: Modelled
    from_ms: int
    process: simpy.Process | None = None

    def interrupt(self, cause: Cause) -> None:
        """Once: it ends at this instant."""
        if self.process is not None:
            self.process.interrupt(cause)
            self.process = None


@dataclass(slots=True, eq=False)
class Machine:
    """From when it was asked for until it is gone: for that long it is paid for.

    zone: of a spot machine. ready: it has booted. leaving: nothing more begins on it.
    """

    name: str
    price: Price
    slots: int
    from_ms: int
    zone: str = ""
    ready: bool = False
    leaving: bool = False
    until_ms: int | None = None
    busy: int = 0
    idle_since_ms: int = 0
    runs: dict[AttemptId, _Run] = field(default_factory=dict)

    @property
    def is_spot(self) -> bool:
        return self.price.model is PricingModel.SPOT

    @property
    def tariff(self) -> Tariff:
        rate = self.price.slot_rate_microusd_h(self.slots)
        return Tariff(rate_microusd_h=rate, price=str(self.price.tag))

    @property
    def takes(self) -> bool:
        """Whether units may begin on it."""
        return self.ready and not self.leaving and self.until_ms is None

    def row(self, now_ms: int) -> Node:
        """As the ledger has it."""
        tariff = self.tariff
        return Node(
            name=self.name,
            from_ms=self.from_ms,
            until_ms=now_ms if self.until_ms is None else self.until_ms,
            slots=self.slots,
            rate_microusd_h=tariff.rate_microusd_h,
            price=tariff.price,
        )


@dataclass(slots=True)
class Sample:
    """At an instant: slots that are paid for, of these on spot machines, and that work."""

    at_ms: int
    paid: int
    spot: int
    busy: int


class Cluster:
    """`wake_up` is called when there are news or slots."""

    def __init__(self, env: Timeline, model: Model, wake_up: Callable[[], None]) -> None:
        self._env = env
        self._model = model
        self._wake_up = wake_up
        self.machines: list[Machine] = []
        self.there: list[Machine] = []
        self._waiting: list[tuple[int, int, list[Task]]] = []
        self._number = itertools.count()
        # Batches that are not told yet: who decides is still at it.
        self._later: list[list[Task]] | None = None
        self._cancelled: dict[AttemptId, Cause] = {}
        self._where: dict[AttemptId, Machine | None] = {}
        self._news: list[News] = []
        self.samples: list[Sample] = []
        self.interruptions = 0
        self.interrupted_units = 0

    # What the controller sees: an Executor.

    @property
    def slots(self) -> int:
        return sum(each.slots for each in self.there if each.takes)

    @property
    def gpus(self) -> Sequence[Gpu]:
        # The machines' work is the rules', which takes none.
        return ()

    @property
    def spot_slots(self) -> int | None:
        # Machines are of one market at a time, which the fleet chooses for all work.
        return None

    def start(self, batch: Sequence[Task]) -> None:
        fresh = [task for task in batch if task.attempt_id not in self._where]
        if not fresh:
            return
        if self._later is not None:
            self._where.update((task.attempt_id, None) for task in fresh)
            self._later.append(fresh)
            return
        self._queue(fresh)
        self._dispatch()

    def stop(self, attempt_id: AttemptId, cause: Cause) -> None:
        machine = self._where.get(attempt_id)
        run = machine.runs.get(attempt_id) if machine is not None else None
        if run is not None:
            run.interrupt(cause)
        elif attempt_id in self._where:
            self._cancelled[attempt_id] = cause
            self._end(Lost(attempt_id=attempt_id, cause=cause, busy_ms=0))
        else:
            self._tell(Lost(attempt_id=attempt_id, cause=cause, busy_ms=0))

    @property
    def places(self) -> Mapping[str, int]:
        return {}

    def drain(self, places: Mapping[str, int]) -> None:
        """There are none."""

    def adopt(self, attempt_ids: Collection[AttemptId]) -> Collection[AttemptId]:
        return self._where.keys() & set(attempt_ids)

    def poll(self, timeout_ms: int) -> Sequence[News]:
        del timeout_ms
        found, self._news = self._news, []
        return found

    def wake(self) -> None:
        """Nobody waits."""

    def close(self) -> None:
        """Nothing is to be closed."""

    # What the clock of the controller does.

    def hold_back(self) -> None:
        """What is started from now on begins no earlier than `let_go` is called."""
        self._later = []

    def let_go(self) -> None:
        later, self._later = self._later or [], None
        for batch in later:
            if kept := [task for task in batch if task.attempt_id not in self._cancelled]:
                self._queue(kept)
        self._dispatch()

    # What the fleet does.

    def ask_for(self, price: Price, slots: int, boot_ms: int, zone: str = "") -> Machine:
        """A machine more; it takes units when it has booted."""
        name = f"machine-{len(self.machines) + 1:04d}"
        machine = Machine(name, price, slots, self._env.now_ms(), zone)
        self.machines.append(machine)
        self.there.append(machine)
        self._env.process(self._boot(machine, boot_ms))
        self._note()
        return machine

    def give_back(self, machine: Machine) -> None:
        """What runs on it ends there, nothing more begins."""
        machine.leaving = True
        if not machine.runs:
            self._gone(machine)

    def take_away(self, machine: Machine, notice_ms: int, policy: SpotPolicy) -> None:
        """The market wants it back: units that finish in time stay, the others go."""
        if machine.leaving or machine.until_ms is not None:
            return
        machine.leaving = True
        self.interruptions += 1
        now_ms = self._env.now_ms()
        units = [
            AtWork(id=each, predicted_ms=run.job.predicted_ms, worked_ms=now_ms - run.from_ms)
            for each, run in machine.runs.items()
        ]
        for each in part(units, notice_ms, policy).go:
            self._interrupt(machine, AttemptId(each))
        self._env.process(self._end_of(machine, notice_ms))
        self._wake_up()

    def close_all(self) -> None:
        """The simulation is over: nothing is paid for any more."""
        for machine in list(self.there):
            self._gone(machine)

    def rows(self) -> list[Node]:
        """All machines that there ever were."""
        return [each.row(self._env.now_ms()) for each in self.machines]

    def _boot(self, machine: Machine, boot_ms: int) -> Process:
        yield self._env.timeout(boot_ms)
        if machine.until_ms is None:
            machine.ready = True
            machine.idle_since_ms = self._env.now_ms()
            self._dispatch()
            self._wake_up()

    def _end_of(self, machine: Machine, notice_ms: int) -> Process:
        yield self._env.timeout(notice_ms)
        for each in list(machine.runs):
            self._interrupt(machine, each)
        # What was interrupted ends at the same instant.
        yield self._env.timeout(0)
        self._gone(machine)

    def _interrupt(self, machine: Machine, attempt_id: AttemptId) -> None:
        self.interrupted_units += 1
        machine.runs[attempt_id].interrupt(Cause.DRAINED)

    def _gone(self, machine: Machine) -> None:
        if machine.until_ms is None:
            machine.until_ms = self._env.now_ms()
            self.there.remove(machine)
            self._note()
            self._wake_up()

    # Units.

    def _queue(self, batch: list[Task]) -> None:
        for task in batch:
            self._where[task.attempt_id] = None
        heapq.heappush(self._waiting, (-batch[0].urgency, next(self._number), batch))

    def _dispatch(self) -> None:
        """The most urgent batch goes to the fullest machine that has a slot, so that others can
        be given back."""
        free = [each for each in self.there if each.takes and each.busy < each.slots]
        while self._waiting and free:
            _, _, batch = heapq.heappop(self._waiting)
            batch = [task for task in batch if task.attempt_id not in self._cancelled]
            if not batch:
                continue
            avoid = batch[0].avoid
            machine = max(free, key=lambda each: (each.name not in avoid, each.busy))
            machine.busy += 1
            self._env.process(self._work(machine, batch))
            if machine.busy == machine.slots:
                free.remove(machine)

    def _work(self, machine: Machine, batch: list[Task]) -> Process:
        """One slot, one batch: a unit after the other."""
        process = self._env.active_process
        is_first = True
        while batch and not machine.leaving:
            task = batch.pop(0)
            if task.attempt_id in self._cancelled:
                continue
            job = self._model(Work.from_bytes(task.payload))
            begin = self._env.now_ms()
            run = machine.runs[task.attempt_id] = _Run(task, job, begin, process)
            self._where[task.attempt_id] = machine
            alive = Alive(attempt_id=task.attempt_id, place=machine.name, running_ms=begin)
            self._tell(alive)
            self._note()
            try:
                yield self._env.timeout(job.work_ms + (job.start_ms if is_first else 0))
            except simpy.Interrupt as stopped:
                end: Finished | Lost = Lost(
                    attempt_id=task.attempt_id,
                    cause=Cause(str(stopped.cause)),
                    place=machine.name,
                    busy_ms=self._env.now_ms() - begin,
                    node=machine.name,
                    tariff=machine.tariff,
                )
            else:
                end = Finished(
                    attempt_id=task.attempt_id,
                    output=job.output,
                    place=machine.name,
                    busy_ms=self._env.now_ms() - begin,
                    node=machine.name,
                    tariff=machine.tariff,
                )
            run.process = None
            del machine.runs[task.attempt_id]
            is_first = False
            self._end(end)
        machine.busy -= 1
        machine.idle_since_ms = self._env.now_ms()
        if batch:
            self._queue(batch)
        if machine.leaving and not machine.busy:
            self._gone(machine)
        self._dispatch()
        self._note()

    def _end(self, news: Finished | Lost) -> None:
        self._where.pop(news.attempt_id, None)
        self._tell(news)

    def _tell(self, news: News) -> None:
        self._news.append(news)
        self._wake_up()

    def _note(self) -> None:
        """Remember how full it is."""
        now_ms = self._env.now_ms()
        sample = Sample(
            at_ms=now_ms,
            paid=sum(each.slots for each in self.there),
            spot=sum(each.slots for each in self.there if each.is_spot),
            busy=sum(len(each.runs) for each in self.there),
        )
        if self.samples and self.samples[-1].at_ms == now_ms:
            self.samples[-1] = sample
        else:
            self.samples.append(sample)


def slot_ms(nodes: Iterable[Node]) -> int:
    """Time of slots that is paid for."""
    return sum(node.slots * (node.until_ms - node.from_ms) for node in nodes)
