"""The rules of the house that a machine can check."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_LINES = 600
# Written by a tool: nobody reads them from top to bottom.
GENERATED = frozenset(("runtime/src/string/tables.rs",))


def test_import_walls() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    if not tool.exists():
        pytest.fail("import-linter is not installed: run make")
    ran = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/performance.md",
        "docs/monitoring.md",
        "docs/OPERATIONS_RUNBOOK.md",
    ],
)
def test_documents_name_files_that_exist(document: str) -> None:
    """Recipes and maps stay true: each path in backquotes is there."""
    text = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"`((?:src|tests|docs|runtime|benchmarks|examples)/[\w./-]*)`", text))
    assert named
    missing = sorted(path for path in named if not (ROOT / path).exists())
    assert missing == []


def test_files_fit_a_head() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "runtime" / "src").rglob("*.rs")]
    long = {
        name: count
        for path in sources
        if (name := path.relative_to(ROOT).as_posix()) not in GENERATED
        and (count := path.read_text("utf-8").count("\n")) > MAX_LINES
    }
    assert long == {}


def test_modules_say_what_flows_through_them() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "src").rglob("*.py"))
        if path.read_text("utf-8").strip()
        and not path.read_text("utf-8").lstrip().startswith(('"""', "'''"))
    ]
    assert silent == []


def test_names_that_say_nothing() -> None:
    vague = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [p for p in (ROOT / "src").rglob("*.py") if p.name in vague] == []
