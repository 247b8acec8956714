"""Random histories of money on a real database: `python -m tests.simulate.ledger`.

    --histories 100000 [--database sqlite|postgresql] [--first 0] [--processes 2]

One seed is one history of one tenant: budgets that come and change, jobs with limits, leases,
ends, losses, doubled and raced commits, days that turn. After each commit the accounts of the
database are what the attempts say; a limit is overshot by $0.000000; at the end every hold was
resolved once, and each window has exactly the charges that were leased in it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from portalis.app.stack import servers
from portalis.core.ids import AttemptId, JobId, TenantId, UnitId, child_id, new_id
from portalis.cost.windows import OF_TENANT, account_of_job, accounts_of, start_ms
from portalis.storage.state_sql import SqlState
from portalis.workload.control import attempts
from portalis.workload.control import jobs as verbs
from portalis.workload.control.draft import Draft
from portalis.workload.control.known import Knowledge
from portalis.workload.control.limits import Limits
from portalis.workload.control.money import Money
from portalis.workload.model.attempt import Attempt, Charge
from portalis.workload.model.changes import Changes
from portalis.workload.model.job import Priority
from portalis.workload.model.ledger import Account, AccountKey, Budget, Tariff, Window
from portalis.workload.model.retry import Cause
from portalis.workload.model.snapshot import Grant
from portalis.workload.model.transitions import UnitState
from portalis.workload.model.unit import UnitPlan
from portalis.workload.ports import Conflict, Finished, Lost, State

# A micro-dollar a millisecond: to hold a unit takes tens of thousands of them.
LIMITS = Limits(unit_ms=60_000, tariff=Tariff(rate_microusd_h=3_600_000, price="ledger"))
DAY_MS = 86_400_000
# A Sunday that ends a month, a Sunday, and any day.
TURNS = (1_772_323_200_000, 1_772_409_600_000 + 6 * DAY_MS, 1_773_000_000_000)
SIZES = (70_000, 150_000, 400_000, 1_000_000, 5_000_000)
ACTS = 24
BLOCK = 250
_TELL_S = 10.0
Broken = tuple[int, str]


@dataclass(slots=True)
class Ledger:
    """What the accounts must be, added up from attempts and charges alone."""

    accounts: dict[AccountKey, Account] = field(default_factory=dict)
    open: dict[AttemptId, Attempt] = field(default_factory=dict)
    charges: dict[AttemptId, Charge] = field(default_factory=dict)

    def add(self, key: AccountKey, held: int, posted: int) -> None:
        before = self.accounts.get(key) or Account(key=key)
        self.accounts[key] = replace(
            before,
            held_microusd=before.held_microusd + held,
            posted_microusd=before.posted_microusd + posted,
        )


class LedgerHistory:
    """Everything that happens is drawn from the seed."""

    def __init__(self, state: State, seed: int) -> None:
        self.rng = random.Random(seed)
        self.state = state
        self.tenant = TenantId(f"t{seed}")
        self.now_ms = self.rng.choice(TURNS) - self.rng.choice((500, 30_000, DAY_MS // 2))
        self.known = Knowledge(state)
        self.money = Money(state, LIMITS)
        self.budget: Budget | None = None
        self.limits: dict[JobId, int | None] = {}
        self.ready: dict[UnitId, None] = {}
        self.ledger = Ledger()
        self.raced = 0

    def run(self) -> None:
        acts: Sequence[tuple[Callable[[], None], int]] = (
            (self._submit, 3),
            (self._set_budget, 1),
            (self._lease, 6),
            (self._race, 3),
            (self._end, 7),
            (self._end_again, 1),
            (self._time_passes, 2),
        )
        self._submit()
        for _ in range(ACTS):
            (act,) = self.rng.choices([a for a, _ in acts], [w for _, w in acts])
            act()
        while self.ledger.open:
            self._end()
        self._at_rest()

    def _submit(self) -> None:
        job_id = JobId(new_id("job", self.now_ms, self.rng))
        limit = self.rng.choice((None, None, *SIZES))
        draft = Draft(self.now_ms)
        asked = verbs.Submission(
            tenant_id=self.tenant,
            priority=self.rng.choice(list(Priority)),
            sources="s",
            limit_microusd=limit,
        )
        verbs.submit(draft, job_id, asked)
        self.limits[job_id] = limit
        self._commit(draft)

    def _set_budget(self) -> None:
        chosen = self.rng.sample(OF_TENANT, self.rng.choice((0, 1, 2, len(OF_TENANT))))
        limits = {window: self.rng.choice(SIZES) for window in chosen}
        self._put_budget(limits, hard_stop=self.rng.random() < 0.8)

    def _put_budget(self, limits: Mapping[Window, int], hard_stop: bool) -> None:
        self.budget = Budget(
            tenant_id=self.tenant,
            limits=limits,
            alert_permille=self.rng.choice((1, 800, 1000)),
            hard_stop=hard_stop,
            changed_ms=self.now_ms,
        )
        self.state.put_budget(self.budget)

    def _time_passes(self) -> None:
        self.now_ms += self.rng.choice((1, 700, 40_000, DAY_MS, 8 * DAY_MS))

    def _lease(self) -> None:
        units = self._some_ready(self.rng.choice((1, 2, 4)))
        if units:
            draft = self._leases(units)
            self._commit(draft)

    def _leases(self, units: Collection[UnitId]) -> Draft:
        draft = Draft(self.now_ms)
        self.known.read(draft, units, UnitState.READY)
        self.money.read(draft, ())
        attempts.lease(draft, list(units), LIMITS, Grant(units=tuple(units), rank=1, reason="r"))
        return draft

    def _some_ready(self, count: int) -> list[UnitId]:
        return self.rng.sample(list(self.ready), min(count, len(self.ready)))

    def _race(self) -> None:
        """Two submitters have read the same accounts; both commit, and one of them again."""
        units = self._some_ready(2)
        if len({unit.partition(".")[0] for unit in units}) < 2:
            return
        if self.rng.random() < 0.5:
            self._leave_room_for_one(units)
        drafts = [self._leases([unit]) for unit in units]
        self._commit(drafts[0])
        try:
            self._commit(drafts[1])
        except Conflict:
            self.raced += 1
            self.known.clear()
        changes = drafts[0].changes()
        if not changes.is_empty:
            self._refused(changes)

    def _leave_room_for_one(self, units: Sequence[UnitId]) -> None:
        asked = [self._leases([unit]).changes().attempts for unit in units]
        hold = max((each.hold_microusd for found in asked for each in found), default=0)
        key = accounts_of(self.tenant, self.now_ms)[Window.DAY]
        account = self.ledger.accounts.get(key)
        taken = account.taken_microusd if account is not None else 0
        self._put_budget({Window.DAY: taken + hold}, hard_stop=True)

    def _refused(self, changes: Changes) -> None:
        """What was committed cannot be committed again."""
        try:
            self.state.commit(changes)
        except Conflict:
            return
        raise AssertionError("the same commit was taken twice")

    def _end(self) -> None:
        if not self.ledger.open:
            return
        attempt = self.ledger.open[self.rng.choice(list(self.ledger.open))]
        self._commit(self._ended(attempt))

    def _end_again(self) -> None:
        """News of what is long over change nothing."""
        if self.ledger.charges:
            attempt_id = self.rng.choice(list(self.ledger.charges))
            found = self.state.attempts_by_id((attempt_id,))[attempt_id]
            assert self._ended(found).changes().is_empty

    def _ended(self, attempt: Attempt) -> Draft:
        draft = Draft(self.now_ms, node="node")
        draft.read(attempts=self.known.attempts((attempt.id,)).values())
        self.known.read(draft, (attempt.unit_id,))
        self.money.read(draft, (attempt,))
        # Beyond its deadline it may be found late: what is charged ends with the hold.
        busy_ms = self.rng.choice((0, 1, 999, attempt.run_ms, 10 * attempt.run_ms))
        if self.rng.random() < 0.7:
            plans = attempt.unit_id == child_id(attempt.job_id, "u", 0)
            count = self.rng.choice((0, 1, 3)) if plans else 0
            plan = tuple(
                UnitPlan(number=n, predicted_ms=self.rng.choice((1, 900, 20_000)))
                for n in range(1, count + 1)
            )
            done = Finished(attempt_id=attempt.id, output=b"", place="p", busy_ms=busy_ms)
            attempts.finish(draft, done, f"of {attempt.id}", plan, LIMITS)
        else:
            cause = self.rng.choice((Cause.WORKER_DIED, Cause.DRAINED, Cause.REFUSED))
            lost = Lost(attempt_id=attempt.id, cause=cause, place="p", busy_ms=busy_ms)
            attempts.lose(draft, lost, LIMITS)
        return draft

    def _commit(self, draft: Draft) -> None:
        changes = draft.changes()
        if changes.is_empty:
            return
        self.state.commit(changes)
        self.known.learn(draft, changes)
        for unit in changes.units:
            if unit.state is UnitState.READY:
                self.ready[unit.id] = None
            else:
                self.ready.pop(unit.id, None)
        opened = [attempt for attempt in changes.attempts if attempt.ended_ms is None]
        for attempt in opened:
            self.ledger.open[attempt.id] = attempt
            for key in self._keys(attempt):
                self.ledger.add(key, attempt.hold_microusd, 0)
        for charge in changes.charges:
            attempt = self.ledger.open.pop(charge.attempt_id)
            assert charge.attempt_id not in self.ledger.charges, "charged twice"
            assert 0 <= charge.cost_microusd <= attempt.hold_microusd, "beyond its hold"
            self.ledger.charges[charge.attempt_id] = charge
            for key in self._keys(attempt):
                self.ledger.add(key, -attempt.hold_microusd, charge.cost_microusd)
        self._compare([entry.key for entry in changes.entries])
        if opened:
            self._bounded({attempt.job_id for attempt in opened})

    def _keys(self, attempt: Attempt) -> list[AccountKey]:
        own = self.limits[attempt.job_id] is not None
        of_tenant = accounts_of(self.tenant, attempt.leased_ms).values()
        return [*of_tenant, account_of_job(attempt.job_id)] if own else [*of_tenant]

    def _compare(self, keys: Collection[AccountKey]) -> None:
        for key, account in self.state.accounts(keys).items():
            mine = self.ledger.accounts[key]
            assert (account.held_microusd, account.posted_microusd) == (
                mine.held_microusd,
                mine.posted_microusd,
            ), f"{key} has drifted"

    def _bounded(self, jobs: Collection[JobId]) -> None:
        """After a lease no limit is overshot, by nothing."""
        if self.budget is not None and self.budget.hard_stop:
            for window, key in accounts_of(self.tenant, self.now_ms).items():
                limit = self.budget.limits.get(window)
                if limit is not None and key in self.ledger.accounts:
                    taken = self.ledger.accounts[key].taken_microusd
                    assert taken <= limit, f"{window} is overshot by {taken - limit}"
        for job_id in jobs:
            limit = self.limits[job_id]
            if limit is not None:
                taken = self.ledger.accounts[account_of_job(job_id)].taken_microusd
                assert taken <= limit, f"{job_id} is overshot by {taken - limit}"

    def _at_rest(self) -> None:
        assert not any(account.held_microusd for account in self.ledger.accounts.values())
        self._compare(list(self.ledger.accounts))
        stored = self.state.charges_of(self.tenant, 0, 2**60)
        assert {charge.attempt_id: charge for charge in stored} == self.ledger.charges
        for key, account in self.ledger.accounts.items():
            if key.window is Window.JOB:
                inside = [charge for charge in stored if account_of_job(charge.job_id) == key]
            else:
                begin = key.start_ms
                inside = [c for c in stored if start_ms(key.window, c.leased_ms) == begin]
            assert account.posted_microusd == sum(charge.cost_microusd for charge in inside)


def run_block(asked: tuple[str, Sequence[int]]) -> Broken | None:
    """The first seed of these that breaks something."""
    url, seeds = asked
    with _database(url) as state:
        for seed in seeds:
            try:
                LedgerHistory(state, seed).run()
            except Exception:  # noqa: BLE001 - whatever ends a history is its failure
                return seed, traceback.format_exc()
    return None


@contextmanager
def _database(url: str) -> Iterator[State]:
    """The one at the URL, or an SQLite of its own, where there is memory for it."""
    if url:
        state = SqlState(url)
        yield state
        state.close()
        return
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        state = SqlState(f"sqlite:///{folder}/state.db")
        yield state
        state.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--histories", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    if asked.database == "sqlite":
        return _all(asked, "")
    with tempfile.TemporaryDirectory(prefix="portalis-pg-") as folder:
        server = servers.postgres(Path(folder), servers.free_port(), "a-password")
        with servers.running(server):
            SqlState(server.url).close()
            return _all(asked, server.url)


def _all(asked: argparse.Namespace, url: str) -> int:
    seeds = range(asked.first, asked.first + asked.histories)
    blocks = [(url, seeds[start : start + BLOCK]) for start in range(0, len(seeds), BLOCK)]
    started = told = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        for number, broken in enumerate(pool.imap_unordered(run_block, blocks), start=1):
            if broken is not None:
                print(f"{broken[1]}\nfailing seed: {broken[0]}", file=sys.stderr)
                return 1
            now = time.perf_counter()
            if now - told > _TELL_S:
                told, done = now, min(number * BLOCK, len(seeds))
                print(f"{done:>8} of {len(seeds)}: {done / (now - started):.0f}/s", file=sys.stderr)
    took = time.perf_counter() - started
    print(
        f"{asked.histories} histories of the ledger on {asked.database}: overshoot $0.000000, "
        f"every hold resolved once, windows exact; {took:.1f} s, {asked.histories / took:.0f}/s "
        f"in {asked.processes} processes"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
