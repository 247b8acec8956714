"""The contract of `Objects`, on every store there is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from portalis.storage.objects import UrlObjects
from portalis.workload.ports import Objects
from tests.simulate.world import DictObjects, Odds


@pytest.fixture(params=["dictionary", "memory", "file"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    if request.param == "dictionary":
        return DictObjects(random.Random(1), Odds())
    url = "memory:///" if request.param == "memory" else f"file://{tmp_path / 'objects'}"
    return UrlObjects(url)


def test_what_is_put_is_got(objects: Objects) -> None:
    objects.put("a/b/c", b"one")
    assert objects.get("a/b/c") == b"one"
    objects.put("a/b/c", b"")
    assert objects.get("a/b/c") == b""
    assert objects.size_bytes("a/b/c") == 0


def test_what_is_not_there_is_a_key_error(objects: Objects) -> None:
    with pytest.raises(KeyError):
        objects.get("none")
    assert objects.size_bytes("none") is None
    objects.delete(["none"])


def test_put_new_never_replaces(objects: Objects) -> None:
    assert objects.put_new("k", b"one")
    assert not objects.put_new("k", b"two")
    assert objects.get("k") == b"one"


def test_lists_go_past_a_thousand(objects: Objects) -> None:
    for number in range(1100):
        objects.put(f"many/{number:05d}", b"x")
    objects.put("other/1", b"xy")
    found = [info.key for info in objects.list("many")]
    assert found == [f"many/{number:05d}" for number in range(1100)]
    assert [info.size_bytes for info in objects.list("other")] == [2]
    objects.delete(found)
    assert [info.key for info in objects.list()] == ["other/1"]


def test_large_objects(objects: Objects) -> None:
    content = bytes(range(256)) * 40_000
    objects.put("large", content)
    assert objects.get("large") == content


@pytest.mark.parametrize("key", ["", "/a", "a/", "../a", "a/../b", "a//b", "a\\b", "a/./b", ".."])
def test_keys_stay_in_the_store(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        UrlObjects("memory:///").put(key, b"x")
