"""The command line as a user meets it: exit codes, streams, files, interruptions."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

import portalis
from portalis.translate.verify.sandbox import find_sandbox
from tests.full_disk import FullDisk

HELLO = "print(1 + 2)\n"


def call(
    *arguments: str | Path, cwd: Path, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portalis", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with one program that no earlier run can have left in the cache on disk."""
    (tmp_path / "hello.py").write_text(f"# {uuid.uuid4()}\n{HELLO}")
    return tmp_path


def test_version(tmp_path: Path) -> None:
    ran = call("--version", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, f"portalis {portalis.__version__}\n")


def test_translate(here: Path) -> None:
    ran = call("translate", "hello.py", "-o", "out", cwd=here)
    assert ran.returncode == 0, ran.stderr
    assert "compiled" in ran.stdout
    assert "portalis: translate" in ran.stderr
    names = sorted(path.name for path in (here / "out").iterdir())
    assert names == [".portalis.json", "Cargo.lock", "Cargo.toml", "runtime", "rustfmt.toml", "src"]
    assert sorted(path.name for path in here.iterdir()) == ["hello.py", "out"]


def test_translate_standard_input(tmp_path: Path) -> None:
    ran = call("translate", "-", "-o", "out", "--verify", "none", cwd=tmp_path, stdin=HELLO)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out" / "src" / "main.rs").is_file()


def test_json_and_report_files_say_the_same(here: Path) -> None:
    ran = call(
        "translate", "hello.py", "-o", "out", "--json", "--report", "r.json", "--report", "r.html",
        cwd=here,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    printed = json.loads(ran.stdout)
    assert printed == json.loads((here / "r.json").read_text())
    assert printed["schema"] == 2
    assert printed["package"] == "hello"
    assert "<!doctype html>" in (here / "r.html").read_text()


@pytest.mark.skipif(find_sandbox() is None, reason="no sandbox works on this machine")
def test_verify_run(here: Path) -> None:
    ran = call("translate", "hello.py", "-o", "out", "--verify", "run", "--json", cwd=here)
    assert ran.returncode == 0, ran.stderr
    printed = json.loads(ran.stdout)
    assert printed["verification"] == "run"
    assert [f["verdict"] for f in printed["functions"]] == ["verified"]


def test_no_color_and_no_escape_codes(here: Path) -> None:
    for environment in ({}, {"NO_COLOR": "1"}):
        ran = call("translate", "hello.py", "-o", "out", "--timings", cwd=here, **environment)
        assert "\x1b" not in ran.stdout + ran.stderr


def test_same_input_same_bytes(here: Path) -> None:
    outputs = []
    for seed in ("1", "2"):
        command = ("translate", "hello.py", "-o", seed, "--verify", "none", "--no-cache")
        call(*command, cwd=here, PYTHONHASHSEED=seed)
        files = sorted((here / seed / "src").rglob("*.rs"))
        outputs.append([path.read_bytes() for path in [*files, here / seed / "Cargo.toml"]])
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["translate", "hello.py"], "--out"),
        (["translate", "-o", "out"], "SRC"),
        (["translate", "hello.py", "-o", "out", "--kind", "exe"], "exe"),
        (["translate", "missing.py", "-o", "out"], "missing.py: error PT003"),
        (["translate", "empty", "-o", "out"], "PT005"),
        (["translate", "syntax.py", "-o", "out"], "syntax.py:2:7: error PT001"),
        (["translate", "latin.py", "-o", "out"], "latin.py:1:6: error PT002"),
        (["translate", "binary.py", "-o", "out"], "error PT004"),
        (["translate", "deep.py", "-o", "out"], "deep.py:1:201: error PT801"),
        (["translate", "long.py", "-o", "out"], "long.py:1:1: error PT802"),
        (["translate", "hello.py", "-o", "mine"], "not written by portalis"),
        (["translate", "hello.py", "-o", "hello.py"], "not a folder"),
        (["translate", "hello.py", "-o", "hello.py/out"], "cannot be written"),
        (["translate", "hello.py", "-o", "out", "--report", "r.txt"], ".json or .html"),
        (["translate", "hello.py", "-o", "out", "--report", "no/r.json"], "no folder"),
        (["translate", "hello.py", "-o", "out", "--trace", "no-such-tool"], "--trace"),
        (["explain", "PT000"], "no such code"),
        (["frobnicate"], "frobnicate"),
    ],
    ids=lambda value: " ".join(value[1:2]) if isinstance(value, list) else None,
)
def test_wrong_calls(here: Path, arguments: list[str], words: str) -> None:
    (here / "empty").mkdir()
    (here / "mine").mkdir()
    (here / "mine" / "precious").write_text("x")
    (here / "syntax.py").write_text("x = 1\ndef f(:\n")
    (here / "latin.py").write_bytes(b"x = '\xe9'\n" * 9)
    (here / "binary.py").write_bytes(bytes(range(256)))
    (here / "deep.py").write_text("(" * 10_000 + "1" + ")" * 10_000)
    (here / "long.py").write_text("x = '" + "a" * 5_000_000 + "'")
    before = sorted(here.rglob("*"))
    ran = call(*arguments, cwd=here, NO_COLOR="1", COLUMNS="200")
    assert ran.returncode == 2
    assert words in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    assert sorted(here.rglob("*")) == before


