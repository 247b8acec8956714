"""Why a decision is as it is: a code for programs, and words for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Code = TypeVar("Code", bound=StrEnum)


# Without slots: `typing` tells an instance its type's argument.
@dataclass(frozen=True)
class Because(Generic[Code]):
    """A reason as a code and in words."""

    code: Code
    text: str

    def __str__(self) -> str:
        return self.text
