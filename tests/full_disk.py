"""A disk that is full for a process and its children, without a file system of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class FullDisk:
    """`environ`: for a process to which `folder` is a disk. The library that plays it lies in
    `place`."""

    def __init__(self, folder: Path, place: Path) -> None:
        library = place / "full_disk.so"
        source = Path(__file__).with_suffix(".rs")
        command = ["rustc", "--edition", "2024", "--crate-type", "cdylib", "-C", "panic=abort"]
        subprocess.run([*command, "-o", str(library), str(source)], check=True)
        self._mark = folder.with_name(f"{folder.name}.full")
        self.environ: Mapping[str, str] = {
            **os.environ,
            "LD_PRELOAD": str(library),
            "FULL_DISK": str(folder),
        }

    @contextmanager
    def full(self) -> Iterator[None]:
        """No block is free in this context."""
        self._mark.touch()
        try:
            yield
        finally:
            self._mark.unlink()
