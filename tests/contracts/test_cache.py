"""The contract of `Cache`, on every cache there is."""

from __future__ import annotations

import gc
import time
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from portalis.app.stack.programs import REDIS
from portalis.app.stack.servers import free_port, redis, running
from portalis.core.clock import ManualClock
from portalis.storage.cache import DiskCache, MemoryCache, TieredCache
from portalis.storage.cache_redis import RedisCache
from portalis.workload.ports import Cache
from tests.contracts.conftest import needs


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(1_000)


BOUNDED = ["memory", "disk", "tiered"]


@pytest.fixture(params=[*BOUNDED, "redis", "redis_cluster"])
def cache(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Iterator[Cache]:
    if request.param in BOUNDED:
        yield _bounded(request.param, tmp_path, clock)
        return
    found = RedisCache(request.getfixturevalue(request.param), clock)
    for key in ("k", "none"):
        found.delete(key)
    yield found
    found.close()


@pytest.fixture(params=BOUNDED)
def bounded(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock) -> Cache:
    return _bounded(request.param, tmp_path, clock)


def _bounded(kind: str, tmp_path: Path, clock: ManualClock) -> Cache:
    disk = DiskCache(tmp_path / "cache.db", clock, max_bytes=10_000)
    memory = MemoryCache(clock, max_bytes=10_000)
    found: dict[str, Cache] = {"memory": memory, "disk": disk, "tiered": TieredCache(memory, disk)}
    return found[kind]


def test_what_is_put_is_got_until_its_time_is_over(cache: Cache, clock: ManualClock) -> None:
    cache.put("k", b"value", span_ms=100)
    assert cache.get("k") == b"value"
    _pass(cache, clock, 120)
    assert cache.get("k") is None


def _pass(cache: Cache, clock: ManualClock, span_ms: int) -> None:
    """Redis has a clock of its own."""
    clock.advance(span_ms)
    if isinstance(cache, RedisCache):
        time.sleep(span_ms / 1000)


def test_put_replaces_and_delete_removes(cache: Cache) -> None:
    cache.put("k", b"one", 10_000)
    cache.put("k", b"two", 10_000)
    assert cache.get("k") == b"two"
    cache.delete("k")
    cache.delete("k")
    assert cache.get("k") is None


def test_hits_and_misses_are_counted(cache: Cache) -> None:
    cache.put("k", b"one", 10_000)
    cache.get("k")
    cache.get("none")
    assert (cache.stats().hits, cache.stats().misses) == (1, 1)


def test_many_keys(cache: Cache) -> None:
    for number in range(50):
        cache.put(f"many {number}", bytes([number]), 60_000)
    assert [cache.get(f"many {number}") for number in range(50)] == [
        bytes([number]) for number in range(50)
    ]


def test_the_longest_unused_go_first(bounded: Cache, clock: ManualClock) -> None:
    for number in range(10):
        bounded.put(f"k{number}", bytes(1000), 100_000)
        clock.advance(1)
    assert bounded.get("k0") is not None
    clock.advance(1)
    for number in range(10, 13):
        bounded.put(f"k{number}", bytes(1000), 100_000)
        clock.advance(1)
    assert bounded.stats().size_bytes <= 10_000
    assert bounded.get("k12") is not None
    assert bounded.get("k1") is None
    assert bounded.get("k0") is not None


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


def test_a_redis_that_is_away_slows_nothing_and_comes_back(tmp_path: Path) -> None:
    needs(REDIS)
    port, clock = free_port(), ManualClock(1_000)
    cache = RedisCache(f"redis://127.0.0.1:{port}/0", clock)
    started = time.monotonic()
    for number in range(100):
        cache.put(f"k{number}", b"v", 1_000)
        assert cache.get(f"k{number}") is None
    assert time.monotonic() - started < 2
    with running(redis(tmp_path, port)):
        clock.advance(2_000)
        cache.put("k", b"v", 60_000)
        assert cache.get("k") == b"v"
        cache.close()


def test_a_redis_that_speaks_tls_alone(redis_tls: str, clock: ManualClock) -> None:
    with warnings.catch_warnings():
        # A handshake that takes too long here leaves its socket to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        with closing(RedisCache(redis_tls, clock)) as cache:
            # It may be busy: a shake of hands that takes too long is tried again.
            for _ in range(20):
                cache.put("k", b"value", 60_000)
                if cache.get("k") is not None:
                    break
                clock.advance(2_000)
            assert cache.get("k") == b"value"
        with closing(RedisCache(redis_tls.partition("?")[0], clock)) as untrusting:
            assert untrusting.get("k") is None
            assert "certificate" in untrusting.fault()
        gc.collect()


def test_a_url_that_is_none_is_said() -> None:
    with pytest.raises(ValueError, match="scheme"):
        RedisCache("http://nowhere", ManualClock())
