"""How large a job is, by its sources and the policy's bounds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portalis.resource.policy import OPEN, Sizes

_FUNCTION: Final = re.compile(rb"^[ \t]*(?:async[ \t]+)?def[ \t]", re.MULTILINE)


class SizeClass(StrEnum):
    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    XLARGE = "xlarge"


@dataclass(frozen=True, slots=True)
class Classified:
    """size: None is larger than any job may be."""

    size: SizeClass | None
    reason: str


def functions_in(files: Iterable[bytes]) -> int:
    """Lines that begin a function or a method. Sources are not parsed for it: that is done in
    processes of their own."""
    return sum(len(_FUNCTION.findall(text)) for text in files)


def classify(lines: int, functions: int, sizes: Sizes) -> Classified:
    """The first size whose bounds hold."""
    before = ""
    for name in SizeClass:
        size = sizes.of(name)
        beyond = [
            f"{count:,} {what} are more than {most:,}"
            for what, count, most in (
                ("lines", lines, size.max_loc),
                ("functions", functions, size.max_functions),
            )
            if most is not None and count > most
        ]
        if not beyond:
            return Classified(name, before or f"{lines:,} lines, {functions:,} functions")
        before = f"{' and '.join(beyond)} ({name})"
    return Classified(None, before)


def size_class(
    lines: int, functions: int = 0, sizes: Sizes = OPEN.job_size_thresholds
) -> SizeClass:
    """The size, the last one also for what is larger than any job may be."""
    return classify(lines, functions, sizes).size or SizeClass.XLARGE
