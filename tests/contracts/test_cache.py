"""The contract of `Cache`, on every cache there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.core.clock import ManualClock
from portalis.storage.cache import DiskCache, MemoryCache, TieredCache
from portalis.workload.ports import Cache


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(1_000)


@pytest.fixture(params=["memory", "disk", "tiered"])
def cache(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Cache:
    disk = DiskCache(tmp_path / "cache.db", clock, max_bytes=10_000)
    memory = MemoryCache(clock, max_bytes=10_000)
    found: dict[str, Cache] = {"memory": memory, "disk": disk, "tiered": TieredCache(memory, disk)}
    return found[str(request.param)]


def test_what_is_put_is_got_until_its_time_is_over(cache: Cache, clock: ManualClock) -> None:
    cache.put("k", b"value", span_ms=100)
    assert cache.get("k") == b"value"
    clock.advance(99)
    assert cache.get("k") == b"value"
    clock.advance(1)
    assert cache.get("k") is None


def test_put_replaces_and_delete_removes(cache: Cache) -> None:
    cache.put("k", b"one", 100)
    cache.put("k", b"two", 100)
    assert cache.get("k") == b"two"
    cache.delete("k")
    cache.delete("k")
    assert cache.get("k") is None


def test_hits_and_misses_are_counted(cache: Cache) -> None:
    cache.put("k", b"one", 100)
    cache.get("k")
    cache.get("none")
    assert (cache.stats().hits, cache.stats().misses, cache.stats().entries) == (1, 1, 1)


def test_the_longest_unused_go_first(cache: Cache, clock: ManualClock) -> None:
    for number in range(10):
        cache.put(f"k{number}", bytes(1000), 100_000)
        clock.advance(1)
    assert cache.get("k0") is not None
    clock.advance(1)
    for number in range(10, 13):
        cache.put(f"k{number}", bytes(1000), 100_000)
        clock.advance(1)
    assert cache.stats().size_bytes <= 10_000
    assert cache.get("k12") is not None
    assert cache.get("k1") is None
    assert cache.get("k0") is not None


def test_a_cache_on_disk_that_cannot_be_opened_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"a file")
    cache = DiskCache(tmp_path / "folder" / "cache.db", ManualClock())
    cache.put("k", b"v", 100)
    assert cache.get("k") is None
    assert cache.stats().entries == 0


def test_a_cache_on_disk_is_shared(tmp_path: Path, clock: ManualClock) -> None:
    one, two = (DiskCache(tmp_path / "cache.db", clock) for _ in range(2))
    one.put("k", b"v", 100)
    assert two.get("k") == b"v"
    one.close()
    two.close()
