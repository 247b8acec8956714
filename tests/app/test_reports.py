"""Reports of real services, by the API and by the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portalis.app.since import instant
from tests.app.live import Service
from tests.app.test_serve import LIBRARY, PROGRAM, call, serving

NOW = datetime(2026, 11, 30, 7, tzinfo=UTC)


def test_instants_are_read() -> None:
    assert instant("24 hours ago", NOW) == NOW - timedelta(days=1)
    assert instant("1 week ago", NOW) == NOW - timedelta(days=7)
    assert instant("2026-11-29T07:00Z", NOW) == NOW - timedelta(days=1)
    for text in ("yesterday", "2026-11-29", "999999 weeks ago", "-1 days ago", ""):
        with pytest.raises(ValueError, match=r"time zone|write"):
            instant(text, NOW)


def test_a_day_is_summed_up(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "main.py").write_text(PROGRAM)
    (tmp_path / "sources" / "halves.py").write_text(LIBRARY)
    (tmp_path / "broken.py").write_text("def (:\n")
    with serving(home):
        done = call(home, "submit", "sources", "--wait", "--json")
        assert done.returncode == 0, done.stderr
        failed = call(home, "submit", "broken.py", "--wait", "--json")
        assert failed.returncode == 100, failed.stderr

        ran = call(home, "jobs", "summary", "--since", "24 hours ago", "--json")
        found = json.loads(ran.stdout)
        assert (ran.returncode, found["schema"]) == (0, "portalis.jobs_summary/1")
        assert (found["submitted"], found["states"]) == (2, {"done": 1, "failed": 1})
        assert [each["id"] for each in found["failed"]] == [json.loads(failed.stdout)["id"]]
        assert found["latency"]["count"] == 1
        assert found["latency"]["p50_s"] > 0
        assert found["lines"] == json.loads(done.stdout)["lines"]
        ran = call(home, "jobs", "summary")
        assert "1 done, 1 failed" in ran.stdout

        for name, schema in (
            ("utilisation", "portalis.utilisation/1"),
            ("memory", "portalis.memory/1"),
            ("sizing", "portalis.sizing/1"),
            ("reservations", "portalis.reservations/1"),
        ):
            ran = call(home, "report", name, "--since", "1 hours ago", "--json")
            assert ran.returncode == 0, ran.stderr
            found = json.loads(ran.stdout)
            assert found["schema"] == schema
            assert call(home, "report", name).stdout
            if name == "utilisation":
                assert 0 < found["work_hours"] <= found["slot_hours"]
            if name == "memory":
                assert [each["units"] for each in found["sizes"]] == [4]
                assert found["sizes"][0]["peak_mb"] > 10
            if name == "sizing":
                (tiny,) = found["sizes"]
                assert (tiny["size"], tiny["instance"], tiny["units"]) == ("tiny", "local", 4)
                # What the policy gives a tiny job is enough for a program of four lines.
                assert (tiny["fits"], tiny["peak_mb"] > 10) == ("tiny", True)
                assert tiny["busy"]["count"] >= 4
                assert tiny["as_of"] == "2025-06-01"
            if name == "reservations":
                (local,) = found["machines"]
                assert (local["instance"], local["count"]) == ("local", 0)
                assert local["as_of"] == "2025-06-01"
        ran = call(home, "report", "memory", "--since", "yesterday")
        assert (ran.returncode, ran.stdout) == (2, "")


def test_a_tenant_sees_its_own_jobs_only(service: Service) -> None:
    service.submit(service.ann)
    since = {"since": "2026-01-01T00:00Z"}
    counts = [
        client.get("/v1/reports/jobs", params=since).json()["submitted"]
        for client in (service.ann, service.bob, service.operator)
    ]
    assert counts == [1, 0, 1]
    assert service.ann.get("/v1/reports/memory", params=since).status_code == 403
    later = {"since": "2100-01-01T00:00Z"}
    for given in (later, {"since": "2026-01-01"}, {}):
        assert service.operator.get("/v1/reports/jobs", params=given).status_code == 422
