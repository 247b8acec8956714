"""Paths on this machine -> the Python files that are sent, named as Python would import them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from portalis.app.cli.call import CallError
from portalis.translate.sources import SKIPPED_FOLDERS


def pick(paths: Sequence[str]) -> dict[str, bytes]:
    """The files by name, from files and folders. Raises CallError for what cannot be read,
    for two files of one name, and where there is no Python file."""
    found: dict[str, bytes] = {}
    places: dict[str, Path] = {}
    for path in paths:
        for file, root in _files(Path(path)):
            name = file.resolve().relative_to(root).as_posix()
            if name in places and places[name] != file.resolve():
                raise CallError(f"{file} and {places[name]} would both be {name}")
            places[name] = file.resolve()
            try:
                found[name] = file.read_bytes()
            except OSError as error:
                raise CallError(f"{file} cannot be read: {error.strerror}") from error
    if not found:
        raise CallError(f"no Python file is in {', '.join(paths)}")
    return found


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files."""
    from portalis.app.archives import stream_zip

    out = io.BytesIO()
    for part in stream_zip(sorted(files.items())):
        out.write(part)
    return out.getvalue()


def _files(path: Path) -> Iterator[tuple[Path, Path]]:
    """Each file with the folder that its name starts in."""
    if path.is_file():
        yield path, _root(path.resolve().parent)
    elif path.is_dir():
        root = _root(path.resolve())
        for file in _walk(path):
            # A link that leads out of the folder is not what was named.
            if file.resolve().is_relative_to(root):
                yield file, root
    else:
        raise CallError(f"{path}: no such file or folder")


def _root(folder: Path) -> Path:
    """The folder that has to be on `sys.path` for a package to be importable."""
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def _walk(folder: Path) -> Iterator[Path]:
    """The folder's .py files in a stable order, hidden and installed ones left out."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            name
            for name in folders
            if name not in SKIPPED_FOLDERS
            and not name.startswith(".")
            and not (here / name / "pyvenv.cfg").exists()
        )
        for name in sorted(files):
            if name.endswith(".py") and not name.startswith(".") and (here / name).is_file():
                yield here / name
