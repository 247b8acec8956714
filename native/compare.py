"""`make test-native`: the extension writes what the sources write, byte by byte, and how fast.

Each file is translated twice, by a process on `.native/` and by one on `src/`, at the same time:
crates and diagnostics must be equal, and the CPU seconds of both are printed.

    python native/compare.py [FILE...]      # none: all cases and every tenth of the library
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EVERY = 10
# Translates each file of the list on stdin; a line of digest and CPU seconds for each.
ONE_SIDE = """
import gc, hashlib, json, sys, time
from portalis.translate import pipeline
from portalis.translate.ir import walk
from portalis.translate.sources import load
assert walk.__file__.endswith(sys.argv[1]), f"{walk.__file__} is not what was asked for"
settings = pipeline.Settings(verify="none")
for path in json.load(sys.stdin):
    loaded = load([path])
    started = time.process_time()
    done = None if loaded.diagnostics else pipeline.translate(loaded.tree, settings)
    spent = time.process_time() - started
    said = [loaded.diagnostics] if done is None else [done.report.diagnostics, done.crate.files]
    print(hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest(), spent)
    gc.collect()
"""


def default_files() -> list[Path]:
    cases = sorted((ROOT / "tests" / "cases").glob("*/*.py"))
    library = Path(sysconfig.get_path("stdlib"))
    return [*cases, *sorted(library.glob("*.py"))[::EVERY]]


def start(folder: str, suffix: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ONE_SIDE, suffix],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / folder)},
    )


def main() -> int:
    files = [Path(name) for name in sys.argv[1:]] or default_files()
    sides = [start(".native", ".so"), start("src", ".py")]
    for side in sides:
        assert side.stdin is not None
        side.stdin.write(json.dumps([str(path) for path in files]))
        side.stdin.close()
    native, pure = ([line.split() for line in side.stdout or ()] for side in sides)
    ended = [side.wait() for side in sides]
    if any(ended) or not len(native) == len(pure) == len(files):
        done = f"{len(pure)} of {len(files)} files by the sources, {len(native)} by the extension"
        print(f"a process ended early: {done}", file=sys.stderr)
        return 1
    different = [f for f, n, p in zip(files, native, pure, strict=True) if n[0] != p[0]]
    for path in different:
        print(f"different: {path}", file=sys.stderr)
    seconds = [sum(float(spent) for _, spent in side) for side in (pure, native)]
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    print(f"{len(files)} files, {lines} lines; different: {len(different)}")
    print(f"CPU seconds: sources {seconds[0]:.1f}, extension {seconds[1]:.1f}", end="")
    print(f", {seconds[0] / max(seconds[1], 1e-9):.2f} times as fast")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
