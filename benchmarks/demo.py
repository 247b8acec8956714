"""`make demo`: the example shop translated, verified, built, run and compared, step by step."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out" / "shop"


def say(text: str) -> None:
    print(f"\n== {text}", flush=True)


def main() -> int:
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.setdefault("CARGO_TARGET_DIR", str(ROOT / "target"))
    OUT.parent.mkdir(exist_ok=True)

    say("portalis translate examples/shop -o out/shop --verify run")
    command = [
        sys.executable, "-m", "portalis", "translate", "examples/shop", "-o", str(OUT),
        "--verify", "run", "--force", "--timings",
        "--report", str(OUT.parent / "report.json"), "--report", str(OUT.parent / "report.html"),
    ]  # fmt: skip
    translated = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if translated not in (0, 1):
        return translated

    say("cargo build --release --offline")
    build = ["cargo", "build", "--release", "--offline", "--quiet"]
    if subprocess.run(build, cwd=OUT, env=environment, check=False).returncode != 0:
        return 1

    say("the Rust program")
    binary = Path(environment["CARGO_TARGET_DIR"]) / "release" / "shop"
    started = time.perf_counter()
    rust = subprocess.run([binary], capture_output=True, check=False)
    rust_ms = (time.perf_counter() - started) * 1000
    sys.stdout.flush()
    sys.stdout.buffer.write(rust.stdout)
    sys.stdout.flush()
    sys.stderr.buffer.write(rust.stderr)

    say("compared with the Python original")
    started = time.perf_counter()
    python = subprocess.run(
        [sys.executable, "-m", "shop"],
        cwd=ROOT / "examples",
        env=environment,
        capture_output=True,
        check=False,
    )
    python_ms = (time.perf_counter() - started) * 1000
    same = (python.stdout, python.returncode) == (rust.stdout, rust.returncode)
    print(f"{'the same output and exit code' if same else 'THEY DIFFER'}: "
          f"{len(python.stdout.splitlines())} lines, exit code {python.returncode}; "
          f"CPython {python_ms:.0f} ms, Rust {rust_ms:.0f} ms")  # fmt: skip
    print(f"package: {OUT.relative_to(ROOT)}   reports: out/report.html, out/report.json")
    return 0 if same and translated == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
