"""`portalis workers`: an operator takes a worker out of use, and puts it back."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from portalis.app.client import read_access
from tests.app.live import Service
from tests.app.test_serve import LIBRARY, call, serving


def test_a_worker_is_drained_and_used_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "sources").mkdir()
    for number in range(4):
        (tmp_path / "sources" / f"m{number}.py").write_text(f"# {number}\n{LIBRARY}")
    with serving(home, PORTALIS_WORKERS="2") as process:
        assert read_access(home) is not None
        submit = ("submit", "sources", "--wait", "--verify", "none", "--json")
        assert call(home, *submit).returncode == 0
        listed = json.loads(call(home, "workers", "list", "--json").stdout)["workers"]
        assert [each["state"] for each in listed] == ["works"] * len(listed)
        (place, *others) = [each["place"] for each in listed]

        drained = call(home, "workers", "drain", place, "--within-s", "5", "--json")
        assert drained.returncode == 0, drained.stderr
        assert json.loads(drained.stdout)["state"] == "gone"
        assert call(home, "workers", "drain", "nowhere").returncode == 102
        if others:
            job = json.loads(call(home, *submit, "--name", "again").stdout)
            assert job["state"] == "done"
        else:
            # Nobody is left to do it.
            queued = call(home, "submit", "sources", "--name", "again", "--verify", "none")
            asked = call(home, "job", "show", queued.stdout.strip(), "--json")
            assert json.loads(asked.stdout)["state"] == "queued"

        assert call(home, "workers", "resume", place).returncode == 0
        assert call(home, *submit, "--name", "third").returncode == 0
        listed = json.loads(call(home, "workers", "list", "--json").stdout)["workers"]
        assert {each["state"] for each in listed} == {"works"}
        process.send_signal(signal.SIGTERM)


def test_only_operators_see_workers(service: Service) -> None:
    assert service.ann.get("/v1/workers").status_code == 403
    assert service.ann.post("/v1/workers/a/drain").status_code == 403
    assert service.operator.get("/v1/workers").json()["workers"] == []
    assert service.operator.post("/v1/workers/a/drain").json()["code"] == "not-found"
    service.context.state.keep_workers({"a": 2}, 0)
    found = service.operator.post("/v1/workers/a/drain", params={"within_s": 60}).json()
    assert (found["place"], found["state"], found["slots"]) == ("a", "draining", 2)
    assert found["gone_by"] is not None
    assert service.operator.post("/v1/workers/a/drain?within_s=-1").status_code == 422
    service.context.state.keep_workers({}, 0)
    (gone,) = service.operator.get("/v1/workers").json()["workers"]
    assert gone["state"] == "gone"
