"""`python benchmarks/stdlib.py [FOLDER]`: the compiler alone on a large body of source.

Each file of the standard library (or of FOLDER) by itself: translated, refused or diagnosed,
never a crash. Prints lines a second and the peak memory of this process.
"""

from __future__ import annotations

import resource
import sys
import sysconfig
import time
import traceback
from collections import Counter
from pathlib import Path

from portalis.core.diagnostics import Severity
from portalis.translate import pipeline
from portalis.translate.sources import load

SKIPPED = ("site-packages", "lib2to3/tests/data", "test/bad", "idlelib/idle_test")
SLOW_S = 5.0


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else sysconfig.get_path("stdlib"))
    paths = [p for p in sorted(folder.rglob("*.py")) if not any(s in str(p) for s in SKIPPED)]
    results: Counter[str] = Counter()
    crashes: Counter[str] = Counter()
    lines = 0
    started = time.perf_counter()
    for path in paths:
        loaded = load([str(path)])
        if loaded.diagnostics:
            results["diagnosed"] += 1
            continue
        count = loaded.tree.files[0].text.count("\n")
        before = time.perf_counter()
        try:
            done = pipeline.translate(loaded.tree, pipeline.Settings(verify="none"))
        except Exception as error:  # noqa: BLE001 - counted: the point is to find them all
            results["CRASH"] += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            name = f"{type(error).__name__}: {error}"[:100]
            crashes[f"{Path(where.filename).name}:{where.lineno} {name}"] += 1
            print(f"crash: {path}: {name}", file=sys.stderr)
            continue
        took = time.perf_counter() - before
        if took > SLOW_S:
            print(f"slow: {path}: {count} lines in {took:.1f} s", file=sys.stderr)
        lines += count
        bad = any(d.severity is Severity.REFUSAL for d in done.report.diagnostics)
        results["refused in part" if bad else "translated"] += 1
    seconds = time.perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(paths)} files: {dict(results)}")
    print(f"{lines} lines in {seconds:.1f} s: {lines / seconds:.0f} lines/s, {peak_mb:.0f} MB")
    for crash, count in crashes.most_common(20):
        print(f"{count:>4} {crash}")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
