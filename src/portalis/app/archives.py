"""Archives: what a tenant uploads -> files by name, within bounds; results -> a zip, streamed.

An upload is not trusted: nothing that it says of itself (sizes, counts, names) is believed
before it is checked, and nothing of it touches the disk.
"""

from __future__ import annotations

import gzip
import io
import shutil
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

from portalis.app.problems import Problem
from portalis.core.digest import Json

# What is kept of an upload.
SOURCE_SUFFIX: Final = ".py"
MAX_NAME_CHARS: Final = 1024
_CHUNK: Final = 1 << 20
# The end record of a zip, and how long a comment may follow it.
_ZIP_END: Final = struct.Struct("<4s4H2LH")
_ZIP_ENTRY_BYTES: Final = 46
# Zip's own time zero: the same content is the same bytes.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """max_bytes: packed, and unpacked. max_depth: folders above a file."""

    max_bytes: int
    max_files: int
    max_depth: int


_ANY_DEPTH: Final = Limits(max_bytes=0, max_files=0, max_depth=MAX_NAME_CHARS)


def refused(detail: str, path: str = "") -> Problem:
    return Problem("archive-refused", detail, {"path": path} if path else {})


def too_large(limit: str, allowed: int, what: str) -> Problem:
    more: dict[str, Json] = {"limit": limit, "allowed": allowed}
    return Problem("too-large", f"{what}: at most {allowed:,} are taken", more)


def check_name(name: str, limits: Limits) -> str:
    """The name of a file in its one form. Raises Problem for one that could lead elsewhere."""
    if not name or len(name) > MAX_NAME_CHARS:
        raise refused(f"a name is empty or longer than {MAX_NAME_CHARS} characters", name[:80])
    if any(character < " " or character in "\\:\x7f" for character in name):
        raise refused("a name has a control character, a backslash or a colon", name)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise refused("a name is not Unicode") from error
    path = PurePosixPath(name)
    if path.is_absolute():
        raise refused("an absolute path", name)
    if ".." in path.parts:
        raise refused("a path with `..`", name)
    if len(path.parts) - 1 > limits.max_depth:
        raise too_large("upload_max_depth", limits.max_depth, f"folders above {name[:80]}")
    return path.as_posix()


@dataclass(slots=True)
class _Intake:
    """Takes files one by one and keeps the bounds."""

    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    size_bytes: int = 0

    def expect(self, name: str) -> str:
        """A file of this name comes next."""
        name = check_name(name, self.limits)
        if name in self.names:
            raise refused("a name that is there twice", name)
        self.names.add(name)
        if len(self.names) > self.limits.max_files:
            raise too_large("upload_max_files", self.limits.max_files, "files")
        return name

    def take(self, name: str, stream: IO[bytes]) -> None:
        """Its content, to the end; only Python is kept."""
        parts = []
        while chunk := stream.read(_CHUNK):
            self.size_bytes += len(chunk)
            if self.size_bytes > self.limits.max_bytes:
                raise too_large("upload_max_bytes", self.limits.max_bytes, "bytes, unpacked")
            if name.endswith(SOURCE_SUFFIX):
                parts.append(chunk)
        if name.endswith(SOURCE_SUFFIX):
            self.files[name] = b"".join(parts)


def read_texts(texts: Mapping[str, str], limits: Limits) -> dict[str, bytes]:
    """Files that came as text. Raises Problem."""
    intake = _Intake(limits)
    for name, text in texts.items():
        try:
            content = text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise refused("a text is not Unicode", name) from error
        intake.take(intake.expect(name), io.BytesIO(content))
    return intake.files


def read_zip(stream: IO[bytes], limits: Limits) -> dict[str, bytes]:
    """The Python files of a zip, by name. Raises Problem."""
    intake = _Intake(limits)
    try:
        _check_directory(stream, limits)
        with zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                kind = stat.S_IFMT(info.external_attr >> 16)
                if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise refused("a link or a special file", info.filename)
                if info.flag_bits & 1:
                    raise refused("an encrypted file", info.filename)
                if info.is_dir():
                    check_name(info.filename, limits)
                    continue
                name = intake.expect(info.filename)
                with archive.open(info) as member:
                    intake.take(name, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise refused(f"not a zip that can be read: {error}") from error
    return intake.files


def _check_directory(stream: IO[bytes], limits: Limits) -> None:
    """Before the list of files is read into memory: it is not longer than it may be."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _ZIP_END.size - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _ZIP_END.size:
        raise refused("not a zip: it has no end record")
    _, _, _, _, entries, directory_bytes, _, _ = _ZIP_END.unpack_from(tail, at)
    # A folder has an entry, too; 0xFFFF announces a 64-bit count.
    most = 2 * limits.max_files * (_ZIP_ENTRY_BYTES + MAX_NAME_CHARS)
    if entries == 0xFFFF or entries > 2 * limits.max_files or directory_bytes > most:
        raise too_large("upload_max_files", limits.max_files, "files")


def read_tar(stream: IO[bytes], limits: Limits, *, packed: bool) -> dict[str, bytes]:
    """The Python files of a tar, by name; packed: with gzip. Raises Problem."""
    intake = _Intake(limits)
    try:
        plain: _Readable = gzip.GzipFile(fileobj=stream, mode="rb") if packed else stream
        # Headers and padding count, too: as many again are allowed, and each has 1 KiB.
        bounded = _Bounded(plain, 2 * limits.max_bytes + 1024 * limits.max_files, limits)
        with tarfile.open(fileobj=bounded, mode="r|", encoding="utf-8") as archive:
            for member in archive:
                if member.isdir():
                    check_name(member.name, limits)
                    continue
                if not member.isreg() or member.sparse is not None:
                    raise refused("a link or a special file", member.name)
                name = intake.expect(member.name)
                content = archive.extractfile(member)
                assert content is not None
                intake.take(name, content)
        if bounded.tail != bytes(tarfile.BLOCKSIZE):
            raise refused("a tar without its end")
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise refused(f"not a tar that can be read: {error}") from error
    return intake.files


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class _Bounded(io.RawIOBase):
    """A stream that ends in a Problem where it is longer than it may be."""

    def __init__(self, stream: _Readable, most_bytes: int, limits: Limits) -> None:
        super().__init__()
        self._stream = stream
        self._left = most_bytes
        self._limits = limits
        # The last block that was read.
        self.tail = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(chunk)
        self.tail = (self.tail + chunk[-tarfile.BLOCKSIZE :])[-tarfile.BLOCKSIZE :]
        if self._left < 0:
            raise too_large("upload_max_bytes", self._limits.max_bytes, "bytes, unpacked")
        return chunk


class _Drain(io.RawIOBase):
    """A file that is written to and emptied in turn."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        part = bytes(memoryview(content))  # type: ignore[arg-type]  # whatever has bytes
        self._parts.append(part)
        return len(part)

    def drain(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def stream_zip(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip in pieces, never whole in memory; the same files give the same bytes."""
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, content)
            yield drain.drain()
    yield drain.drain()


def unpack_zip(stream: IO[bytes], folder: Path) -> int:
    """Write the files of a zip that we trust as far as its names go; how many. Raises Problem
    for a name that leads elsewhere or a damaged archive; OSError."""
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            names = [check_name(info.filename, _ANY_DEPTH) for info in infos]
            for info, name in zip(infos, names, strict=True):
                place = folder / name
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as member, place.open("wb") as file:
                    shutil.copyfileobj(member, file)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise refused(f"not a zip that can be read: {error}") from error
    return len(names)
