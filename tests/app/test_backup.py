"""Backups of real services: made while they run, restored elsewhere, refused where damaged."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from portalis.app.facts import PG_DUMP, PG_RESTORE
from portalis.app.stack import servers
from portalis.app.stack.programs import POSTGRES
from tests.app.test_serve import PROGRAM, call, serving
from tests.contracts.conftest import needs


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text(PROGRAM)
    return tmp_path / "home"


def test_a_service_goes_on_elsewhere(home: Path) -> None:
    saved, other = home.parent / "saved", home.parent / "other"
    with serving(home):
        ran = call(home, "submit", "main.py", "--wait", "--json", "--tenant", "ann")
        job = json.loads(ran.stdout)
        assert job["state"] == "done", ran.stderr
        ran = call(home, "backup", saved, "--json")
        assert ran.returncode == 0, ran.stderr
        told = json.loads(ran.stdout)
        # The sources, the plan, and the one unit.
        assert (told["schema"], told["objects"]) == ("portalis.backup_made/1", 3)
        assert call(home, "backup", saved).returncode == 2
        call(home, "submit", "main.py", "--wait")
    ran = call(other, "restore", saved)
    assert ran.returncode == 0, ran.stderr
    again = call(other, "restore", saved)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    with serving(other):
        jobs = json.loads(call(other, "jobs", "--json").stdout)["jobs"]
        assert [each["id"] for each in jobs] == [job["id"]]
        ran = call(other, "results", job["id"], "-o", home.parent / "out")
        assert ran.returncode == 0, ran.stderr


def test_what_is_damaged_is_not_restored(home: Path) -> None:
    saved, other = home.parent / "saved", home.parent / "other"
    assert call(home, "backup", saved).returncode == 2
    assert not saved.exists()
    with serving(home):
        call(home, "submit", "main.py", "--wait")
    assert call(home, "backup", saved).returncode == 0
    objects = [path for path in (saved / "objects").rglob("*") if path.is_file()]
    for path in (objects[0], saved / "state.db", saved / "manifest.json"):
        content = path.read_bytes()
        path.write_bytes(content[:-2])
        ran = call(other, "restore", saved)
        assert ran.returncode == 2, path
        assert not (other / "state.db").exists()
        path.write_bytes(content)
    objects[0].rename(objects[0].with_name("elsewhere"))
    assert "missing or damaged" in call(other, "restore", saved).stderr


def test_objects_that_lie_there_are_in_the_way(home: Path) -> None:
    saved, other = home.parent / "saved", home.parent / "other"
    with serving(home):
        pass
    assert call(home, "backup", saved).returncode == 0
    (other / "objects").mkdir(parents=True)
    (other / "objects" / "x").write_text("x")
    ran = call(other, "restore", saved)
    assert ran.returncode == 2
    assert "not empty" in ran.stderr
    assert not (other / "state.db").exists()


@pytest.mark.slow
def test_state_in_postgres_goes_on_in_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs(POSTGRES, PG_DUMP, PG_RESTORE)
    saved, other = home.parent / "saved", home.parent / "other"
    place = home.parent / "postgres"
    server = servers.postgres(place, servers.free_port(), "a-password")
    with servers.running(server):
        with psycopg.connect(server.url, autocommit=True) as database:
            # Tables of others are none of our business.
            database.execute("CREATE TABLE theirs (id int)")
            database.execute("CREATE DATABASE another")
        monkeypatch.setenv("PORTALIS_DATABASE_URL", server.url)
        refused = call(home, "backup", saved)
        assert (refused.returncode, saved.exists()) == (2, False)
        assert "there is no state" in refused.stderr
        assert "a-password" not in refused.stderr
        with serving(home):
            ran = call(home, "submit", "main.py", "--wait", "--json", "--tenant", "ann")
            job = json.loads(ran.stdout)
            ran = call(home, "backup", saved, "--json")
            assert ran.returncode == 0, ran.stderr
            assert json.loads(ran.stdout)["objects"] == 3
        full = call(other, "restore", saved)
        assert full.returncode == 2
        assert "has tables already" in full.stderr

        monkeypatch.setenv("PORTALIS_DATABASE_URL", f"sqlite:///{other}/state.db")
        mixed = call(other, "restore", saved)
        assert mixed.returncode == 2
        assert "are of postgresql, those of this service of sqlite" in mixed.stderr

        monkeypatch.setenv("PORTALIS_DATABASE_URL", server.url.replace("/postgres", "/another"))
        dump = saved / "state.dump"
        content = dump.read_bytes()
        dump.write_bytes(content[:-9])
        assert "missing or damaged" in call(other, "restore", saved).stderr
        dump.write_bytes(content)
        ran = call(other, "restore", saved)
        assert ran.returncode == 0, ran.stderr
        with psycopg.connect(server.url.replace("/postgres", "/another")) as database:
            (found,) = database.execute("SELECT to_regclass('theirs')").fetchone() or ("?",)
            assert found is None
        with serving(other):
            jobs = json.loads(call(other, "jobs", "--json").stdout)["jobs"]
            assert [each["id"] for each in jobs] == [job["id"]]
            assert call(other, "results", job["id"], "-o", home.parent / "out").returncode == 0
            # What numbers rows goes on, too.
            ran = call(other, "submit", "main.py", "--wait", "--json", "--name", "more")
            assert json.loads(ran.stdout)["state"] == "done", ran.stderr

    monkeypatch.setenv("PORTALIS_DATABASE_URL", server.url)
    away = call(home, "backup", home.parent / "third")
    assert away.returncode == 2
    assert "does not answer" in away.stderr
    assert "a-password" not in away.stderr
