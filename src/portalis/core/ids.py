"""Names of things that are stored: a kind, then when it was made and what chance added.

    job_01jdw3k8f2v9y6q4w1c5x7z0ab
    └── kind  └── 48 bits of milliseconds, 80 random bits, base 32 (a ULID, lower case)

Ids of one kind sort by the instant they were made at. They are not secrets.
"""

from __future__ import annotations

import secrets
from typing import NewType, Protocol

JobId = NewType("JobId", str)
UnitId = NewType("UnitId", str)
AttemptId = NewType("AttemptId", str)
TenantId = NewType("TenantId", str)

# Crockford's base 32: no i, l, o, u.
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 26
_RANDOM_BITS = 80


class Bits(Protocol):
    """Where random bits come from."""

    def getrandbits(self, count: int, /) -> int:
        """A number below 2**count."""
        ...


class SystemBits:
    """The operating system's random bits."""

    def getrandbits(self, count: int, /) -> int:
        return secrets.randbits(count)


def new_id(kind: str, now_ms: int, bits: Bits) -> str:
    """An id of this kind; the same arguments and bits give the same id."""
    number = (now_ms << _RANDOM_BITS) | bits.getrandbits(_RANDOM_BITS)
    digits = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, 32)
        digits.append(_DIGITS[digit])
    return f"{kind}_{''.join(reversed(digits))}"


def child_id(parent: str, kind: str, number: int) -> str:
    """The id of a part of something: it sorts by its number within the parent."""
    return f"{parent}.{kind}{number:06d}"


def parent_id(child: str) -> str:
    """What the thing that `child_id` named is a part of."""
    return child.rpartition(".")[0]
