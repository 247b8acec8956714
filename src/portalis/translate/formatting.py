"""rustfmt over a package's own files, a folder at a time; what was formatted before is kept.

A folder under `src` is what one unit becomes, so after a change only its own is formatted.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from portalis.translate.manifest import EDITION
from portalis.translate.store import Store
from portalis.translate.toolchain import find_toolchain, version_of

TIMEOUT_S = 120
# rustfmt starts in a few milliseconds; this much takes it about a second.
CHUNK_CHARS = 500_000
_ROOTS = ("main.rs", "lib.rs")


@dataclass(frozen=True, slots=True)
class _Folder:
    """The Rust files of a folder by path. is_root: its root declares other folders' files."""

    files: Mapping[str, str]
    is_root: bool

    @property
    def asked(self) -> list[str]:
        """What rustfmt is given; a root's `mod` lines lead it to the files beside it."""
        roots = [path for path in self.files if PurePosixPath(path).name in _ROOTS]
        return [] if self.is_root else roots or list(self.files)

    @property
    def size(self) -> int:
        return sum(map(len, self.files.values()))


@dataclass(frozen=True, slots=True)
class Formatted:
    """texts: the Rust files, formatted as far as possible. written: those that lie in the
    folder already. limits: what was not done, in words."""

    texts: Mapping[str, str]
    written: frozenset[str] = frozenset()
    limits: tuple[str, ...] = ()


def format_package(
    stage: Path, files: Mapping[str, str], jobs: int = 1, store: Store | None = None
) -> Formatted:
    """The Rust files of a package, formatted; what the store does not have is formatted in
    `stage`. Formatting is never worth a failure."""
    rustfmt = find_toolchain().rustfmt
    if rustfmt is None:
        texts = {path: text for path, text in files.items() if path.endswith(".rs")}
        limit = "rustfmt is not installed: the Rust files are not formatted"
        return Formatted(texts, limits=(limit,))
    version = version_of(rustfmt) if store is not None else ""
    stamp = f"{version}\0{files.get('rustfmt.toml', '')}"
    if "rustfmt.toml" in files:
        (stage / "rustfmt.toml").write_text(files["rustfmt.toml"], encoding="utf-8")
    done: dict[str, str] = {}
    waiting = []
    for folder in _folders(files):
        found = store.get(_key(folder, stamp)) if store is not None else None
        if found is None:
            waiting.append(folder)
        else:
            done |= json.loads(found)
    written: set[str] = set()
    limits: dict[str, None] = {}
    with ThreadPoolExecutor(max(jobs, 1)) as pool:
        chunks = list(_chunks(waiting))
        ran = pool.map(lambda chunk: _run(rustfmt, stage, chunk), chunks)
        for chunk, problems in zip(chunks, ran, strict=True):
            for folder in chunk:
                made = {path: (stage / path).read_text("utf-8") for path in folder.files}
                done |= made
                written |= made.keys()
                if id(folder) in problems:
                    limits[problems[id(folder)]] = None
                elif store is not None:
                    store.put(_key(folder, stamp), json.dumps(made))
    if store is not None:
        store.trim()
    return Formatted(done, frozenset(written), tuple(limits))


def _folders(files: Mapping[str, str]) -> Iterator[_Folder]:
    by_folder: dict[str, dict[str, str]] = {}
    for path in sorted(files):
        if path.endswith(".rs"):
            by_folder.setdefault(PurePosixPath(path).parent.as_posix(), {})[path] = files[path]
    modules = any(f != "src" and not f.startswith("src/bin/") for f in by_folder)
    for folder, inside in by_folder.items():
        yield _Folder(inside, is_root=folder == "src" and modules)


def _key(folder: _Folder, stamp: str) -> str:
    return hashlib.sha256(repr((stamp, sorted(folder.files.items()))).encode()).hexdigest()


def _chunks(folders: Sequence[_Folder]) -> Iterator[list[_Folder]]:
    chunk: list[_Folder] = []
    for folder in folders:
        if chunk and sum(f.size for f in chunk) + folder.size > CHUNK_CHARS:
            yield chunk
            chunk = []
        chunk.append(folder)
    if chunk:
        yield chunk


def _run(rustfmt: str, stage: Path, chunk: Sequence[_Folder]) -> dict[int, str]:
    """What rustfmt could not do, by the folders that it was for."""
    for path, text in chain.from_iterable(folder.files.items() for folder in chunk):
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_text(text, encoding="utf-8", newline="\n")
    problems = {
        id(f): problem for f in chunk if f.is_root and (problem := _root(rustfmt, stage, f))
    }
    asked = [path for folder in chunk for path in folder.asked]
    problem = _said([rustfmt, "--edition", EDITION, *asked], stage) if asked else ""
    if problem and len(chunk) > 1:
        for folder in chunk:
            problems |= _run(rustfmt, stage, [folder])
    elif problem:
        problems[id(chunk[0])] = problem
    return problems


def _root(rustfmt: str, stage: Path, folder: _Folder) -> str:
    """Formats a root without the files that it declares."""
    for path, text in folder.files.items():
        command = [rustfmt, "--edition", EDITION]
        try:
            ran = subprocess.run(
                command, cwd=stage, input=text, capture_output=True, text=True, encoding="utf-8",
                timeout=TIMEOUT_S, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"rustfmt did not run: {error}"
        if ran.returncode != 0:
            return f"rustfmt left {path} as it was"
        (stage / path).write_text(ran.stdout, encoding="utf-8", newline="\n")
    return ""


def _said(command: Sequence[str], stage: Path) -> str:
    """How rustfmt failed; "" if it did not."""
    try:
        ran = subprocess.run(
            command, cwd=stage, capture_output=True, text=True, errors="replace",
            timeout=TIMEOUT_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"rustfmt did not run: {error}"
    if ran.returncode != 0:
        first = ran.stderr.strip().splitlines()[:1]
        return f"rustfmt left some files as they were: {' '.join(first)}"
    return ""
