"""The command line as a client of a service: streams, exit codes, forms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from portalis.app.client import Access, ClientError, find_access, read_access, write_access
from portalis.core.ids import JobId
from portalis.workload.control.draft import Draft
from portalis.workload.control.gate import Full
from portalis.workload.desk import QueueFull
from portalis.workload.model.transitions import JobEvent
from tests.app.live import Service

Ran = subprocess.CompletedProcess[str]


def asked(service: Service, here: Path, *arguments: str, client: httpx.Client | None = None) -> Ran:
    """The command line with a client's token; Ann's, if none is named."""
    token = (client or service.ann).headers["Authorization"].removeprefix("Bearer ")
    return subprocess.run(
        [sys.executable, "-m", "portalis", *arguments],
        cwd=here,
        env={**os.environ, "PORTALIS_URL": str(service.ann.base_url), "PORTALIS_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    (folder / "pkg" / ".hidden").mkdir(parents=True)
    (folder / "pkg" / "__init__.py").write_text("")
    (folder / "pkg" / "a.py").write_text("print(1)\n")
    (folder / "pkg" / "notes.txt").write_text("x")
    (folder / "pkg" / ".hidden" / "b.py").write_text("x")
    return folder


def test_a_full_queue_is_a_clear_refusal(
    service: Service, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = QueueFull(Full("the queue batch is full", 7))

    def refuse(*_given: object, **_more: object) -> None:
        raise full

    monkeypatch.setattr(service.context.desk, "submit", refuse)
    ran = asked(service, here, "submit", "pkg")
    assert ran.returncode == 1
    assert "the queue batch is full; try again in 7 s" in ran.stderr


def test_submit_and_look(service: Service, here: Path) -> None:
    ran = asked(service, here, "submit", "pkg", "--priority", "interactive")
    assert (ran.returncode, ran.stderr) == (0, "")
    job_id = ran.stdout.strip()
    ran = asked(service, here, "job", "show", job_id, "--json")
    shown = json.loads(ran.stdout)
    assert (ran.returncode, shown["schema"], shown["state"]) == (101, "portalis.job/1", "queued")
    assert (shown["name"], shown["files"], shown["priority"]) == ("pkg", 2, "interactive")
    ran = asked(service, here, "jobs", "--json", "--state", "queued")
    assert [job["id"] for job in json.loads(ran.stdout)["jobs"]] == [job_id]
    ran = asked(service, here, "jobs")
    assert [line.split()[0] for line in ran.stdout.splitlines()] == ["id", job_id]
    ran = asked(service, here, "job", "explain", job_id)
    assert ran.stdout.startswith("queued: 1 ready\n")


def test_cancelled_is_103(service: Service, here: Path) -> None:
    job_id = asked(service, here, "submit", "pkg").stdout.strip()
    ran = asked(service, here, "job", "cancel", job_id)
    assert (ran.returncode, ran.stdout) == (0, "cancelled\n")
    assert asked(service, here, "job", "show", job_id).returncode == 103
    ran = asked(service, here, "job", "events", job_id, "--follow", "--json")
    numbers = [json.loads(line)["number"] for line in ran.stdout.splitlines()]
    assert (ran.returncode, numbers) == (103, list(range(1, len(numbers) + 1)))
    ran = asked(service, here, "job", "logs", job_id)
    assert (ran.returncode, len(ran.stdout.splitlines())) == (0, len(numbers))
    ran = asked(service, here, "results", job_id, "-o", "out")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no unit is done" in ran.stderr
    assert asked(service, here, "job", "retry", job_id).stdout == "queued\n"
    assert asked(service, here, "job", "retry", job_id).returncode == 1


def test_waiting_ends_with_the_job(service: Service, here: Path) -> None:
    def cancel() -> None:
        while not (found := service.ann.get("/v1/jobs").json()["jobs"]):
            pass
        service.ann.post(f"/v1/jobs/{found[0]['id']}/cancel")

    cancelling = threading.Thread(target=cancel)
    cancelling.start()
    ran = asked(service, here, "submit", "pkg", "--wait", "--json")
    cancelling.join()
    assert ran.returncode == 103
    assert json.loads(ran.stdout)["state"] == "cancelled"
    assert "cancelled" in ran.stderr


@pytest.mark.parametrize(("state", "code"), [("failed", 100), ("stopped_budget", 104), ("done", 0)])
def test_each_end_has_its_code(service: Service, here: Path, state: str, code: int) -> None:
    job_id = asked(service, here, "submit", "pkg").stdout.strip()
    job = service.context.state.job(JobId(job_id))
    assert job is not None
    draft = Draft(service.context.clock.now_ms())
    draft.read(jobs=[job])
    for event in _WAYS[state]:
        draft.step_job(job.id, event)
    service.context.state.commit(draft.changes())
    assert asked(service, here, "job", "show", job_id).returncode == code


_WAYS: dict[str, tuple[JobEvent, ...]] = {
    "failed": (JobEvent.STARTED, JobEvent.UNITS_FAILED),
    "stopped_budget": (JobEvent.BUDGET_SPENT, JobEvent.UNITS_STOPPED),
    "done": (JobEvent.UNITS_DONE,),
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("job", "show"), ()),
        (("job", "logs"), ()),
        (("job", "events"), ("-f",)),
        (("job", "cancel"), ()),
        (("job", "retry"), ()),
        (("job", "explain"), ()),
        (("results",), ("-o", "out")),
    ],
)
def test_not_found_is_102(
    service: Service, here: Path, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    for job_id in ("job_none", "../tokens"):
        ran = asked(service, here, *before, job_id, *after)
        assert (ran.returncode, ran.stdout) == (102, ""), ran.stderr
    assert not (here / "out").exists()


def test_usage_is_2(service: Service, here: Path) -> None:
    for arguments in (("submit", "nothing"), ("submit", "pkg", "--priority", "high"), ("job",)):
        assert asked(service, here, *arguments).returncode == 2
    assert service.ann.get("/v1/jobs").json()["jobs"] == []


def test_names_do_not_steer_the_terminal(service: Service, here: Path) -> None:
    made = service.submit(service.ann, name="a\x1b[2Jb\x9bc")
    for arguments in (("jobs",), ("job", "show", made["id"]), ("job", "logs", made["id"])):
        shown = asked(service, here, *arguments).stdout
        assert shown
        assert "\x1b" not in shown
        assert "\x9b" not in shown


def test_one_key_is_one_job(service: Service, here: Path) -> None:
    key = ("--idempotency-key", "k1")
    first, again = (asked(service, here, "submit", "pkg", *key).stdout for _ in range(2))
    assert first == again != ""
    other = asked(service, here, "submit", "pkg", "--verify", "none", *key)
    assert (other.returncode, other.stdout) == (1, "")
    assert "Idempotency-Key" in other.stderr


def test_tokens_are_for_operators(service: Service, here: Path) -> None:
    ran = asked(service, here, "token", "create", "--tenant", "ann")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "operator" in ran.stderr
    assert asked(service, here, "token", "create").returncode == 2


def test_the_way_in(tmp_path: Path) -> None:
    left = Access("http://127.0.0.1:1", "tok_1.x")
    write_access(tmp_path, left)
    assert (tmp_path / "access.json").stat().st_mode & 0o777 == 0o600
    assert read_access(tmp_path) == left
    home = {"PORTALIS_HOME": str(tmp_path)}
    assert find_access(home) == left
    assert find_access({**home, "PORTALIS_TOKEN": "t"}) == Access(left.url, "t")
    both = {"PORTALIS_URL": "https://far/", "PORTALIS_TOKEN": "t"}
    assert find_access({**home, **both}) == Access("https://far", "t")


def test_a_token_is_not_sent_elsewhere(tmp_path: Path) -> None:
    write_access(tmp_path, Access("http://127.0.0.1:1", "tok_1.x"))
    with pytest.raises(ClientError, match="not PORTALIS_TOKEN"):
        find_access({"PORTALIS_HOME": str(tmp_path), "PORTALIS_URL": "https://evil"})


def test_no_service_is_said(tmp_path: Path) -> None:
    with pytest.raises(ClientError, match="portalis serve"):
        find_access({"PORTALIS_HOME": str(tmp_path)})


def test_storage_from_the_command_line(service: Service, here: Path) -> None:
    service.submit(service.ann)
    assert asked(service, here, "storage", "stats").returncode == 1
    ran = asked(service, here, "storage", "stats", client=service.operator)
    lines = [line.split() for line in ran.stdout.splitlines()]
    assert lines[0] == ["tenant", "kind", "objects", "bytes"]
    assert (lines[1][:3], lines[-1][:2]) == (["ann", "sources", "1"], ["total", "1"])
    ran = asked(service, here, "storage", "cache", client=service.operator)
    assert ran.stdout.splitlines()[0].split() == ["hits", "3", "(75%", "of", "4", "units)"]
    ran = asked(service, here, "storage", "gc", "--dry-run", "--json", client=service.operator)
    assert json.loads(ran.stdout)["put_aside"] == {"objects": 0, "bytes": 0}
    ran = asked(service, here, "storage", "gc", client=service.operator)
    assert (ran.returncode, ran.stdout.splitlines()[1].split()) == (0, ["put", "aside", "0", "0"])


def test_a_token_is_rotated(service: Service, here: Path) -> None:
    ran = asked(service, here, "token", "create", "--tenant", "bob", client=service.operator)
    old = ran.stdout.strip()
    assert service.ann.post("/v1/tokens/tok_1/rotate").status_code == 403
    bearer = {"Authorization": f"Bearer {old}"}
    assert service.nobody.get("/v1/jobs", headers=bearer).status_code == 200
    ran = asked(service, here, "token", "rotate", old, "--json", client=service.operator)
    made = json.loads(ran.stdout)
    assert (made["schema"], made["tenant"]) == ("portalis.token/1", "bob")
    # Also where it was seen a moment ago.
    assert service.nobody.get("/v1/jobs", headers=bearer).status_code == 401
    bearer = {"Authorization": f"Bearer {made['token']}"}
    assert service.nobody.get("/v1/jobs", headers=bearer).status_code == 200
    void = asked(service, here, "token", "rotate", old, client=service.operator)
    assert (void.returncode, void.stdout) == (1, "")
    assert "is void" in void.stderr
    none = asked(service, here, "token", "rotate", "tok_none", client=service.operator)
    assert none.returncode == 102


def test_the_token_of_this_machine_is_replaced(service: Service, here: Path) -> None:
    token = service.operator.headers["Authorization"].removeprefix("Bearer ")
    home = here / "home"
    home.mkdir()
    write_access(home, Access(str(service.ann.base_url), token))
    outside = {k: v for k, v in os.environ.items() if k not in ("PORTALIS_URL", "PORTALIS_TOKEN")}
    for arguments in (("rotate", token), ("list",)):
        ran = subprocess.run(
            [sys.executable, "-m", "portalis", "token", *arguments],
            env={**outside, "PORTALIS_HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    left = read_access(home)
    assert left is not None
    assert left.token != token
    assert service.operator.get("/v1/jobs").status_code == 401
