"""Text and bytes in memory that behave like files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class UnsupportedOperation(OSError, ValueError):
    """What this file cannot do."""


class StringIO:
    """Lines end in "\\n"; what is written at the end is joined only when it is read."""

    def __init__(self, initial_value: str | None = "", newline: str | None = "\n") -> None:
        self._parts: list[str] = []
        self._text = ""
        self._length = 0
        self._at = 0
        self._universal = newline is None
        self.closed = False
        if initial_value:
            self.write(initial_value)
            self._at = 0

    def _check(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def _joined(self) -> str:
        if self._parts:
            self._text += "".join(self._parts)
            self._parts.clear()
        return self._text

    def write(self, s: str) -> int:
        self._check()
        given = len(s)
        if self._universal:
            s = s.replace("\r\n", "\n").replace("\r", "\n")
        if s == "":
            return 0
        if self._at == self._length:
            self._parts.append(s)
            self._length += len(s)
            self._at = self._length
            return given
        text = self._joined()
        if self._at > len(text):
            text += "\0" * (self._at - len(text))
        end = self._at + len(s)
        self._text = text[: self._at] + s + text[end:]
        self._length = len(self._text)
        self._at = end
        return given

    def writelines(self, lines: Iterable[str]) -> None:
        self._check()
        for line in lines:
            self.write(line)

    def getvalue(self) -> str:
        self._check()
        return self._joined()

    def read(self, size: int | None = -1) -> str:
        self._check()
        text = self._joined()
        end = self._length if size is None or size < 0 else min(self._at + size, self._length)
        if self._at >= end:
            return ""
        found = text[self._at : end]
        self._at = end
        return found

    def readline(self, size: int | None = -1) -> str:
        self._check()
        text = self._joined()
        if self._at >= self._length:
            return ""
        end = text.find("\n", self._at) + 1
        if end == 0:
            end = self._length
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        found = text[self._at : end]
        self._at = end
        return found

    def readlines(self, hint: int | None = -1) -> list[str]:
        lines: list[str] = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def __iter__(self) -> Iterator[str]:
        self._check()
        return self

    def __next__(self) -> str:
        line = self.readline()
        if line == "":
            raise StopIteration
        return line

    def tell(self) -> int:
        self._check()
        return self._at

    def seek(self, pos: int, whence: int = 0) -> int:
        self._check()
        if whence < 0 or whence > 2:
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == 0 and pos < 0:
            raise ValueError(f"Negative seek position {pos}")
        if whence != 0 and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        if whence == 0:
            self._at = pos
        elif whence == 2:
            self._at = self._length
        return self._at

    def truncate(self, pos: int | None = None) -> int:
        self._check()
        size = self._at if pos is None else pos
        if size < 0:
            raise ValueError(f"Negative size value {size}")
        if size < self._length:
            self._text = self._joined()[:size]
            self._length = size
        return size

    def flush(self) -> None:
        self._check()

    def readable(self) -> bool:
        self._check()
        return True

    def writable(self) -> bool:
        self._check()
        return True

    def seekable(self) -> bool:
        self._check()
        return True

    def isatty(self) -> bool:
        self._check()
        return False

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> StringIO:
        self._check()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()


class BytesIO:
    """Bytes in memory."""

    def __init__(self, initial_bytes: bytes = b"") -> None:
        self._held = bytearray(initial_bytes)
        self._at = 0
        self.closed = False

    def _check(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def write(self, b: bytes) -> int:
        self._check()
        if not b:
            return 0
        if self._at > len(self._held):
            self._held.extend(b"\0" * (self._at - len(self._held)))
        end = self._at + len(b)
        if self._at == len(self._held):
            self._held.extend(b)
        else:
            self._held[self._at : end] = b
        self._at = end
        return len(b)

    def writelines(self, lines: Iterable[bytes]) -> None:
        self._check()
        for line in lines:
            self.write(line)

    def getvalue(self) -> bytes:
        self._check()
        return bytes(self._held)

    def read(self, size: int | None = -1) -> bytes:
        self._check()
        length = len(self._held)
        end = length if size is None or size < 0 else min(self._at + size, length)
        if self._at >= end:
            return b""
        found = bytes(self._held[self._at : end])
        self._at = end
        return found

    def readline(self, size: int | None = -1) -> bytes:
        self._check()
        length = len(self._held)
        if self._at >= length:
            return b""
        end = self._held.find(b"\n", self._at) + 1
        if end == 0:
            end = length
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        found = bytes(self._held[self._at : end])
        self._at = end
        return found

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
        self._check()
        return self._at

    def seek(self, pos: int, whence: int = 0) -> int:
        self._check()
        if whence < 0 or whence > 2:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == 0 and pos < 0:
            raise ValueError(f"negative seek value {pos}")
        if whence == 1:
            pos += self._at
        elif whence == 2:
            pos += len(self._held)
        self._at = max(pos, 0)
        return self._at

    def truncate(self, size: int | None = None) -> int:
        self._check()
        wanted = self._at if size is None else size
        if wanted < 0:
            raise ValueError(f"negative size value {wanted}")
        if wanted < len(self._held):
            del self._held[wanted:]
        return wanted

    def flush(self) -> None:
        self._check()

    def readable(self) -> bool:
        self._check()
        return True

    def writable(self) -> bool:
        self._check()
        return True

    def seekable(self) -> bool:
        self._check()
        return True

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> BytesIO:
        self._check()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()
