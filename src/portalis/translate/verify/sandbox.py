"""Running a program that nobody vouches for: no network, a private file system, bounds.

Bubblewrap makes new namespaces of every kind around a read-only view of what programs
need; where it is missing, util-linux' `unshare` builds the same view by hand. Without
either nothing is run. Memory, processor time, processes and file sizes are bounded by
rlimits, wall time and output by this module.
"""

from __future__ import annotations

import contextlib
import functools
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Where a program finds its files, and may write, inside the sandbox: a folder that no
# machine has, since what it holds there would be hidden.
WORK = "/portalis-work"
SYSTEM_FOLDERS = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/etc/alternatives")
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime")
PROBE_TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use. memory_bytes is address space, a process at a time."""

    wall_s: float = 10.0
    cpu_s: int = 10
    memory_bytes: int = 4 << 30
    output_bytes: int = 16 << 20
    file_bytes: int = 64 << 20
    processes: int = 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. code: the exit status, negative for a signal. stopped: what
    ended it: `time`, `output`, `killed` (the kernel, at a limit of its own), else ""."""

    stdout: bytes
    stderr: bytes
    code: int
    wall_s: float
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One way to confine a program. `name` is `bubblewrap` or `unshare`."""

    name: str
    tool: str

    def run(
        self,
        argv: Sequence[str],
        work: Path,
        limits: Limits,
        *,
        stdin: bytes = b"",
        visible: Sequence[Path] = (),
        env: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Run `argv` in `WORK`, which is the folder `work` of this machine and the only
        place that stays; `visible` paths are readable too."""
        bounds = (
            f"ulimit -c 0; ulimit -S -t {limits.cpu_s}; ulimit -H -t {limits.cpu_s + 1}; "
            f"ulimit -v {limits.memory_bytes >> 10}; "
            f"ulimit -f {limits.file_bytes >> 9}; ulimit -u {limits.processes} 2>/dev/null; "
            'exec "$@"'
        )
        inner = ["/bin/sh", "-c", bounds, "sh", *argv]
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": WORK,
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **(env or {}),
        }
        if self.name == "bubblewrap":
            command = self._bubblewrap(inner, work, visible)
            return _supervise(command, environment, limits, stdin)
        with tempfile.TemporaryDirectory(prefix="portalis-root-") as root:
            command = self._unshare(inner, work, visible, root)
            return _supervise(command, environment, limits, stdin)

    def _bubblewrap(self, inner: Sequence[str], work: Path, visible: Sequence[Path]) -> list[str]:
        command = [
            self.tool, "--unshare-all", "--die-with-parent", "--new-session",
            "--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev",
            "--size", str(64 << 20), "--tmpfs", "/tmp",
        ]  # fmt: skip
        for folder in SYSTEM_FOLDERS:
            path = Path(folder)
            if path.is_symlink():
                command += ["--symlink", str(path.readlink()), folder]
            elif path.exists():
                command += ["--ro-bind", folder, folder]
        for path in (*map(Path, SYSTEM_FILES), *visible):
            if path.exists():
                command += ["--ro-bind", str(path), str(path)]
        return [
            *command, "--bind", str(work), WORK, "--remount-ro", "/", "--chdir", WORK, *inner,
        ]  # fmt: skip

    def _unshare(
        self, inner: Sequence[str], work: Path, visible: Sequence[Path], root: str
    ) -> list[str]:
        shown = [*SYSTEM_FOLDERS, *SYSTEM_FILES, *map(str, visible)]
        return [
            self.tool, "--user", "--map-root-user", "--net", "--pid", "--ipc", "--uts", "--mount",
            "--fork", "--kill-child", "/bin/sh", "-c", _BUILD_ROOT, "sh",
            root, str(work), WORK, str(len(shown)), *shown, *inner,
        ]  # fmt: skip


