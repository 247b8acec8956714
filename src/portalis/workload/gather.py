"""Files on this machine -> what a job is handed: contents by relative path.

A file's path starts at the folder that would have to be on `sys.path` for it to be
imported, so a package keeps its name wherever it is submitted from.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from portalis.translate.sources import SKIPPED_FOLDERS
from portalis.workload.desk import Refusal


def gather(paths: Sequence[Path]) -> Mapping[str, bytes]:
    """Files, and the Python files in folders. Raises Refusal for a path that is not there, a
    folder without Python, or two files that would have one path."""
    found: dict[str, tuple[Path, bytes]] = {}
    for given in paths:
        for path, root in _files(given):
            name = path.relative_to(root).as_posix()
            before = found.get(name)
            if before is not None and before[0] != path:
                raise Refusal("same_path", f"{path} and {before[0]} would both be {name}")
            try:
                found[name] = (path, path.read_bytes())
            except OSError as error:
                raise Refusal("unreadable", f"{path}: {error.strerror}") from error
    return {name: content for name, (_, content) in sorted(found.items())}


def _files(given: Path) -> Iterator[tuple[Path, Path]]:
    """Each file with the folder that its path is relative to."""
    path = given.resolve()
    if path.is_file():
        yield path, _import_root(path.parent)
    elif path.is_dir():
        root = _import_root(path)
        files = list(_python_files(path))
        if not files:
            raise Refusal("no_sources", f"no Python file is in {given}")
        yield from ((file, root) for file in files)
    else:
        raise Refusal("no_sources", f"there is no file or folder {given}")


def _import_root(folder: Path) -> Path:
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def _python_files(folder: Path) -> Iterator[Path]:
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
            path = here / name
            if name.endswith(".py") and not name.startswith(".") and path.is_file():
                yield path
