"""The sandboxes hold what they promise, each that works on this machine."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from portalis.translate.verify.sandbox import (
    WORK,
    Limits,
    Outcome,
    Sandbox,
    find_sandbox,
    python_paths,
    works,
)

SANDBOXES = [
    Sandbox(name, path)
    for name, tool in (("bubblewrap", "bwrap"), ("unshare", "unshare"))
    if (path := shutil.which(tool)) and works(Sandbox(name, path))
]


def test_there_is_one() -> None:
    found = find_sandbox()
    assert found == (SANDBOXES[0] if SANDBOXES else None)


@pytest.fixture(params=SANDBOXES, ids=lambda sandbox: sandbox.name)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    found = request.param
    assert isinstance(found, Sandbox)
    return found


def python(sandbox: Sandbox, work: Path, code: str, limits: Limits, stdin: bytes = b"") -> Outcome:
    interpreter = str(Path(sys.executable).resolve())
    return sandbox.run([interpreter, "-c", code], work, limits, stdin=stdin, visible=python_paths())


QUICK = Limits(wall_s=10, cpu_s=5, memory_bytes=1 << 30, output_bytes=1 << 20)


def test_exit_code_and_output(sandbox: Sandbox, tmp_path: Path) -> None:
    code = "import sys; print(input()); print('e', file=sys.stderr); sys.exit(7)"
    ran = python(sandbox, tmp_path, code, QUICK, b"line\n")
    assert (ran.stdout, ran.stderr, ran.code, ran.stopped) == (b"line\n", b"e\n", 7, "")


def test_no_network(sandbox: Sandbox, tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('1.1.1.1', 53), 3)"
    ran = python(sandbox, tmp_path, code, QUICK)
    assert ran.code == 1
    assert b"unreachable" in ran.stderr


def test_only_its_own_folder_is_written(sandbox: Sandbox, tmp_path: Path) -> None:
    code = "\n".join(
        [
            f"for path in ('{WORK}/mine', '/usr/x', '/etc/x', '/lib/x'):",
            "    try:",
            "        open(path, 'w').write('x'); print(path)",
            "    except OSError: pass",
        ]
    )
    assert python(sandbox, tmp_path, code, QUICK).stdout == f"{WORK}/mine\n".encode()
    assert (tmp_path / "mine").read_text() == "x"


def test_what_is_named_is_visible_wherever_it_lies(sandbox: Sandbox, tmp_path: Path) -> None:
    for place in (tmp_path, Path(tempfile.gettempdir()), Path("/var/tmp")):
        with tempfile.TemporaryDirectory(dir=place) as folder:
            shown = Path(folder) / "program"
            shown.write_text("#!/bin/sh\necho here\n")
            shown.chmod(0o755)
            (work := tmp_path / "work").mkdir(exist_ok=True)
            assert sandbox.run([str(shown)], work, QUICK, visible=[shown]).stdout == b"here\n"


def test_home_is_not_visible(sandbox: Sandbox, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("secret")
    work = tmp_path / "work"
    work.mkdir()
    code = f"import os; print(os.path.exists({str(outside)!r}), os.path.exists('/etc/passwd'))"
    assert python(sandbox, work, code, QUICK).stdout == b"False False\n"


@pytest.mark.parametrize(
    ("code", "wall_s", "stopped"),
    [
        ("import time; time.sleep(60)", 1.5, "time"),
        ("while True: print('x' * 4000)", 20, "output"),
        ("import os, time\nfor _ in range(200): os.fork() or time.sleep(60)", 20, ""),
    ],
)
def test_it_is_stopped(
    sandbox: Sandbox, tmp_path: Path, code: str, wall_s: float, stopped: str
) -> None:
    ran = python(sandbox, tmp_path, code, Limits(wall_s=wall_s, cpu_s=5, output_bytes=1 << 20))
    assert ran.stopped == stopped
    assert ran.wall_s < wall_s + 5
    assert len(ran.stdout) <= 1 << 20


def test_processor_time(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = python(sandbox, tmp_path, "while True: pass", Limits(wall_s=6, cpu_s=1))
    assert ran.stopped in ("time", "killed")


def test_memory(sandbox: Sandbox, tmp_path: Path) -> None:
    ran = python(sandbox, tmp_path, "x = 'x' * (2 << 30)", QUICK)
    assert b"MemoryError" in ran.stderr


def test_abort_is_a_signal(sandbox: Sandbox, tmp_path: Path) -> None:
    assert python(sandbox, tmp_path, "import os; os.abort()", QUICK).code < 0


def test_nothing_stays(sandbox: Sandbox, tmp_path: Path) -> None:
    python(sandbox, tmp_path, "open('/tmp/left', 'w').write('x')", QUICK)
    assert not Path("/tmp/left").exists()
    assert list(tmp_path.iterdir()) == []