# The last shell stays as process 1, to which the kernel gives no default signal actions.
# Makes a root of read-only binds on a tmpfs, changes into it and drops every capability.
# The private /tmp comes before the binds, some of which may lie in it.
_BUILD_ROOT = r"""
set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1; work=$2; inside=$3; count=$4; shift 4
mount -t tmpfs -o size=64m,mode=755 tmpfs "$root"
mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root$inside"
mount -t tmpfs -o size=64m tmpfs "$root/tmp"
while [ "$count" -gt 0 ]; do
  path=$1; shift; count=$((count - 1))
  [ -e "$path" ] || continue
  mkdir -p "$root${path%/*}"
  if [ -L "$path" ]; then cp -P "$path" "$root$path"; continue; fi
  if [ -d "$path" ]; then mkdir -p "$root$path"; else : > "$root$path"; fi
  mount --bind "$path" "$root$path"
  mount -o remount,bind,ro "$root$path"
done
mount -t proc proc "$root/proc"
for device in null zero random urandom; do
  : > "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
mount --bind "$work" "$root$inside"
mount -o remount,ro "$root"
exec chroot "$root" /usr/bin/setpriv --no-new-privs --bounding-set=-all --inh-caps=-all \
  /bin/sh -c 'cd "$0" && "$@"; exit $?' "$inside" "$@"
"""


@functools.cache
def find_sandbox() -> Sandbox | None:
    """The first way that works here, tried by running `true` in it."""
    for name, tool in (("bubblewrap", "bwrap"), ("unshare", "unshare")):
        path = shutil.which(tool)
        if path and works(Sandbox(name, path)):
            return Sandbox(name, path)
    return None


def works(sandbox: Sandbox) -> bool:
    """Whether this machine lets the sandbox start."""
    try:
        with tempfile.TemporaryDirectory(prefix="portalis-try-") as work:
            limits = Limits(wall_s=PROBE_TIMEOUT_S)
            return sandbox.run(["/bin/sh", "-c", "exit 0"], Path(work), limits).code == 0
    except OSError:
        return False


def python_paths() -> tuple[Path, ...]:
    """What must be visible for this very Python to run."""
    executable = Path(sys.executable).resolve()
    return tuple(
        dict.fromkeys((Path(sys.base_prefix), Path(sys.base_exec_prefix), executable.parent.parent))
    )


def _supervise(
    command: Sequence[str], env: Mapping[str, str], limits: Limits, stdin: bytes
) -> Outcome:
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(env),
        start_new_session=True,
    )
    stopped = "interrupt"
    deadline = started + limits.wall_s
    try:
        stdout, stderr, stopped = _exchange(process, stdin, limits, deadline)
        if not stopped and not _ends_by(process, deadline):
            stopped = "time"
    finally:
        _end(process, kill=bool(stopped))
    code = process.returncode
    # A shell or bubblewrap reports a signal that ended its child as 128 + number.
    if code > 128 and code - 128 in (
        signal.SIGKILL,
        signal.SIGSEGV,
        signal.SIGABRT,
        signal.SIGXCPU,
    ):
        code = 128 - code
    if code == -signal.SIGXCPU:
        stopped = stopped or "time"
    elif code == -signal.SIGKILL:
        stopped = stopped or "killed"
    return Outcome(stdout, stderr, code, time.monotonic() - started, stopped)


def _exchange(
    process: subprocess.Popen[bytes], stdin: bytes, limits: Limits, deadline: float
) -> tuple[bytes, bytes, str]:
    assert process.stdin
    assert process.stdout
    assert process.stderr
    chunks: dict[int, list[bytes]] = {process.stdout.fileno(): [], process.stderr.fileno(): []}
    left = limits.output_bytes
    sent = 0
    stopped = ""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stderr, selectors.EVENT_READ)
        if stdin:
            os.set_blocking(process.stdin.fileno(), False)
            selector.register(process.stdin, selectors.EVENT_WRITE)
        else:
            process.stdin.close()
        while selector.get_map():
            wait = deadline - time.monotonic()
            if wait <= 0:
                stopped = "time"
                break
            for key, events in selector.select(wait):
                if events & selectors.EVENT_WRITE:
                    try:
                        sent += os.write(key.fd, stdin[sent : sent + 65536])
                    except BrokenPipeError:
                        sent = len(stdin)
                    if sent >= len(stdin):
                        selector.unregister(key.fileobj)
                        process.stdin.close()
                    continue
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    selector.unregister(key.fileobj)
                    continue
                chunks[key.fd].append(chunk[:left])
                left -= len(chunk)
            if left <= 0:
                stopped = "output"
                break
    out, err = process.stdout.fileno(), process.stderr.fileno()
    return b"".join(chunks[out]), b"".join(chunks[err]), stopped


def _ends_by(process: subprocess.Popen[bytes], deadline: float) -> bool:
    """Wait for a process that has closed its output."""
    try:
        process.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(process: subprocess.Popen[bytes], *, kill: bool) -> None:
    if kill:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None and not stream.closed:
            stream.close()
