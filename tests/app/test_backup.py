"""Backups of real services: made while they run, restored elsewhere, refused where damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.test_serve import PROGRAM, call, serving


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
