"""Dry runs: what is predicted, in which order to migrate, in every format."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

HARD = """\
from pkg.base import double


def run(text: str) -> int:
    return eval(text)


def both(text: str) -> int:
    more = double(len(text))
    return eval(text) + more


def other(text: str) -> None:
    exec(text)
"""
FILES = {
    "pkg/__init__.py": "",
    "pkg/base.py": "def double(x: int) -> int:\n    return x * 2\n",
    "pkg/hard.py": HARD,
    "pkg/middle.py": "from pkg import base\n\nFOUR = base.double(2)\n",
    "pkg/top.py": "from pkg.hard import run\nfrom pkg.middle import FOUR\n\nprint(FOUR)\n",
}


def call(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portalis", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def answer(*arguments: str, cwd: Path) -> dict[str, Any]:
    ran = call(*arguments, "-f", "json", cwd=cwd)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_assess_predicts_what_translate_does(here: Path) -> None:
    predicted = {f["name"]: f["prediction"] for f in answer("assess", "pkg", cwd=here)["functions"]}
    ran = call("translate", "pkg", "-o", "out", "--json", cwd=here)
    assert ran.returncode == 1
    verdicts = {f["name"]: f["verdict"] for f in json.loads(ran.stdout)["functions"]}
    assert {name: fate == "refused" for name, fate in predicted.items()} == {
        name: verdict == "refused" for name, verdict in verdicts.items()
    }
    assert [name for name, fate in predicted.items() if fate == "refused"] == [
        "pkg.hard.run",
        "pkg.hard.both",
        "pkg.hard.other",
    ]


def test_blockers_are_ranked_by_the_lines_they_hold_back(here: Path) -> None:
    found = answer("assess", "pkg", cwd=here)
    lines = [(b["lines"], b["alone"], b["functions"], b["count"]) for b in found["blockers"]]
    assert lines == [(5, 5, 2, 2), (2, 2, 1, 1)]  # eval in two functions, exec in one
    first = found["blockers"][0]
    assert "eval" in first["message"]
    assert first["remedy"]
    assert [(p["file"], p["line"]) for p in first["places"]] == [
        ("pkg/hard.py", 5),
        ("pkg/hard.py", 10),
    ]
    assert found["lines"]["refused"] == 7
    assert found["score"] == pytest.approx(100 * (1 - 7 / found["lines"]["all"]), abs=0.1)
    assert found["files"][0]["file"] == "pkg/hard.py"


def test_cost_follows_the_price(here: Path) -> None:
    assert answer("assess", "pkg", cwd=here)["predicted"]["cost_usd"] is None
    found = answer("assess", "pkg", "--usd-per-core-hour", "3600", cwd=here)["predicted"]
    assert float(found["cost_usd"]) == pytest.approx(found["core_s"], abs=0.01)
    ran = call("assess", "pkg", "--usd-per-core-hour", "cheap", cwd=here)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--usd-per-core-hour cheap" in ran.stderr


def test_plan_comes_after_what_is_imported(here: Path) -> None:
    steps = answer("plan", "pkg", cwd=here)["steps"]
    order = [module for step in steps for module in step["modules"]]
    assert order == ["pkg", "pkg.base", "pkg.middle", "pkg.hard", "pkg.top"]
    assert [step["dependents"] for step in steps] == [3, 3, 1, 1, 0]
    assert "eval" in steps[3]["blockers"][0]["message"]
    done = [step["done_lines"] for step in steps]
    assert done == sorted(done)


def test_a_cycle_is_one_step(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/__init__.py").write_text("")
    (tmp_path / "pkg/a.py").write_text("import pkg.b\n\n\ndef f() -> int:\n    return 1\n")
    (tmp_path / "pkg/b.py").write_text("import pkg.a\n\n\ndef g() -> int:\n    return 2\n")
    steps = answer("plan", "pkg", cwd=tmp_path)["steps"]
    assert [step["modules"] for step in steps] == [["pkg"], ["pkg.a", "pkg.b"]]


class Cells(HTMLParser):
    """Texts of a page's cells."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []

    def handle_data(self, data: str) -> None:
        if (self.get_starttag_text() or "").startswith("<td"):
            self.cells.append(data)


@pytest.mark.parametrize("verb", ["assess", "plan"])
def test_formats_say_the_same(here: Path, verb: str) -> None:
    score = answer(verb, "pkg", cwd=here)["score"]
    texts = {
        form: call(verb, "pkg", "-f", form, cwd=here).stdout for form in ("text", "md", "html")
    }
    assert all(f"score {score}" in text for text in texts.values())
    assert "| --: |" in texts["md"]
    assert "pkg.hard" in texts["md"].replace("\\", "") or "pkg/hard.py" in texts["md"]
    page = Cells()
    page.feed(texts["html"])
    assert {"pkg/hard.py", "pkg.hard"} & set(page.cells)


def test_nothing_to_assess(tmp_path: Path) -> None:
    ran = call("assess", "nowhere", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "nowhere" in ran.stderr
