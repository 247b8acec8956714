"""`make bench-packages`: whole packages, each as one crate that rustc is shown.

Each package is assessed (`portalis assess`) and then translated and checked, in a process of
its own that is forked from this one; their own tests are left out. Printed are what compiles,
what refuses the rest, and how far the assessment said so before.

    python benchmarks/packages.py [PACKAGE ...] [--seconds N] [--causes N] [--assess-only]

PACKAGE: a package's folder, or the name of an installed one. Without any: the packages of the
folder PACKAGES_SRC, or a choice of those that this project's tools bring along.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import os
import platform
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from isolation import Found, apart, is_test

from portalis.translate import pipeline
from portalis.translate.artifacts import FunctionVerdict, Report, SourceTree, Verdict
from portalis.translate.assess.assessment import general
from portalis.translate.fact_index import FactIndex
from portalis.translate.sources import load
from portalis.translate.verify.prebuilt import runtime_metadata

INSTALLED = (
    "attr",
    "click",
    "iniconfig",
    "jsonschema",
    "markdown_it",
    "mdurl",
    "packaging",
    "pathspec",
    "pluggy",
    "referencing",
    "rich",
)
HELD = frozenset((Verdict.REFUSED, Verdict.BROKEN))
CALLABLE = ("function", "method")


def folders(asked: list[str]) -> list[Path]:
    if not asked and (source := os.environ.get("PACKAGES_SRC")):
        return sorted(init.parent for init in Path(source).glob("*/__init__.py"))
    return [_folder(name) for name in asked or INSTALLED]


def _folder(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is neither a folder nor an installed package")
    return Path(spec.submodule_search_locations[0])


def package_tree(folder: Path) -> tuple[SourceTree, int]:
    """The package as a library without its tests, and how many files could not be read."""
    loaded = load([str(folder)], "lib")
    files = tuple(f for f in loaded.tree.files if not is_test(Path(f.path).relative_to(folder)))
    return replace(loaded.tree, files=files), len(loaded.diagnostics)


def measure(folder: Path, assess_only: bool) -> Found:
    """What became of a package. cpu_s, rustc_s: user and system seconds, assessment left out."""
    tree, unread = package_tree(folder)
    started = time.process_time()
    predicted = pipeline.translate(tree, pipeline.Settings(verify="none"))
    seconds = time.process_time() - started
    done = predicted
    if not assess_only:
        started = time.process_time()
        done = pipeline.translate(tree, pipeline.Settings(verify="compile"))
        seconds = time.process_time() - started
    expected = fates(predicted.report)
    actual = fates(done.report)
    found = done.report.diagnostics
    return {
        "outcome": "measured",
        "unread": unread,
        "lines": sum(f.text.count("\n") for f in tree.files),
        "rust_lines": sum(text.count("\n") for text in done.crate.files.values()),
        "functions": len(actual),
        "compiled": sum(actual.values()),
        "dynamic": sum(v.fact.dynamic for v in _callables(done.report) if actual[v.fact.name]),
        "agree": sum(expected.get(name) == fate for name, fate in actual.items()),
        "causes": causes(done.report),
        "rustc": [f"{d.span}: {d.message}" for d in found if d.code == "PT901"],
        "unchecked": [] if assess_only else list(done.report.limits),
        "ours": [f"{d.span}: {d.message}" for d in found if d.code in ("PT902", "PT903")],
        "cpu_s": seconds,
        "rustc_s": _cpu_s(resource.RUSAGE_CHILDREN),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _cpu_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _callables(report: Report) -> Iterable[FunctionVerdict]:
    return (v for v in report.verdicts if v.fact.kind in CALLABLE)


def fates(report: Report) -> dict[str, bool]:
    """Function or method -> whether it is translated."""
    return {v.fact.name: v.verdict not in HELD for v in _callables(report)}


def causes(report: Report) -> list[tuple[str, int, int]]:
    """Cause, functions that it holds back, and those that nothing else does; most first."""
    own = {v.fact.name.rpartition(".")[2] for v in report.verdicts}
    index = FactIndex(v.fact for v in report.verdicts)
    of: dict[str, set[str]] = {}
    for diagnostic in report.diagnostics:
        fact = index.owner(diagnostic)
        if fact is not None and fact.kind in CALLABLE and diagnostic.severity != "warning":
            text = f"{diagnostic.code} {general(diagnostic.message, own)}"
            of.setdefault(fact.name, set()).add(text)
    for verdict in _callables(report):
        fact = verdict.fact
        if fact.held_by is not None and fact.name not in of:
            of[fact.name] = {f"{fact.held_by[0]} {general(fact.held_by[1], own)}"}
    held = Counter(text for texts in of.values() for text in texts)
    alone = Counter(next(iter(texts)) for texts in of.values() if len(texts) == 1)
    return [(text, count, alone[text]) for text, count in held.most_common()]


HEADS = (
    "package",
    "lines",
    "functions",
    "compiled",
    "dynamic",
    "assess agrees",
    "rustc errors",
    "CPU s",
    "rustc s",
    "MB",
    "refused most by",
)
SUMMED = ("lines", "functions", "compiled", "dynamic", "agree", "cpu_s", "rustc_s")


def print_table(rows: dict[str, Found], shown: int) -> None:
    measured = {name: row for name, row in rows.items() if row["outcome"] == "measured"}
    print(f"| {' | '.join(HEADS)} |")
    print(f"|---|{'--:|' * (len(HEADS) - 2)}---|")
    for name, row in measured.items():
        print(_line(name, row))
    total: Found = {key: sum(row[key] for row in measured.values()) for key in SUMMED}
    total["rustc"] = [text for row in measured.values() for text in row["rustc"]]
    total["peak_mb"] = max((row["peak_mb"] for row in measured.values()), default=0)
    total["causes"] = []
    print(_line("**all**", total))
    print("\n| functions | by it alone | packages | cause |\n|--:|--:|--:|---|")
    held: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    for row in measured.values():
        for text, count, only in row["causes"]:
            held[text] += count
            alone[text] += only
            packages[text] += 1
    for text, count in held.most_common(shown):
        print(f"| {count} | {alone[text]} | {packages[text]} | {text} |")


def _line(name: str, row: dict[str, Any]) -> str:
    functions = max(row["functions"], 1)
    cells = (
        name,
        f"{row['lines']:,}",
        f"{row['functions']:,}",
        f"{row['compiled']:,} ({100 * row['compiled'] / functions:.1f} %)",
        f"{100 * row['dynamic'] / max(row['compiled'], 1):.0f} %",
        f"{100 * row['agree'] / functions:.1f} %",
        str(len(row["rustc"])),
        f"{row['cpu_s']:.1f}",
        f"{row['rustc_s']:.1f}",
        f"{row['peak_mb']:.0f}",
        "; ".join(f"{text} ({count})" for text, count, _ in row["causes"][:3]),
    )
    return f"| {' | '.join(cells)} |"


def print_troubles(rows: dict[str, Found]) -> int:
    """Crashes, hangs, errors of ours and of rustc; their number."""
    count = 0
    for name, row in rows.items():
        if "why" in row:
            found = [f"{row['outcome']} {row['why']}"]
        else:
            found = [*row["ours"], *row["rustc"], *row["unchecked"]]
        count += len(found)
        for text in found:
            print(f"  {name}: {text}")
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("packages", nargs="*", help="folders or names of installed packages")
    parser.add_argument("--seconds", type=int, default=1800, help="after which a package hangs")
    parser.add_argument("--causes", type=int, default=25, help="causes of refusals to print")
    parser.add_argument("--assess-only", action="store_true", help="rustc is not asked")
    asked = parser.parse_args()
    paths = folders(asked.packages)
    if not asked.assess_only:
        runtime_metadata()
    gc.freeze()
    rows = {
        path.name: apart(lambda path=path: measure(path, asked.assess_only), asked.seconds)
        for path in paths
    }
    print_table(rows, asked.causes)
    print(
        f"\nMeasured with CPython {platform.python_version()} on {os.cpu_count()} × "
        f"{platform.machine()}; one process a package; CPU s: the compiler's user and system "
        "seconds with what rustc made it do again; compiled: functions and methods; dynamic: "
        "of the compiled."
    )
    return 1 if print_troubles(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
