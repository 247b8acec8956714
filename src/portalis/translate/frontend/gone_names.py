"""Members that modules of the library had once, or got later: naming one raises, as in CPython
3.11."""

from __future__ import annotations

_GONE: dict[str, frozenset[str]] = {
    home: frozenset(names.split())
    for home, names in {
        # Of Python 2.
        "itertools": "izip imap ifilter izip_longest ifilterfalse batched",
        "string": "letters lowercase uppercase maketrans join atoi replace split upper lower",
        "sys": "maxint exc_clear setcheckinterval",
        "os": "getcwdu",
        # Of Python 3, until 3.8, 3.9, 3.10 and 3.11.
        "time": "clock",
        "fractions": "gcd",
        "collections": "Mapping MutableMapping Sequence Iterable Iterator Callable Hashable Set",
        "inspect": "getargspec",
        # Since 3.12, 3.13, 3.14; and of `itertools`, `batched`.
        "math": "sumprod fma isnormal issubnormal signbit fmax fmin",
        "random": "binomialvariate",
        "copy": "replace",
        "statistics": "kde kde_random",
        "queue": "ShutDown",
        "heapq": "heapify_max heappop_max heappush_max heappushpop_max heapreplace_max",
        "functools": "Placeholder",
        "operator": "is_none is_not_none",
    }.items()
}


def is_gone(path: str) -> bool:
    home, _, name = path.rpartition(".")
    return name in _GONE.get(home, ())


def message(path: str) -> str:
    """Of the AttributeError for naming it."""
    home, _, name = path.rpartition(".")
    return f"module '{home}' has no attribute '{name}'"
