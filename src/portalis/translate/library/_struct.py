"""A format of struct that is kept."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any


class Struct:
    def __init__(self, format: str | bytes) -> None:
        self.size = struct.calcsize(format)
        self.format = format if isinstance(format, str) else format.decode("ascii")

    def pack(self, *v: Any) -> bytes:
        return struct.pack(self.format, *v)

    def pack_into(self, buffer: bytearray, offset: int, *v: Any) -> None:
        struct.pack_into(self.format, buffer, offset, *v)

    def unpack(self, buffer: bytes) -> tuple[Any, ...]:
        return struct.unpack(self.format, buffer)

    def unpack_from(self, buffer: bytes, offset: int = 0) -> tuple[Any, ...]:
        return struct.unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer: bytes) -> Iterator[tuple[Any, ...]]:
        return struct.iter_unpack(self.format, buffer)
