"""The cache on disk: whole entries or none, and a bound on their size."""

from __future__ import annotations

import os
from pathlib import Path

from portalis.translate.store import Store


def test_what_was_put_is_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.get("abc") is None
    store.put("abc", "text é")
    assert Store(tmp_path).get("abc") == "text é"
    assert not list(tmp_path.rglob(".beside*"))


def test_a_damaged_entry_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("abc", "text")
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())
    path.write_bytes(path.read_bytes()[:-1])
    assert store.get("abc") is None
    assert not path.exists()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, limit_bytes=400)
    for number in range(5):
        store.put(f"{number:032}", os.urandom(32).hex() * 2)
        for path in tmp_path.rglob(f"*{number}"):
            if path.is_file():
                os.utime(path, (number, number))
    assert store.get(f"{0:032}") is not None
    store.trim()
    left = [n for n in range(5) if Store(tmp_path).get(f"{n:032}") is not None]
    assert 0 in left
    assert 4 in left
    assert len(left) < 5


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    store = Store(tmp_path / "file" / "cache")
    store.put("abc", "text")
    store.trim()
    assert store.get("abc") is None