def test_out_is_replaced_only_if_ours_or_by_force(here: Path) -> None:
    arguments = ("translate", "hello.py", "-o", "out", "--verify", "none")
    assert call(*arguments, cwd=here).returncode == 0
    assert call(*arguments, cwd=here).returncode == 0
    (here / "out" / "src" / "main.rs").write_text("// mine")
    assert call(*arguments, cwd=here).returncode == 2
    assert (here / "out" / "src" / "main.rs").read_text() == "// mine"
    assert call(*arguments, "--force", cwd=here).returncode == 0


def test_no_toolchain_is_said(here: Path) -> None:
    ran = call(
        "translate", "hello.py", "-o", "out", cwd=here, PATH="/nonexistent", CARGO_HOME="/none"
    )
    assert ran.returncode == 0, ran.stderr
    assert "rustc is not installed" in ran.stdout
    assert "rustfmt is not installed" in ran.stdout
    assert "unchecked" in ran.stdout


def test_full_disk(here: Path) -> None:
    """A file size limit stands for a full disk: both are an OSError in mid-write."""
    ran = subprocess.run(
        [sys.executable, "-m", "portalis", "translate", "hello.py", "-o", "new/out",
         "--verify", "none"],
        cwd=here,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )  # fmt: skip
    assert ran.returncode == 2
    assert "cannot be written: File too large" in ran.stderr
    assert sorted(path.name for path in here.iterdir()) == ["hello.py"]


def test_no_space_left(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    disk = FullDisk(here / "full", tmp_path_factory.mktemp("disk"))
    (here / "full").mkdir()
    command = [sys.executable, "-m", "portalis", "translate", "hello.py", "-o", "full/out"]
    with disk.full():
        ran = subprocess.run(
            [*command, "--verify", "none"],
            cwd=here,
            capture_output=True,
            text=True,
            env=disk.environ,
            check=False,
        )
    assert ran.returncode == 2
    assert "No space left on device" in ran.stderr
    assert not list((here / "full").iterdir())


@pytest.mark.parametrize("tool", ["rustc", "rustfmt"])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130)], ids=["int", "term"]
)
def test_interrupted(here: Path, tool: str, number: int, code: int) -> None:
    """A tool that never ends holds the run in the check, or in mid-write."""
    fake = here / "bin"
    fake.mkdir()
    (fake / tool).write_text("#!/bin/sh\n: > started\nexec sleep 60\n")
    (fake / tool).chmod(0o755)
    verify = "compile" if tool == "rustc" else "none"
    (here / "work").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "portalis", "translate", "../hello.py", "-o", "a/b/out",
         "--verify", verify],
        cwd=here / "work",
        env={**os.environ, "PATH": f"{fake}:{os.environ['PATH']}",
             "PORTALIS_CACHE": str(here / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not list(here.rglob("started")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, number)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == code, stderr
    assert "interrupted" in stderr
    assert stdout == ""
    assert [p.name for p in (here / "work").iterdir() if p.name != "started"] == []


def test_explain_every_code(tmp_path: Path) -> None:
    from portalis.translate.codes import CODES

    listed = call("explain", cwd=tmp_path).stdout.split("\n")
    assert [line[:5] for line in listed if line] == list(CODES)
    ran = call("explain", "pt203", cwd=tmp_path)
    assert ran.returncode == 0
    assert "What to do" in ran.stdout


def test_doctor(tmp_path: Path) -> None:
    ran = call("doctor", cwd=tmp_path)
    assert ran.returncode in (0, 1)
    for word in ("python", "rustc", "cargo", "rustfmt", "sandbox", "runtime"):
        assert word in ran.stdout
    poor = call("doctor", cwd=tmp_path, PATH="/nonexistent", CARGO_HOME="/none")
    assert poor.returncode == 1
    assert "no compile check" in poor.stdout
