"""Every program in cases/run does in Rust what it does in CPython, which runs beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases_harness import Built, build_all, difference, known_gaps, run_cases

PATHS = run_cases()
GAPS = known_gaps()


@pytest.fixture(scope="session")
def built(request: pytest.FixtureRequest) -> dict[Path, Built]:
    """All cases of this run, built at once."""
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    chosen = {call.params.get("path") for call in calls if call is not None}
    return build_all([path for path in PATHS if path in chosen])


def _parameters() -> list[object]:
    return [
        pytest.param(
            path,
            id=path.stem,
            marks=[pytest.mark.xfail(reason=GAPS[path.stem], strict=True)]
            if path.stem in GAPS
            else [],
        )
        for path in PATHS
    ]


@pytest.mark.parametrize("path", _parameters())
def test_run_case(path: Path, built: dict[Path, Built]) -> None:
    case = built[path]
    if case.binary is None:
        pytest.fail(case.why, pytrace=False)
    found = difference(path, case)
    if found is not None:
        pytest.fail(found, pytrace=False)


def test_gaps_name_cases() -> None:
    assert set(GAPS) <= {path.stem for path in PATHS}
