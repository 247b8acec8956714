"""The Terraform configuration: its form, its plan with a stand-in of the provider, its safety."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.infra.terraform import TERRAFORM, copied, initialised, run

CHECKOV = "3.3.30"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied(tmp_path)
    return tmp_path


def test_its_form(folder: Path) -> None:
    ran = run(folder, "fmt", "-check", "-recursive")
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.slow
def test_its_plan(folder: Path) -> None:
    initialised(folder, "-backend=false")
    ran = run(folder, "validate", "-no-color")
    assert ran.returncode == 0, ran.stderr
    ran = run(folder, "test", "-no-color")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "7 passed, 0 failed" in ran.stdout


def _checkov(environ: Mapping[str, str]) -> Path:
    """Its Python, in an environment of its own that is kept: it needs older versions of what we
    need."""
    home = Path(environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    place = home / f"portalis-checkov-{CHECKOV}"
    done = place / "installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        pip = [str(place / "bin/pip"), "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"checkov=={CHECKOV}"], check=True)
        done.touch()
    return place / "bin"


@pytest.mark.slow
def test_its_safety() -> None:
    programs = _checkov(os.environ)
    ran = subprocess.run(
        [
            *(programs / "python", programs / "checkov", "--directory", TERRAFORM),
            *("--framework", "terraform", "--skip-download", "--output", "json"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    results = found["results"]
    failed = [(each["check_id"], each["resource"]) for each in results["failed_checks"]]
    assert not failed
    assert found["summary"]["parsing_errors"] == 0
    assert found["summary"]["passed"] > 100
    assert all(
        len(each["check_result"]["suppress_comment"]) > 20 for each in results["skipped_checks"]
    )
