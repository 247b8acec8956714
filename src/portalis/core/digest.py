"""Names of content: SHA-256, in hexadecimal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


def digest(content: bytes) -> str:
    """The digest of some bytes."""
    return hashlib.sha256(content).hexdigest()


def canonical(value: Json) -> bytes:
    """The one text of a JSON value: keys sorted, no white space, UTF-8. Raises ValueError
    for what JSON cannot say (NaN, infinities)."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def digest_of(value: Json) -> str:
    """The digest of a JSON value, whatever the order of its keys."""
    return digest(canonical(value))
