"""Members that modules of the library had once: naming one raises, as in CPython 3.11."""

from __future__ import annotations

_GONE: dict[str, frozenset[str]] = {
    home: frozenset(names.split())
    for home, names in {
        # Of Python 2.
        "itertools": "izip imap ifilter izip_longest ifilterfalse",
        "string": "letters lowercase uppercase maketrans join atoi replace split upper lower",
        "sys": "maxint exc_clear setcheckinterval",
        "os": "getcwdu",
        # Of Python 3, until 3.8, 3.9, 3.10 and 3.11.
        "time": "clock",
        "fractions": "gcd",
        "collections": "Mapping MutableMapping Sequence Iterable Iterator Callable Hashable Set",
        "inspect": "getargspec",
    }.items()
}


def is_gone(path: str) -> bool:
    home, _, name = path.rpartition(".")
    return name in _GONE.get(home, ())


def message(path: str) -> str:
    """Of the AttributeError for naming it."""
    home, _, name = path.rpartition(".")
    return f"module '{home}' has no attribute '{name}'"
