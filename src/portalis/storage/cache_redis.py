"""The `Cache` port on Redis, alone or as a cluster, plain (`redis://`) or over TLS
(`rediss://`). An outage makes everything a miss, and costs one short wait a second; that it began
or is over is logged, and why."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from portalis.core.clock import Clock
from portalis.workload.ports import CacheStats

T = TypeVar("T")
LOG: Final = logging.getLogger(__name__)
_PREFIX = "portalis:cache:"
_TIMEOUT_S = 0.25
# After a failure nothing is asked for this long.
_REST_MS = 1_000


class RedisCache:
    """How much it holds is Redis' own matter (`maxmemory`, with a policy that evicts). Raises
    ValueError for a URL that is none, ImportError where the extra is missing."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._url = url
        self._clock = clock
        self._lock = threading.Lock()
        self._client: Any = None
        self._rest_until_ms = 0
        self._hits = 0
        self._misses = 0
        self._fault = ""
        self._redis = _library()
        # Says at once what is wrong with the URL.
        self._redis.ConnectionPool.from_url(url)

    def get(self, key: str) -> bytes | None:
        found: bytes | None = self._ask(lambda redis: redis.get(_PREFIX + key), None)
        with self._lock:
            self._hits += found is not None
            self._misses += found is None
        return found

    def put(self, key: str, value: bytes, span_ms: int) -> None:
        self._ask(lambda redis: redis.set(_PREFIX + key, value, px=max(span_ms, 1)), None)

    def delete(self, key: str) -> None:
        self._ask(lambda redis: redis.delete(_PREFIX + key), None)

    def stats(self) -> CacheStats:
        """entries and size_bytes are not counted: 0."""
        with self._lock:
            return CacheStats(self._hits, self._misses)

    def fault(self) -> str:
        return self._fault

    def close(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _ask(self, question: Callable[[Any], T], otherwise: T) -> T:
        with self._lock:
            if self._clock.now_ms() < self._rest_until_ms:
                return otherwise
        try:
            found = question(self._connected())
        except (self._redis.RedisError, OSError) as error:
            with self._lock:
                self._rest_until_ms = self._clock.now_ms() + _REST_MS
                began, self._fault = not self._fault, str(error) or type(error).__name__
            if began:
                LOG.warning("the cache on Redis holds nothing until it answers: %s", error)
            return otherwise
        if self._fault:
            with self._lock:
                self._fault = ""
            LOG.warning("the cache on Redis answers again")
        return found

    def _connected(self) -> Any:  # noqa: ANN401 - of a library without types for both kinds
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> Any:  # noqa: ANN401
        times = {"socket_timeout": _TIMEOUT_S, "socket_connect_timeout": _TIMEOUT_S}
        one = self._redis.Redis.from_url(self._url, **times)
        if not one.info("cluster").get("cluster_enabled"):
            return one
        one.close()
        return self._redis.cluster.RedisCluster.from_url(self._url, **times)


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        import redis  # noqa: PLC0415 - an extra
        import redis.cluster  # noqa: PLC0415
    except ImportError as error:
        raise ImportError("a cache on Redis needs: pip install 'portalis[redis]'") from error
    return redis
