"""The crate on disk: written beside, formatted, then renamed into place.

Whoever looks at OUT sees the old package or the whole new one, never a part: what did not
change moves from one to the other, and OUT is absent as long as that takes. On any failure,
Ctrl-C included, what was begun is removed. OUT is only ever replaced if it is empty, or a
package of ours in which nothing was changed by hand, or by force.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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


def check_target(out: Path, *, force: bool = False, cached: bool = False) -> Mapping[str, str]:
    """Raise DeliveryError if OUT is something that must not be replaced; else the digests of
    its files, if it is a package of ours as it was written. cached: as for `deliver`."""
    if not (out.exists() or out.is_symlink()):
        return {}
    if not out.is_dir():
        raise DeliveryError(f"{out} exists and is not a folder")
    written = _marker(out)
    if force:
        return {} if written is None or _changed(out, written, _store(cached)) else written
    if not any(out.iterdir()):
        return {}
    if written is None:
        raise DeliveryError(
            f"{out} exists and was not written by portalis; choose another folder, or --force "
            "to replace all that is in it"
        )
    changed = _changed(out, written, _store(cached))
    if changed:
        raise DeliveryError(
            f"{out} was changed by hand since portalis wrote it ({', '.join(changed[:3])}"
            f"{' …' if len(changed) > 3 else ''}); --force replaces it"
        )
    return written


def deliver(
    crate: CrateTree, out: Path, *, force: bool = False, jobs: int = 1, cached: bool = False
) -> tuple[str, ...]:
    """Write the package to OUT and return what could not be done as well as it should,
    in words. Raises DeliveryError if it could not be written. jobs: how many programs may
    run at once; cached: whether what was formatted before is taken from the cache on disk."""
    old = check_target(out, force=force, cached=cached)
    out = out.resolve()
    made = _missing_parents(out)
    stage: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.portalis-"))
        stage.chmod(0o777 & ~_umask())
        store = _store(cached)
        limits, moving = _fill(crate, stage, old, jobs, store)
        _swap(stage, out, moving)
        _note_times(out, store)
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


def _store(cached: bool) -> Store | None:
    return Store(cache_folder() / "formatted", FORMATTED_BYTES) if cached else None


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


def _fill(
    crate: CrateTree, stage: Path, old: Mapping[str, str], jobs: int, store: Store | None
) -> tuple[tuple[str, ...], list[str]]:
    """What could not be done, and the folders that are left out because they are in the old
    package, whose files and digests are `old`."""
    formatted = format_package(stage, crate.files, jobs, store)
    files = {**crate.files, **formatted.texts}
    contents = {path: text.encode("utf-8") for path, text in files.items()}
    runtime = {f"runtime/{name}": source for source, name in runtime_files()}
    contents |= {path: source.read_bytes() for path, source in runtime.items()}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    moving = _same_folders(digests, old) - {_folder(path) for path in formatted.written}
    for path in contents.keys() - formatted.written:
        if _folder(path) not in moving:
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).write_bytes(contents[path])
            if path in runtime:
                _as_its_source(stage / path, runtime[path])
    if "Cargo.lock" not in crate.files:
        version = _runtime_version(contents["runtime/Cargo.toml"].decode("utf-8"))
        lock = cargo_lock(crate.name, version)
        (stage / "Cargo.lock").write_text(lock, encoding="utf-8", newline="\n")
    marker = {"portalis": MARKER_VERSION, "files": dict(sorted(digests.items()))}
    (stage / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")
    return formatted.limits, sorted(moving)


def _folder(path: str) -> str:
    """The folder that moves as a whole: the runtime, or what a unit became; "" for others."""
    if path.startswith("runtime/"):
        return "runtime"
    parent = path.rpartition("/")[0]
    return parent if parent not in ("", "src", "src/bin") else ""


def _same_folders(new: Mapping[str, str], old: Mapping[str, str]) -> set[str]:
    """The folders that hold the same files in both."""
    ours, theirs = _by_folder(new), _by_folder(old)
    return {folder for folder, files in ours.items() if folder and theirs.get(folder) == files}


def _by_folder(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path, digest in files.items():
        found.setdefault(_folder(path), {})[path] = digest
    return found


def _as_its_source(copy: Path, source: Path) -> None:
    """The file times by which Cargo knows that a shared target folder has built it already."""
    shutil.copystat(source, copy)
    copy.chmod(0o666 & ~_umask())


def _runtime_version(manifest: str) -> str:
    found = re.search(r'^version = "([^"]+)"', manifest, re.M)
    return found.group(1) if found else "0.0.0"


def _swap(stage: Path, out: Path, moving: Sequence[str]) -> None:
    """moving: folders of the old package that the new one lacks. While they move, which
    takes much less than to write them, OUT is absent."""
    if not out.exists():
        stage.rename(out)
        return
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.old-"))
    moved: list[str] = []
    try:
        replaced = old / "out"
        out.rename(replaced)
        try:
            for name in (*_BUILD_PRODUCTS, *moving):
                if (replaced / name).exists() and not (stage / name).exists():
                    (stage / name).parent.mkdir(parents=True, exist_ok=True)
                    (replaced / name).rename(stage / name)
                    moved.append(name)
            stage.rename(out)
        except BaseException:
            if not out.exists():
                for name in moved:
                    (stage / name).rename(replaced / name)
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


def _changed(out: Path, written: Mapping[str, str], store: Store | None = None) -> list[str]:
    """Paths in OUT that are not as portalis wrote them, build products left out. A file that
    has the size and time that it had then is not read."""
    known = store.get(_times_key(out)) if store is not None else None
    times = json.loads(known) if known is not None else {}
    return sorted(
        name
        for name, path in _files(out)
        if written.get(name) is None
        or (times.get(name) != _time(path) and written[name] != _digest(Path(path)))
    )


def _files(out: Path) -> Iterator[tuple[str, str]]:
    """The package's own files with their places, by path, in no order."""
    # Plain text, as there may be many.
    whole = str(out)
    for place, folders, files in os.walk(whole):
        home = place[len(whole) :].strip(os.sep).replace(os.sep, "/")
        if not home:
            folders[:] = [name for name in folders if name not in _BUILD_PRODUCTS]
            files = [name for name in files if name not in (*_BUILD_PRODUCTS, MARKER)]
        for name in files:
            yield (f"{home}/{name}" if home else name), f"{place}{os.sep}{name}"


def _time(path: str) -> list[int]:
    stat = os.lstat(path)
    return [stat.st_size, stat.st_mtime_ns, stat.st_mode]


def _note_times(out: Path, store: Store | None) -> None:
    if store is not None:
        times = {name: _time(path) for name, path in _files(out)}
        store.put(_times_key(out), json.dumps(times))


def _times_key(out: Path) -> str:
    """Of the package as it was written at this place."""
    decisive = repr(("times", str(out.resolve()), _digest(out / MARKER)))
    return hashlib.sha256(decisive.encode("utf-8", "surrogateescape")).hexdigest()
