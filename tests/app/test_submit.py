"""`portalis submit --local` as a user meets it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portalis.app.cli.remote import OF_STATE
from portalis.app.cli.submit import PriorityOption
from portalis.workload.model.job import Priority
from portalis.workload.model.transitions import ENDED_JOB
from tests.app.test_cli import call


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "shop.py").write_text("def price(x: int) -> int:\n    return x + 1\n")
    (folder / "hello.py").write_text("print(1 + 2)\n")
    return tmp_path


def test_the_options_are_the_models() -> None:
    assert [str(each) for each in PriorityOption] == [str(each) for each in Priority]
    assert OF_STATE.keys() == {str(state) for state in ENDED_JOB}


def test_a_job_runs_to_its_end_and_the_next_one_is_known(here: Path) -> None:
    ask = ("submit", "src", "--local", "--home", "home", "--json", "--verify", "none")
    ran = call(*ask, "-o", "out", cwd=here)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["schema"], found["state"]) == ("portalis.job/1", "done")
    assert found["units"] == {"done": 3}
    assert (here / "out" / "Cargo.toml").is_file()
    assert "job_" in ran.stderr
    again = json.loads(call(*ask, cwd=here).stdout)
    assert again["id"] != found["id"]
    assert again["state"] == "done"


def test_an_idempotency_key_brings_the_same_job(here: Path) -> None:
    ask = ("submit", "src", "--local", "--home", "home", "--json", "--verify", "none")
    one, two = (json.loads(call(*ask, "--idempotency-key", "k", cwd=here).stdout) for _ in range(2))
    assert one["id"] == two["id"]
    ran = call(*ask, "--idempotency-key", "k", "--priority", "training", cwd=here)
    assert ran.returncode == 2
    assert "used for another request" in ran.stderr


def test_sources_that_are_none_end_as_a_failed_job(here: Path) -> None:
    (here / "src" / "hello.py").unlink()
    (here / "src" / "shop.py").write_text("def broken(:\n")
    ran = call("submit", "src", "--local", "--home", "home", cwd=here)
    assert ran.returncode == 100
    assert "PT001" in ran.stdout


def test_a_wrong_call(here: Path) -> None:
    for wrong in (("none", "--local", "--home", "home"), ("src", "-o", "out")):
        ran = call("submit", *wrong, cwd=here)
        assert (ran.returncode, ran.stdout) == (2, ""), ran.stderr


def test_what_an_interruption_leaves_is_gone_on_with(here: Path) -> None:
    lines = [f"def f{n}(a: int) -> int:\n    return a + {n}\n" for n in range(1_500)]
    (here / "src" / "long.py").write_text("".join(lines))
    ask = [
        *(sys.executable, "-m", "portalis", "submit", "src", "--local", "--home", "home"),
        *("--json", "--verify", "none", "--idempotency-key", "k", "--workers", "1"),
    ]
    with subprocess.Popen(ask, cwd=here, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        first = running.stderr.readline()
        time.sleep(1)
        running.send_signal(signal.SIGKILL)
    ran = subprocess.run(ask, cwd=here, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["id"] in first
    assert found["units"] == {"done": 4}
