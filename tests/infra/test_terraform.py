"""The Terraform configuration: its form, its plan with a stand-in of the provider, its safety.

The provider comes from a mirror in a plugin directory, else from Terraform's registry.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

TERRAFORM = Path(__file__).parents[2] / "infra/terraform"
CHECKOV = "3.3.30"
# Where plugins of Terraform lie: its own places, and mirrors that were put beside the system.
MIRRORS = ("~/.terraform.d", "/usr/local/share/terraform", "/usr/share/terraform", "/opt")


def _mirror() -> Path | None:
    """The folder of a mirror with the provider."""
    for place in MIRRORS:
        found = Path(place).expanduser().glob("*/registry.terraform.io/hashicorp/aws")
        for provider in sorted(found):
            return provider.parents[2]
    return None


def _terraform(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = dict(os.environ)
    mirror = _mirror()
    if mirror is not None:
        config = folder / "mirror.tfrc"
        config.write_text(
            f'provider_installation {{\n  filesystem_mirror {{ path = "{mirror}" }}\n}}\n'
        )
        environ["TF_CLI_CONFIG_FILE"] = str(config)
    return subprocess.run(
        ["terraform", *arguments],
        cwd=folder / "terraform",
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the configuration below it: Terraform writes beside what it reads."""
    if shutil.which("terraform") is None:
        pytest.skip("Terraform is not installed; no package of Debian or PyPI has it")
    shutil.copytree(TERRAFORM, tmp_path / "terraform", ignore=shutil.ignore_patterns(".terraform*"))
    return tmp_path


def test_its_form(folder: Path) -> None:
    ran = _terraform(folder, "fmt", "-check", "-recursive")
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.slow
def test_its_plan(folder: Path) -> None:
    ran = _terraform(folder, "init", "-backend=false", "-no-color")
    if ran.returncode and _mirror() is None:
        pytest.skip("neither a mirror nor the registry has the AWS provider of Terraform")
    assert ran.returncode == 0, ran.stderr
    ran = _terraform(folder, "validate", "-no-color")
    assert ran.returncode == 0, ran.stderr
    ran = _terraform(folder, "test", "-no-color")
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
