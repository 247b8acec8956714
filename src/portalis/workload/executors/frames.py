"""Frames between a worker's process and its owner: a head in JSON, then bytes.

4 bytes: length of the head · 8 bytes: length of the body · head · body
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
MAX_HEAD_BYTES = 1 << 20
MAX_BODY_BYTES = 1 << 30
# A process that has nothing to say says so this often.
BEAT_S = 1.0


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """One frame, as it is sent."""
    text = json.dumps(head).encode("utf-8")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def write(stream: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """One frame, whole. Raises OSError where nobody reads."""
    stream.write(packed(head, body))
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame; None at the end, also where it comes within a frame. Raises ValueError
    for what is no frame."""
    lengths = _exactly(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_bytes, body_bytes = _LENGTHS.unpack(lengths)
    if head_bytes > MAX_HEAD_BYTES or body_bytes > MAX_BODY_BYTES:
        raise ValueError("a frame is too large")
    head, body = _exactly(stream, head_bytes), _exactly(stream, body_bytes)
    if head is None or body is None:
        return None
    return json.loads(head), body


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    found = stream.read(count)
    return found if len(found) == count else None


def own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes, moved to where nothing that runs here reads or prints."""
    tasks = os.fdopen(os.dup(0), "rb")
    news = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return tasks, news
