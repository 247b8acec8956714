"""The table of problems and what is made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.app.problems import BY_STATUS, OF_REFUSAL, PROBLEMS, ROWS, Problem, document

ROOT = Path(__file__).parents[2]


def test_the_page_is_the_table() -> None:
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == document()


def test_every_problem_is_raised_somewhere() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src/portalis/app").rglob("*.py")]
    used = "".join(text for text in sources if "PROBLEMS: Final" not in text)
    silent = [row.code for row in PROBLEMS if f'"{row.code}"' not in used]
    mapped = {*BY_STATUS.values(), *OF_REFUSAL.values()}
    assert [code for code in silent if code not in mapped] == []


def test_a_body_has_the_members_of_its_row() -> None:
    body = Problem("too-large", "files", {"allowed": 5}).body("/v1/jobs")
    assert body == {
        "type": "/v1/problems/too-large",
        "title": ROWS["too-large"].title,
        "status": 413,
        "detail": "files",
        "instance": "/v1/jobs",
        "code": "too-large",
        "allowed": 5,
    }
    with pytest.raises(AssertionError):
        Problem("too-large", "", {"colour": 1}).body("/")
