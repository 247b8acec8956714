"""Terraform as a program for tests: a copy of the configuration, and where its provider comes from.

The provider comes from a mirror in a plugin directory, else from Terraform's registry.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.contracts.conftest import missing

TERRAFORM = Path(__file__).parents[2] / "infra/terraform"
# Where plugins of Terraform lie: its own places, and mirrors that were put beside the system.
MIRRORS = ("~/.terraform.d", "/usr/local/share/terraform", "/usr/share/terraform", "/opt")


def _mirror() -> Path | None:
    """The folder of a mirror with the provider."""
    for place in MIRRORS:
        found = Path(place).expanduser().glob("*/registry.terraform.io/hashicorp/aws")
        for provider in sorted(found):
            return provider.parents[2]
    return None


def copied(folder: Path) -> None:
    """Into the folder: Terraform writes beside what it reads."""
    if shutil.which("terraform") is None:
        missing("Terraform")
    shutil.copytree(TERRAFORM, folder / "terraform", ignore=shutil.ignore_patterns(".terraform*"))


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In the copy of the folder."""
    environ = {**os.environ, "TF_IN_AUTOMATION": "1"}
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


def initialised(folder: Path, *arguments: str) -> None:
    """With the provider at hand."""
    ran = run(folder, "init", "-no-color", "-input=false", *arguments)
    if ran.returncode and _mirror() is None:
        missing("the AWS provider of Terraform: no mirror and no registry has it")
    assert ran.returncode == 0, ran.stderr
