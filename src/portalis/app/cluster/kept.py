"""Cluster files that were last asked for, by name, and the program that acts on them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from portalis.app.cluster.render import RAY_TOKEN

_STDERR: Final = 2


class KeptError(Exception):
    """There is no such cluster, or no program; the text says what would do."""


class Kept:
    """One file a cluster, in a folder of the home folder."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "clusters"

    def path(self, name: str) -> Path:
        return self._folder / f"{name}.yaml"

    def find(self, name: str) -> dict[str, Any] | None:
        """Raises KeptError where the file is none."""
        path = self.path(name)
        if not path.exists():
            return None
        try:
            found = yaml.safe_load(path.read_text("utf-8"))
        except (OSError, ValueError, yaml.YAMLError) as error:
            raise KeptError(f"{path} cannot be read: {error}") from error
        if not isinstance(found, dict):
            raise KeptError(f"{path} is no cluster file")
        return found

    def named(self, name: str | None) -> tuple[str, dict[str, Any]]:
        """The cluster of this name; None: the only one. Raises KeptError."""
        names = sorted(path.stem for path in self._folder.glob("*.yaml"))
        known = ", ".join(names) or "none"
        if name is None and len(names) != 1:
            raise KeptError(f"which cluster? --cluster NAME; there are: {known}")
        chosen = name or names[0]
        found = self.find(chosen)
        if found is None:
            raise KeptError(f"no cluster {chosen!r} was brought up from here; there are: {known}")
        return chosen, found

    def keep(self, name: str, found: Mapping[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self.path(name).with_suffix(".new")
        fresh.write_text(as_text(found), "utf-8")
        fresh.replace(self.path(name))

    def forget(self, name: str) -> None:
        self.path(name).unlink()


def as_text(found: Mapping[str, Any]) -> str:
    """YAML, in the order of the document."""
    return yaml.dump(dict(found), Dumper=_Plain, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Without references: equal parts stand written out."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the base's
        return True


def ray_program() -> str:
    """Raises KeptError."""
    found = shutil.which("ray")
    if found is None:
        raise KeptError("there is no program `ray` in PATH: pip install 'portalis[ray]'")
    return found


def run_ray(arguments: list[str], *, is_answer: bool = False) -> int:
    """Its exit code; it talks to the user itself. is_answer: what it prints is what was asked
    for, not progress, and goes to stdout. Raises KeptError."""
    out = None if is_answer else _STDERR
    return subprocess.run([ray_program(), *arguments], stdout=out, check=False).returncode


def ensure_token() -> int:
    """Let Ray make the secret of its clusters where there is none; its exit code. The secret is
    not shown. Raises KeptError."""
    if (Path.home() / RAY_TOKEN).exists():
        return 0
    command = [ray_program(), "get-auth-token", "--generate"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
