"""`make bench-stdlib`: the compiler alone on a large body of source.

Each file of the standard library (or of FOLDER) by itself, in a process of its own that is
forked from this one: translated, refused or diagnosed, never a crash and never a hang. A
sample of the crates is then shown to rustc as they were emitted.

    python benchmarks/stdlib.py [FOLDER] [--files N] [--sample N] [--seconds N]
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import sys
import sysconfig
import time
from collections import Counter
from pathlib import Path

from isolation import Found, apart, is_test

from portalis.core.diagnostics import Severity
from portalis.translate import pipeline
from portalis.translate.sources import load
from portalis.translate.verify.compile import check
from portalis.translate.verify.prebuilt import runtime_metadata

SLOWEST = 5


def sources(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if not is_test(path.relative_to(folder))]


def measure(path: Path, with_rustc: bool) -> Found:
    """What became of one file; seconds are this process's user and system time."""
    loaded = load([str(path)])
    if loaded.diagnostics:
        return {"outcome": "diagnosed", "codes": [d.code for d in loaded.diagnostics]}
    started = time.process_time()
    done = pipeline.translate(loaded.tree, pipeline.Settings(verify="none"))
    seconds = time.process_time() - started
    found = done.report.diagnostics
    refused = any(d.severity is Severity.REFUSAL for d in found)
    out: Found = {
        "outcome": "refused in part" if refused else "translated",
        "seconds": seconds,
        "stages": {
            name.removeprefix("translate."): value
            for name, value in done.report.timings.items()
            if name.startswith("translate.")
        },
        "lines": loaded.tree.files[0].text.count("\n"),
        "rust_lines": sum(text.count("\n") for text in done.crate.files.values()),
        "codes": [d.code for d in found],
        "ours": [f"{d.span}: {d.message}" for d in found if d.code.startswith("PT9")],
        "verdicts": Counter(v.verdict for v in done.report.verdicts if v.fact.kind != "class"),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if with_rustc:
        result = check(done.crate, runtime_metadata())
        out["rustc"] = [f"{e.file}:{e.line} {e.message}" for e in result.errors]
        out["rustc_failure"] = result.failure
    return out


def print_table(rows: dict[Path, Found], folder: Path) -> None:
    timed = {path: row for path, row in rows.items() if "seconds" in row}
    lines = sum(row["lines"] for row in timed.values())
    seconds = sum(row["seconds"] for row in timed.values())
    verdicts: Counter[str] = sum((Counter(r["verdicts"]) for r in timed.values()), Counter())
    codes: Counter[str] = Counter(code for row in rows.values() for code in row.get("codes", ()))
    functions = sum(verdicts.values())
    print("| | |\n|---|--:|")
    print(f"| files | {len(rows)} |")
    for outcome, count in Counter(row["outcome"] for row in rows.values()).most_common():
        print(f"| … {outcome} | {count} |")
    print(f"| lines of Python | {lines} |")
    print(f"| lines of Rust | {sum(row['rust_lines'] for row in timed.values())} |")
    print(f"| functions, methods and module bodies | {functions} |")
    for verdict, count in verdicts.most_common():
        name = "translated" if verdict == "unchecked" else verdict
        print(f"| … {name} | {count} ({100 * count / max(functions, 1):.1f} %) |")
    print(f"| diagnostics | {', '.join(f'{c} {n}' for c, n in codes.most_common())} |")
    for bad in ("CRASH", "HANG"):
        print(f"| {bad} | {sum(row['outcome'] == bad for row in rows.values())} |")
    print(f"| errors of ours (PT9xx) | {sum(len(row['ours']) for row in timed.values())} |")
    print(f"| lines/s a core | {lines / max(seconds, 1e-9):.0f} |")
    print(f"| peak memory of one file | {max(row['peak_mb'] for row in timed.values()):.0f} MB |")
    print("\n| stage | wall seconds | share |\n|---|--:|--:|")
    stages: Counter[str] = sum((Counter(row["stages"]) for row in timed.values()), Counter())
    for stage, value in stages.most_common():
        print(f"| {stage} | {value:.1f} | {100 * value / max(stages.total(), 1e-9):.0f} % |")
    print("\n| slowest | lines | CPU seconds | lines/s |\n|---|--:|--:|--:|")
    for path, row in sorted(timed.items(), key=lambda item: -item[1]["seconds"])[:SLOWEST]:
        speed = row["lines"] / row["seconds"]
        figures = f"{row['lines']} | {row['seconds']:.2f} | {speed:.0f}"
        print(f"| {path.relative_to(folder)} | {figures} |")


def print_rustc(rows: dict[Path, Found]) -> None:
    checked = {path: row for path, row in rows.items() if "rustc" in row}
    errors = sum(len(row["rustc"]) for row in checked.values())
    fine = sum(not row["rustc"] and not row["rustc_failure"] for row in checked.values())
    print(f"\nrustc on a sample: {fine} of {len(checked)} crates accepted, {errors} errors")
    for path, row in checked.items():
        for text in row["rustc"][:3] or filter(None, [row["rustc_failure"]]):
            print(f"  {path.name}: {text}")


def print_troubles(rows: dict[Path, Found]) -> int:
    """Crashes, hangs and errors of ours; their number."""
    count = 0
    for path, row in rows.items():
        found = [f"{row['outcome']} {row['why']}"] if "why" in row else row.get("ours", [])
        count += len(found)
        for text in found:
            print(f"  {path.name}: {text}")
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", default=sysconfig.get_path("stdlib"), type=Path)
    parser.add_argument("--files", type=int, default=0, help="no more than this many, evenly")
    parser.add_argument("--sample", type=int, default=40, help="crates that rustc is shown")
    parser.add_argument("--seconds", type=int, default=120, help="after which a file hangs")
    asked = parser.parse_args()
    paths = sources(asked.folder)
    if asked.files:
        paths = paths[:: max(1, len(paths) // asked.files)][: asked.files]
    every = max(1, len(paths) // max(asked.sample, 1))
    sample = set(paths[::every][: asked.sample])
    if sample:
        runtime_metadata()
    # What is loaded once stays loaded, as in a worker; its pages are shared with the children.
    warm = load([str(Path(__file__))]).tree
    pipeline.translate(warm, pipeline.Settings(verify="none"))
    gc.freeze()
    rows = {
        path: apart(lambda path=path: measure(path, path in sample), asked.seconds)
        for path in paths
    }
    print_table(rows, asked.folder)
    print_rustc(rows)
    print(
        f"\nMeasured with CPython {platform.python_version()} on {os.cpu_count()} × "
        f"{platform.machine()}; one process a file, one file at a time; lines/s is all lines "
        "over user + system seconds; stages are wall seconds."
    )
    return 1 if print_troubles(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
