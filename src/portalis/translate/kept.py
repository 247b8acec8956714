"""Results of units that are kept between runs, by all that decides them.

A key is the digest of the unit's sources as they were read, of what was asked, and of the
engine: our own code, the runtime crate, rustc and the running Python. A result is kept only
if another run would give it again: one with limits (a time limit, a missing tool) or with an
error of ours (memory that was short) belongs to its moment.
"""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import portalis
from portalis.translate import exchange
from portalis.translate.artifacts import Translated
from portalis.translate.outline import Notes
from portalis.translate.store import Store
from portalis.translate.toolchain import cache_folder, find_toolchain, runtime_digest
from portalis.translate.verify.prebuilt import rustc_stamp
from portalis.translate.verify.sandbox import find_sandbox

_OURS = "PT903"


class Kept:
    """The results on disk; of `is_on` False, none."""

    def __init__(self, is_on: bool) -> None:
        self._store = _store() if is_on else None

    def key(self, decisive: object, runs: bool) -> str:
        """decisive: the sources and what is asked. runs: the result comes from running, too,
        in the sandbox that this machine has."""
        if self._store is None:
            return ""
        sandbox = find_sandbox() if runs else None
        sha = hashlib.sha256(engine_digest().encode())
        sha.update(repr(sandbox.name if sandbox else None).encode())
        sha.update(exchange.dumps(decisive).encode("ascii"))
        return sha.hexdigest()

    def get(self, key: str) -> Translated | None:
        text = self._store.get(key) if self._store is not None else None
        if text is None:
            return None
        try:
            return exchange.loads(Translated, text)
        except exchange.ExchangeError:
            return None

    def put(self, key: str, made: Translated) -> None:
        ours = any(d.code == _OURS for d in made.report.diagnostics)
        if self._store is not None and not ours and not made.report.limits:
            self._store.put(key, exchange.dumps(made))

    def trim(self) -> None:
        if self._store is not None:
            self._store.trim()


def notes(paths: Sequence[str], is_on: bool) -> Notes:
    """What earlier runs noted of the files at these paths."""
    if not is_on:
        return Notes()
    places = [str(Path(path).resolve()) for path in paths]
    decisive = repr((engine_digest(), "notes", places))
    return Notes(_store(), hashlib.sha256(decisive.encode("utf-8", "surrogateescape")).hexdigest())


def _store() -> Store:
    return Store(cache_folder() / "units")


@functools.cache
def engine_digest() -> str:
    """SHA-256 over what turns sources into results, hexadecimal."""
    rustc = find_toolchain().rustc
    parts = (runtime_digest(), sys.version, sys.platform, rustc_stamp(rustc) if rustc else "")
    sha = hashlib.sha256("\0".join(parts).encode())
    home = Path(portalis.__file__).resolve().parent
    for path in sorted(home.rglob("*.py")):
        name = path.relative_to(home).as_posix()
        sha.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()
