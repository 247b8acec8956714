"""The runtime crate, built once a machine: metadata for checks, a library for probes.

A build lies in the cache under a key of the runtime's sources, rustc's version and the
flags, is made beside and renamed into place, so that processes that build at the same
time do not disturb each other: the first to finish wins and all are the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from portalis.translate.store import write_beside
from portalis.translate.toolchain import (
    cache_folder,
    find_toolchain,
    runtime_digest,
    runtime_source,
    version_of,
)

BUILD_TIMEOUT_S = 600
CRATE = "portalis_runtime"
KEPT_BUILDS = 3
FORGET_AFTER_S = 24 * 3600
# For probes: quick to build against; meaning does not depend on the level.
RUN_FLAGS = (
    "-Copt-level=1",
    "-Cdebuginfo=0",
    "-Cembed-bitcode=no",
    "-Ccodegen-units=16",
    "-Cstrip=symbols",
)


class PrebuildError(Exception):
    """The runtime itself could not be built; the text is rustc's."""


@dataclass(frozen=True, slots=True)
class Prebuilt:
    """One built file and the flags that a crate needs to link against it."""

    file: Path
    flags: tuple[str, ...]


def runtime_metadata() -> Prebuilt:
    """The runtime's metadata, enough to type-check a crate that uses it."""
    return _prebuilt("check", ("--emit=metadata",), f"lib{CRATE}.rmeta")


def runtime_library() -> Prebuilt:
    """The runtime's library for linking binaries that probes run."""
    return _prebuilt("run", ("--emit=link", *RUN_FLAGS), f"lib{CRATE}.rlib", RUN_FLAGS)


def _prebuilt(
    kind: str, build: tuple[str, ...], name: str, flags: tuple[str, ...] = ()
) -> Prebuilt:
    rustc = find_toolchain().rustc
    if rustc is None:
        raise PrebuildError("rustc is not installed")
    sha = hashlib.sha256("\n".join((runtime_digest(), rustc_stamp(rustc), *build)).encode())
    folder = cache_folder() / "runtime" / f"{kind}-{sha.hexdigest()[:24]}"
    file = folder / name
    if not file.is_file():
        _build(rustc, build, name, folder)
        with contextlib.suppress(OSError):  # another process forgets at the same time
            _forget_old(folder.parent, kind)
    with contextlib.suppress(OSError):  # "last used", for `_forget_old`
        os.utime(folder)
    return Prebuilt(file, ("--extern", f"{CRATE}={file}", *flags))


def _forget_old(cache: Path, kind: str) -> None:
    """Remove builds of other versions that nobody used for long."""
    builds = sorted(cache.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    oldest = time.time() - FORGET_AFTER_S
    for folder in builds[KEPT_BUILDS:]:
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def rustc_stamp(rustc: str) -> str:
    """Something that changes when rustc does, without asking it twice in a cold process.

    A rustup proxy stays the same file when its default toolchain changes, so the files that
    rustup decides by belong to the stamp; the answer itself is cached by them.
    """
    parts = [rustc, str(Path(rustc).stat().st_mtime_ns)]
    rustup_home = Path(os.environ.get("RUSTUP_HOME", Path.home() / ".rustup"))
    settings = rustup_home / "settings.toml"
    if settings.is_file():
        parts.append(str(settings.stat().st_mtime_ns))
    parts.append(os.environ.get("RUSTUP_TOOLCHAIN", ""))
    parts.extend(
        str(folder)
        for folder in (Path.cwd(), *Path.cwd().parents)
        if (folder / "rust-toolchain.toml").exists() or (folder / "rust-toolchain").exists()
    )
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
    note = cache_folder() / "rustc" / key
    try:
        return note.read_text("utf-8")
    except OSError:
        version = version_of(rustc)
    with contextlib.suppress(OSError):  # a cache that cannot be written only costs time
        write_beside(note, version.encode("utf-8"))
    return version


def _build(rustc: str, build: tuple[str, ...], name: str, folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".beside-"))
    except OSError as error:
        raise PrebuildError(f"the cache folder cannot be written: {error}") from error
    try:
        command = [
            rustc,
            "--edition=2024",
            "--crate-type=rlib",
            f"--crate-name={CRATE}",
            "--cap-lints=allow",
            *build,
            "-o",
            str(beside / name),
            str(runtime_source() / "src" / "lib.rs"),
        ]
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S, check=False
        )
        if ran.returncode != 0:
            raise PrebuildError(f"the runtime crate does not build:\n{ran.stderr.strip()}")
        try:
            beside.rename(folder)
        except OSError:
            if not (folder / name).is_file():
                raise
    except subprocess.TimeoutExpired as error:
        raise PrebuildError(f"the runtime took longer than {BUILD_TIMEOUT_S} s") from error
    except OSError as error:
        raise PrebuildError(f"the runtime cannot be built: {error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
