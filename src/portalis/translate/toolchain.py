"""The Rust toolchain and the runtime crate's sources on this machine."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import portalis

# Tools answer their version at once; more means that something hangs.
VERSION_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class Toolchain:
    """Paths of what was found; None where the tool is missing."""

    rustc: str | None
    cargo: str | None
    rustfmt: str | None

    @property
    def is_complete(self) -> bool:
        return bool(self.rustc and self.cargo and self.rustfmt)


@functools.cache
def find_toolchain() -> Toolchain:
    """Look on PATH, then where rustup installs."""
    return Toolchain(_find("rustc"), _find("cargo"), _find("rustfmt"))


def _find(tool: str) -> str | None:
    cargo_home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    return shutil.which(tool) or shutil.which(tool, path=str(cargo_home / "bin"))


@functools.cache
def version_of(tool: str) -> str:
    """What `tool --version` says in its first line; "" if it cannot be run."""
    try:
        ran = subprocess.run(
            [tool, "--version"],
            capture_output=True,
            text=True,
            timeout=VERSION_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = ran.stdout.splitlines()
    return lines[0] if ran.returncode == 0 and lines else ""


@functools.cache
def runtime_source() -> Path:
    """The folder of the runtime crate: inside an installed package, else in the checkout.

    Raises FileNotFoundError if the installation lacks it.
    """
    package = Path(portalis.__file__).resolve().parent
    for folder in (package / "_runtime", package.parents[1] / "runtime"):
        if (folder / "Cargo.toml").is_file() and (folder / "src" / "lib.rs").is_file():
            return folder
    raise FileNotFoundError("the runtime crate is not part of this installation of portalis")


def runtime_files() -> Iterator[tuple[Path, str]]:
    """The files that make up the runtime crate, with their paths inside it, in order."""
    root = runtime_source()
    yield root / "Cargo.toml", "Cargo.toml"
    for path in sorted((root / "src").rglob("*")):
        if path.is_file():
            yield path, path.relative_to(root).as_posix()


@functools.cache
def runtime_digest() -> str:
    """SHA-256 over the runtime crate's paths and contents, hexadecimal."""
    sha = hashlib.sha256()
    for path, name in runtime_files():
        sha.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return sha.hexdigest()


def cache_folder() -> Path:
    """Where prebuilt runtimes are kept: $PORTALIS_CACHE, else the XDG cache folder."""
    own = os.environ.get("PORTALIS_CACHE")
    if own:
        return Path(own)
    xdg = os.environ.get("XDG_CACHE_HOME")
    return (Path(xdg) if xdg else Path.home() / ".cache") / "portalis"
