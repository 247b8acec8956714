"""What `open` gives: text and binary files. The open file itself is a number of the runtime's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import UnsupportedOperation
from typing import Any

import _fileio


def _name_of(file: Any) -> str:
    if isinstance(file, str):
        return file
    if hasattr(file, "__fspath__"):
        found: str = file.__fspath__()
        return found
    if isinstance(file, (int, bytes)):
        raise NotImplementedError("open() of what is no text or path is not translated")
    raise TypeError(f"expected str, bytes or os.PathLike object, not {type(file).__name__}")


class TextIOWrapper:
    """A text file; `newline` as the runtime numbers it."""

    def __init__(
        self, file: Any, mode: str, encoding: str | None, errors: str | None, newline: int
    ) -> None:
        chosen = "UTF-8" if encoding is None else encoding
        _fileio.check(chosen)
        self.name = file
        self.mode = mode
        self.encoding = chosen
        self.errors = "strict" if errors is None else errors
        self.closed = False
        self._newline = newline
        self._is_walked = False
        kinds = mode.replace("t", "")
        self._reads = "r" in kinds or "+" in kinds
        self._writes = kinds != "r"
        self._file = _fileio.open(_name_of(file), kinds)

    def __repr__(self) -> str:
        mode, encoding = self.mode, self.encoding
        return f"<_io.TextIOWrapper name={self.name!r} mode={mode!r} encoding={encoding!r}>"

    def _check(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _check_bare(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def _check_read(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not self._reads:
            raise UnsupportedOperation("not readable")

    def write(self, text: str) -> int:
        self._check()
        if not self._writes:
            raise UnsupportedOperation("not writable")
        _fileio.write_text(self._file, text, self.encoding, self.errors)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        self._check()
        for line in lines:
            self.write(line)

    def read(self, size: int | None = -1) -> str:
        self._check_read()
        wanted = -1 if size is None else size
        return _fileio.read_text(self._file, wanted, self._newline, self.encoding, self.errors)

    def readline(self) -> str:
        self._check_read()
        return _fileio.readline_text(self._file, self._newline, self.encoding, self.errors)

    def readlines(self) -> list[str]:
        return list(self)

    def __iter__(self) -> Iterator[str]:
        self._check()
        return self

    def __next__(self) -> str:
        line = self.readline()
        self._is_walked = line != ""
        if line == "":
            raise StopIteration
        return line

    def tell(self) -> int:
        self._check()
        if self._is_walked:
            raise OSError("telling position disabled by next() call")
        return _fileio.tell(self._file)

    def seek(self, cookie: int, whence: int = 0) -> int:
        self._check()
        if whence == 1 and cookie != 0:
            raise UnsupportedOperation("can't do nonzero cur-relative seeks")
        if whence == 2 and cookie != 0:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        if whence < 0 or whence > 2:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if cookie < 0:
            raise ValueError(f"negative seek position {cookie}")
        self._is_walked = False
        return _fileio.seek(self._file, cookie, whence)

    def truncate(self, pos: int | None = None) -> int:
        self._check()
        if not self._writes:
            raise UnsupportedOperation("truncate")
        size = _fileio.tell(self._file) if pos is None else pos
        _fileio.truncate(self._file, size)
        return size

    def flush(self) -> None:
        self._check()
        _fileio.flush(self._file)

    def readable(self) -> bool:
        return self._reads

    def writable(self) -> bool:
        return self._writes

    def seekable(self) -> bool:
        self._check_bare()
        return True

    def fileno(self) -> int:
        self._check_bare()
        return _fileio.fileno(self._file)

    def isatty(self) -> bool:
        self._check_bare()
        return _fileio.isatty(self._file)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            _fileio.close(self._file)

    def __enter__(self) -> TextIOWrapper:
        self._check()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()


def _shown(kinds: str) -> str:
    if "+" not in kinds:
        return f"{kinds}b"
    return "rb+" if "w" in kinds or "r" in kinds else f"{kinds.replace('+', '')}b+"


class BufferedFile:
    """A binary file; its class below says which of reading and writing it can do."""

    def __init__(self, file: Any, mode: str) -> None:
        self.name = file
        kinds = mode.replace("b", "")
        self.mode = _shown(kinds)
        self.closed = False
        self._reads = "r" in kinds or "+" in kinds
        self._writes = kinds != "r"
        self._file = _fileio.open(_name_of(file), kinds)

    def __repr__(self) -> str:
        return f"<_io.{type(self).__name__} name={self.name!r}>"

    def _check(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _check_for(self, doing: str) -> None:
        if self.closed:
            raise ValueError(f"{doing} closed file")

    def write(self, data: bytes) -> int:
        if not self._writes:
            raise UnsupportedOperation("write")
        self._check_for("write to")
        _fileio.write(self._file, data)
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        self._check()
        for line in lines:
            self.write(line)

    def read(self, size: int | None = -1) -> bytes:
        if not self._reads:
            raise UnsupportedOperation("read")
        self._check_for("read of")
        return _fileio.read(self._file, -1 if size is None else size)

    def readline(self, size: int | None = -1) -> bytes:
        if not self._reads:
            raise UnsupportedOperation("read")
        self._check_for("readline of")
        return _fileio.readline(self._file, -1 if size is None else size)

    def readlines(self) -> list[bytes]:
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        self._check()
        return self

    def __next__(self) -> bytes:
        line = self.readline()
        if line == b"":
            raise StopIteration
        return line

    def tell(self) -> int:
        self._check_for("I/O operation on")
        return _fileio.tell(self._file)

    def seek(self, target: int, whence: int = 0) -> int:
        self._check_for("seek of")
        if whence < 0 or whence > 2:
            raise ValueError(f"whence value {whence} unsupported")
        return _fileio.seek(self._file, target, whence)

    def truncate(self, pos: int | None = None) -> int:
        if not self._writes and not self.closed:
            raise UnsupportedOperation("truncate")
        self._check_for("truncate of")
        size = _fileio.tell(self._file) if pos is None else pos
        _fileio.truncate(self._file, size)
        return size

    def flush(self) -> None:
        if not self._writes:
            self._check()
        self._check_for("flush of")
        _fileio.flush(self._file)

    def readable(self) -> bool:
        self._check()
        return self._reads

    def writable(self) -> bool:
        self._check()
        return self._writes

    def seekable(self) -> bool:
        self._check()
        return True

    def fileno(self) -> int:
        self._check_for("I/O operation on")
        return _fileio.fileno(self._file)

    def isatty(self) -> bool:
        self._check_for("I/O operation on")
        return _fileio.isatty(self._file)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            _fileio.close(self._file)

    def __enter__(self) -> BufferedFile:
        self._check()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()


class BufferedReader(BufferedFile):
    pass


class BufferedWriter(BufferedFile):
    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


class BufferedRandom(BufferedFile):
    pass
