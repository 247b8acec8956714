"""What lies in the object store, and what of it nobody needs any more.

    list -> what no job or unit names, and is old -> put aside -> … a span later … -> deleted
                                          named meanwhile ┘ brought back

Nothing is deleted that was in its place a moment ago: whoever looked whether an object is
there, and names it in a commit a moment later, still finds it aside, and the next collection
sees that it is named. What was put aside is not there for who looks, so it is put anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portalis.core.ids import TenantId
from portalis.workload.control import keys
from portalis.workload.ports import ASIDE, ObjectInfo, Objects, State

DEFAULT_GRACE_MS = 24 * 3_600_000


@dataclass(slots=True)
class Amount:
    """So many objects of so many bytes."""

    objects: int = 0
    size_bytes: int = 0

    def add(self, info: ObjectInfo) -> None:
        self.objects += 1
        self.size_bytes += info.size_bytes


@dataclass(frozen=True, slots=True)
class Stats:
    """By tenant (None: no job names one whose folder this is) and kind: sources, results,
    packages. aside: put aside, to be deleted."""

    tenants: Mapping[TenantId | None, Mapping[str, Amount]]
    aside: Amount = field(default_factory=Amount)

    @property
    def total(self) -> Amount:
        every = [amount for kinds in self.tenants.values() for amount in kinds.values()]
        return Amount(
            sum(amount.objects for amount in every), sum(amount.size_bytes for amount in every)
        )


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection did, or would do: put aside, deleted of what was aside before,
    brought back because it is named after all."""

    put_aside: Amount
    deleted: Amount
    brought_back: Amount


def stats(objects: Objects, state: State) -> Stats:
    """Raises Unavailable."""
    names = {keys.folder(tenant_id): tenant_id for tenant_id in state.tenants()}
    found: dict[TenantId | None, dict[str, Amount]] = defaultdict(lambda: defaultdict(Amount))
    aside = Amount()
    for info in objects.list():
        if _is_aside(info.key):
            aside.add(info)
        else:
            folder, kind = keys.parts(info.key)
            found[names.get(folder)][kind].add(info)
    return Stats({tenant: dict(kinds) for tenant, kinds in found.items()}, aside)


def collect(
    objects: Objects,
    state: State,
    now_ms: int,
    grace_ms: int = DEFAULT_GRACE_MS,
    *,
    dry_run: bool = False,
) -> Collected:
    """Put aside what nobody names and is older than the grace; delete what has been aside for
    longer than that. The grace has to be longer than any commit takes, and than the clocks of
    the store and of this machine differ. Raises Unavailable; what was done stays done."""
    old = [info for info in objects.list() if now_ms - info.modified_ms > grace_ms]
    # In this order: what is named now may be younger than the list.
    named = state.object_keys()
    useless = [info for info in old if _place(info.key) not in named]
    leaving = [info for info in useless if not _is_aside(info.key)]
    over = [info for info in useless if _is_aside(info.key)]
    wanted = [info for info in old if _is_aside(info.key) and _place(info.key) in named]
    if not dry_run:
        for info in leaving:
            objects.put_aside(info.key)
        for info in wanted:
            _bring_back(objects, info.key)
        objects.delete(info.key for info in over)
    return Collected(_amount(leaving), _amount(over), _amount(wanted))


def _amount(infos: Iterable[ObjectInfo]) -> Amount:
    found = Amount()
    for info in infos:
        found.add(info)
    return found


def _is_aside(key: str) -> bool:
    return key.startswith(f"{ASIDE}/")


def _place(key: str) -> str:
    """Where the object belongs."""
    return key.removeprefix(f"{ASIDE}/")


def _bring_back(objects: Objects, key: str) -> None:
    """Reading does it; a key that is in its place as well was put anew."""
    try:
        objects.get(_place(key))
    except KeyError:
        return
    objects.delete([key])
