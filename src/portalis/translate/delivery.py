"""The crate on disk: written beside, formatted, then renamed into place.

Whoever looks at OUT sees the old package or the whole new one, never a part; on any
failure, Ctrl-C included, what was begun is removed. OUT is only ever replaced if it is
empty, or a package of ours in which nothing was changed by hand, or by force.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from portalis.translate.artifacts import CrateTree
from portalis.translate.formatting import format_package
from portalis.translate.manifest import cargo_lock
from portalis.translate.store import Store
from portalis.translate.toolchain import cache_folder, runtime_files

MARKER = ".portalis.json"
MARKER_VERSION = 1
# What Cargo makes inside a package; it survives a new translation, so builds stay warm.
_BUILD_PRODUCTS = ("target", "Cargo.lock")
FORMATTED_BYTES = 256 << 20


class DeliveryError(Exception):
    """The package cannot be written; the text says why and is meant for the user."""


def check_target(out: Path, *, force: bool = False) -> None:
    """Raise DeliveryError if OUT is something that must not be replaced."""
    if not (out.exists() or out.is_symlink()):
        return
    if not out.is_dir():
        raise DeliveryError(f"{out} exists and is not a folder")
    if force or not any(out.iterdir()):
        return
    written = _marker(out)
    if written is None:
        raise DeliveryError(
            f"{out} exists and was not written by portalis; choose another folder, or --force "
            "to replace all that is in it"
        )
    changed = _changed(out, written)
    if changed:
        raise DeliveryError(
            f"{out} was changed by hand since portalis wrote it ({', '.join(changed[:3])}"
            f"{' …' if len(changed) > 3 else ''}); --force replaces it"
        )


def deliver(
    crate: CrateTree, out: Path, *, force: bool = False, jobs: int = 1, cached: bool = False
) -> tuple[str, ...]:
    """Write the package to OUT and return what could not be done as well as it should,
    in words. Raises DeliveryError if it could not be written. jobs: how many programs may
    run at once; cached: whether what was formatted before is taken from the cache on disk."""
    check_target(out, force=force)
    out = out.resolve()
    made = _missing_parents(out)
    stage: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.portalis-"))
        stage.chmod(0o777 & ~_umask())
        store = Store(cache_folder() / "formatted", FORMATTED_BYTES) if cached else None
        limits = _fill(crate, stage, jobs, store)
        _swap(stage, out)
    except BaseException as error:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise DeliveryError(
                f"{out} cannot be written: {error.strerror or error}"
                + (f" ({error.filename})" if error.filename else "")
            ) from error
        raise
    return limits


def _missing_parents(out: Path) -> list[Path]:
    """The folders that have to be made, deepest first."""
    missing = []
    for folder in out.parents:
        if folder.exists():
            break
        missing.append(folder)
    return missing


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _fill(crate: CrateTree, stage: Path, jobs: int, store: Store | None) -> tuple[str, ...]:
    for name, text in crate.files.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    _copy_runtime(stage / "runtime")
    if "Cargo.lock" not in crate.files:
        lock = cargo_lock(crate.name, _runtime_version(stage / "runtime"))
        (stage / "Cargo.lock").write_text(lock, encoding="utf-8", newline="\n")
    limits = format_package(stage, crate.files, jobs, store)
    files = {
        path.relative_to(stage).as_posix(): _digest(path)
        for path in sorted(stage.rglob("*"))
        if path.is_file() and path.name != "Cargo.lock"
    }
    marker = {"portalis": MARKER_VERSION, "files": files}
    (stage / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")
    return limits


def _copy_runtime(target: Path) -> None:
    """Byte for byte, and with the file times, by which Cargo knows that a shared target
    folder has built it already."""
    for source, name in runtime_files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        shutil.copystat(source, path)
        path.chmod(0o666 & ~_umask())


def _runtime_version(folder: Path) -> str:
    found = re.search(r'^version = "([^"]+)"', (folder / "Cargo.toml").read_text("utf-8"), re.M)
    return found.group(1) if found else "0.0.0"


def _swap(stage: Path, out: Path) -> None:
    if not out.exists():
        stage.rename(out)
        return
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.old-"))
    try:
        replaced = old / "out"
        out.rename(replaced)
        try:
            for name in _BUILD_PRODUCTS:
                if (replaced / name).exists() and not (stage / name).exists():
                    (replaced / name).rename(stage / name)
            stage.rename(out)
        except BaseException:
            if not out.exists():
                if (stage / "target").exists():
                    (stage / "target").rename(replaced / "target")
                replaced.rename(out)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _marker(out: Path) -> Mapping[str, str] | None:
    try:
        found = json.loads((out / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    files = found.get("files") if isinstance(found, dict) else None
    return files if isinstance(files, dict) else None


def _changed(out: Path, written: Mapping[str, str]) -> list[str]:
    """Paths in OUT that are not as portalis wrote them, build products left out."""
    changed = []
    for place, folders, files in os.walk(out):
        here = Path(place)
        if here == out:
            folders[:] = [name for name in folders if name not in _BUILD_PRODUCTS]
            files = [name for name in files if name not in (*_BUILD_PRODUCTS, MARKER)]
        for path in (here / name for name in files):
            name = path.relative_to(out).as_posix()
            if written.get(name) != _digest(path):
                changed.append(name)
    return sorted(changed)
