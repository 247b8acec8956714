"""`make bench-size`: lines of Rust a line of Python, as they are delivered.

    python benchmarks/size.py PATH ... [--step N]

PATH: a package's folder, which is one crate, or a folder of programs, each a crate of its own;
`--step N` takes every Nth program. Lines of Rust are those of the emitted crate after rustfmt;
the runtime is left out. Lines of modules of the standard library that are translated along
stand apart, because no line of the sources asks for them by itself. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from isolation import Found, apart, is_test

from portalis.translate.artifacts import SourceTree
from portalis.translate.formatting import format_package
from portalis.translate.pipeline import Settings, translate_unit
from portalis.translate.sources import load

SECONDS = 1800
HEAD = "| sources | files | Python | Rust | a line | library's |\n|---|--:|--:|--:|--:|--:|"


def sized(tree: SourceTree) -> Found:
    """Lines of one crate. library: those of modules that are not in the tree."""
    made = translate_unit(tree, Settings(kind=tree_kind(tree), verify="none"))
    own = {v.fact.rust.partition("::")[0] for v in made.report.verdicts if v.fact.rust}
    own |= {"main", "lib"}
    with tempfile.TemporaryDirectory(prefix="portalis-size-") as folder:
        texts = format_package(Path(folder), made.crate.files).texts
    lines = {PurePosixPath(path).stem: text.count("\n") for path, text in texts.items()}
    return {
        "outcome": "measured",
        "files": len(tree.files),
        "python": sum(f.text.count("\n") for f in tree.files),
        "rust": sum(count for name, count in lines.items() if name in own),
        "library": sum(count for name, count in lines.items() if name not in own),
    }


def tree_kind(tree: SourceTree) -> str:
    return "bin" if tree.entry is not None else "lib"


def trees(path: Path, step: int) -> list[SourceTree]:
    if (path / "__init__.py").exists():
        tree = load([str(path)], "lib").tree
        own = tuple(f for f in tree.files if not is_test(Path(f.path).relative_to(path)))
        return [replace(tree, files=own)]
    programs = [load([str(p)], "bin") for p in sorted(path.glob("*.py"))[::step]]
    return [p.tree for p in programs if p.tree.files and not p.diagnostics]


def measure(path: Path, step: int) -> Found:
    rows = [sized(tree) for tree in trees(path, step)]
    keys = ("files", "python", "rust", "library")
    return {"outcome": "measured", **{key: sum(row[key] for row in rows) for key in keys}}


def row(name: str, found: Found) -> str:
    counts = (found["files"], found["python"], found["rust"])
    ratio = found["rust"] / max(found["python"], 1)
    return (
        f"| {name} | {' | '.join(f'{c:,}' for c in counts)} | {ratio:.2f} | {found['library']:,} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="+", type=Path, help="folders")
    parser.add_argument("--step", type=int, default=1, help="takes every Nth program")
    asked = parser.parse_args()
    print(HEAD, flush=True)
    total: Found = {"files": 0, "python": 0, "rust": 0, "library": 0}
    failed = 0
    for path in asked.paths:
        found = apart(lambda path=path: measure(path, asked.step), SECONDS)
        if found["outcome"] != "measured":
            failed += 1
            print(f"| {path.name} | {found['outcome']} {found.get('why', '')} |", flush=True)
            continue
        total = {key: total[key] + found[key] for key in total}
        print(row(path.name, found), flush=True)
    print(row("**all**", total))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
