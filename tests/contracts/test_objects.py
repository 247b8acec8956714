"""The contract of `Objects`, on every store there is."""

from __future__ import annotations

import itertools
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from portalis.app.stack.servers import free_port
from portalis.storage.objects import UrlObjects
from portalis.workload.ports import Objects, Unavailable
from tests.simulate.world import DictObjects, Odds

STORES = ["memory", "file", "s3"]


def opened(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    """An empty store of this kind."""
    if kind == "s3":
        # A prefix of its own in the bucket that all tests share.
        return UrlObjects(f"{request.getfixturevalue('s3')}/{next(_NUMBERS)}")
    return UrlObjects("memory:///" if kind == "memory" else f"file://{tmp_path / 'objects'}")


_NUMBERS = itertools.count()


@pytest.fixture(params=["dictionary", *STORES])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    if request.param == "dictionary":
        return DictObjects(random.Random(1), Odds())
    return opened(request.param, request, tmp_path)


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
    assert objects.size_bytes("large") == len(content)
    assert objects.put_new("larger", content * 2)
    assert objects.get("larger") == content * 2


def test_of_many_that_put_at_once_one_puts(objects: Objects) -> None:
    with ThreadPoolExecutor(8) as pool:
        put = list(pool.map(lambda n: objects.put_new("k", b"%d" % n), range(16)))
    assert put.count(True) == 1
    assert objects.get("k") == b"%d" % put.index(True)


def test_what_others_laid_there_is_no_object(tmp_path: Path) -> None:
    objects = UrlObjects(f"file://{tmp_path}")
    objects.put("a/b", b"1")
    (tmp_path / "a" / "Of a person (1).txt").write_text("not ours")
    assert [info.key for info in objects.list()] == ["a/b"]


def test_a_prefix_is_a_folder(objects: Objects) -> None:
    for key in ("tenants/a/1", "tenants/ab/1", "tenants/a/b/2"):
        objects.put(key, b"x")
    assert [info.key for info in objects.list("tenants/a")] == ["tenants/a/1", "tenants/a/b/2"]


@pytest.mark.parametrize("key", ["", "/a", "a/", "../a", "a/../b", "a//b", "a\\b", "a/./b", ".."])
def test_keys_stay_in_the_store(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        UrlObjects("memory:///").put(key, b"x")


def test_a_large_object_goes_to_s3_in_parts(s3: str) -> None:
    url = f"{s3}/parts"
    UrlObjects(url).put("large", bytes(12_000_000))
    tag = obstore.head(S3Store.from_url(url, client_options={"allow_http": True}), "large")["e_tag"]
    assert tag is not None
    # S3 says so of an object that came in so many parts.
    assert tag.strip('"').endswith("-3")


def test_an_s3_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    store = UrlObjects("s3://nowhere")
    started = time.monotonic()
    with pytest.raises(Unavailable):
        store.get("k")
    with pytest.raises(Unavailable):
        store.put("k", b"x")
    assert time.monotonic() - started < 60
