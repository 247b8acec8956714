"""Functions that are like functions that were translated before."""

from __future__ import annotations

import json
from pathlib import Path

import sqlalchemy as sa

from portalis.app.similar import similar
from portalis.core.ids import TenantId
from portalis.storage.prints import SqlPrints
from portalis.workload.assembly import PlaneSettings, open_plane
from portalis.workload.model.transitions import JobState
from tests.app.live import ZIP, Service, archive
from tests.app.test_api import problem
from tests.app.test_remote import asked
from tests.translate.test_fingerprint import CHANGED, FIRST, OTHER, RENAMED

ANN, BOB = TenantId("ann"), TenantId("bob")
NOW = {"new.py": (RENAMED + OTHER).encode(), "broken.py": b"def f(:\n"}


def test_what_was_translated_is_found(tmp_path: Path) -> None:
    files = {"old.py": FIRST.encode(), "changed.py": CHANGED.replace("@cache\n", "").encode()}
    with open_plane(PlaneSettings(home=tmp_path, slots=1)) as plane:
        job = plane.desk.submit(ANN, files, options={"verify": "none"}).job
        assert plane.wait(ANN, job.id, 60).state is JobState.DONE
        engine = sa.create_engine(f"sqlite:///{tmp_path}/state.db")
        prints = SqlPrints(engine)
        for _ in range(2):
            found = similar(plane.desk, prints, ANN, NOW)
            assert (found.unread, found.complete) == (["broken.py"], True)
            like, unlike = found.functions
            assert (like.path, like.name, like.line) == ("new.py", "f", 2)
            score, known = like.known[0]
            assert (score, known.path, known.name, known.line) == (1.0, "old.py", "old.total", 2)
            assert known.job_id == job.id
            assert [(known.path, known.verdict) for _, known in like.known] == [
                ("old.py", "unchecked"),
                ("changed.py", "unchecked"),
            ]
            assert (unlike.name, unlike.known) == ("count", [])
        assert [each.known for each in similar(plane.desk, prints, BOB, NOW).functions] == [[], []]
        strict = similar(plane.desk, prints, ANN, NOW, least=0.99)
        assert len(strict.functions[0].known) == 1
        engine.dispose()


def test_over_http_and_from_the_command_line(service: Service, tmp_path: Path) -> None:
    answer = service.ann.post("/v1/similar", content=archive(**NOW), headers=ZIP).json()
    assert (answer["schema"], answer["complete"]) == ("portalis.similar/1", True)
    assert answer["unread"] == ["broken.py"]
    assert [(each["name"], each["like"]) for each in answer["functions"]] == [
        ("f", []),
        ("count", []),
    ]
    answer = service.ann.post("/v1/similar", params={"least": "0"}, headers=ZIP, content=archive())
    assert problem(answer) == "invalid-request"
    body = {"files": {"a.txt": ""}}
    assert problem(service.ann.post("/v1/similar", json=body)) == "no-sources"
    answer = service.bob.post("/v1/similar", params={"tenant": "ann"}, json=body)
    assert problem(answer) == "not-allowed"
    assert not service.context.state.tenants()
    (tmp_path / "a.py").write_text(FIRST)
    ran = asked(service, tmp_path, "similar", "a.py")
    assert (ran.returncode, ran.stdout.split()[:3]) == (0, ["function", "name", "like"])
    ran = asked(service, tmp_path, "similar", "a.py", "--json")
    assert [each["name"] for each in json.loads(ran.stdout)["functions"]] == ["total"]
