"""`make bench-clippy`: how a Rust reviewer's linter reads what is emitted.

Programs of ours (`benchmarks/programs`, the example, the run cases) are translated and
delivered as to a user; the crate's own `#![allow]` is taken out, and clippy's warnings (its
default lints and rustc's) about the emitted code are counted. Prints Markdown.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from portalis.translate.delivery import deliver
from portalis.translate.pipeline import Settings, translate
from portalis.translate.sources import load

ROOT = Path(__file__).resolve().parents[1]
SHOWN = 12


def sources() -> list[Path]:
    """Every fourth run case: the rest would tell the same, later."""
    programs = sorted((ROOT / "benchmarks" / "programs").glob("*.py"))
    cases = sorted((ROOT / "tests" / "cases" / "run").glob("*.py"))
    return [*programs, ROOT / "examples" / "shop", *cases[::4]]


def warnings_of(package: Path, environment: dict[str, str]) -> Counter[str]:
    """Lint -> how often it speaks of the package's own files."""
    main = package / "src" / "main.rs"
    lines = main.read_text("utf-8").splitlines()
    main.write_text("\n".join(line for line in lines if not line.startswith("#![allow")))
    ran = subprocess.run(
        [*"cargo clippy --offline --quiet --message-format=json -- --cap-lints warn".split()],
        cwd=package,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: Counter[str] = Counter()
    for line in ran.stdout.splitlines():
        said = json.loads(line)
        message = said.get("message")
        if said["reason"] == "compiler-message" and said["target"]["name"] == package.name:
            found[(message["code"] or {}).get("code", "")] += bool(message["spans"])
    return found


def main() -> int:
    total: Counter[str] = Counter()
    rust_lines = python_lines = 0
    with tempfile.TemporaryDirectory(prefix="portalis-clippy-") as folder:
        environment = {**os.environ, "CARGO_TARGET_DIR": f"{folder}/target"}
        for number, path in enumerate(sources()):
            loaded = load([str(path)], "bin", None)
            name = f"p{number}"
            made = translate(loaded.tree, Settings(kind="bin", verify="none", name=name))
            deliver(made.crate, Path(folder) / name, force=True)
            emitted = (Path(folder) / name / "src").rglob("*.rs")
            rust_lines += sum(len(p.read_text("utf-8").splitlines()) for p in emitted)
            python_lines += sum(f.text.count("\n") for f in loaded.tree.files)
            total += warnings_of(Path(folder) / name, environment)
    count = total.total()
    print(f"{len(sources())} programs, {python_lines:,} lines of Python, {rust_lines:,} of Rust\n")
    print("| lint | warnings | per 1,000 lines of Rust |\n|---|--:|--:|")
    for lint, times in [*total.most_common(SHOWN), ("**all**", count)]:
        print(f"| {lint} | {times} | {times / rust_lines * 1000:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
