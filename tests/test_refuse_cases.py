"""Every program in cases/refuse is refused where its comments say, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.translate.codes import CODES
from tests.cases_harness import GROUP, refusal_mismatch, refusals, refuse_cases, rejected

# Codes that no single source file can show; each has a test of its own elsewhere.
ELSEWHERE = {
    "PT001", "PT002", "PT003", "PT004", "PT005", "PT006", "PT102", "PT801", "PT802",
    "PT901", "PT902", "PT903",
}  # fmt: skip


@pytest.mark.parametrize("path", refuse_cases(), ids=lambda path: path.stem)
def test_refuse_case(path: Path) -> None:
    mismatch = refusal_mismatch(path)
    if mismatch:
        pytest.fail(mismatch, pytrace=False)


@pytest.mark.parametrize("first", range(0, len(refuse_cases()), GROUP))
def test_what_is_left_compiles(first: int) -> None:
    wrong = rejected(refuse_cases()[first : first + GROUP])
    if wrong:
        pytest.fail("\n".join(wrong.values()), pytrace=False)


def test_every_code_has_a_case() -> None:
    shown = {code for path in refuse_cases() for _, code in refusals(path)}
    assert set(CODES) - ELSEWHERE - shown == set()
