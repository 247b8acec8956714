"""Runs inside the sandbox: a Python program under a profiler that counts calls.

    python tracer.py RESULT script PATH | module NAME

RESULT gets JSON: `sections`, a list of objects that map `file:first line` of each code
object to how often it began to run; and `lines`, for each line of stdout the `file:line`
that began it. Text that starts with the mark begins a new section. Standard library
only: this file is copied into the sandbox and imports nothing of portalis.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import threading
import types

MARK = "\n\x01probe "
MAX_LINES = 100_000


class Tracer:
    """Counts by code object, a dictionary a section."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self.sections = [self.counts]
        # Held, so that an id stays one code object's.
        self.codes: dict[int, types.CodeType] = {}
        self.lines: list[str] = []
        self.at_line_start = True

    def profile(self, frame: types.FrameType, event: str, _arg: object) -> None:
        if event == "call":
            code = frame.f_code
            key = id(code)
            if key in self.counts:
                self.counts[key] += 1
            else:
                self.codes[key] = code
                self.counts[key] = 1

    def watch_stdout(self) -> None:
        """Note who begins each line of output."""
        stdout = sys.stdout
        write = stdout.write

        def noting(text: str) -> int:
            if text.startswith(MARK):
                self.counts = {}
                self.sections.append(self.counts)
            if text and len(self.lines) < MAX_LINES:
                self.note(text, sys._getframe(1))
            return write(text)

        stdout.write = noting  # type: ignore[method-assign]

    def note(self, text: str, frame: types.FrameType) -> None:
        place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
        begun = text.count("\n") + self.at_line_start - text.endswith("\n")
        self.lines.extend([place] * begun)
        self.at_line_start = text.endswith("\n")

    def result(self) -> str:
        def named(counts: dict[int, int]) -> dict[str, int]:
            total: dict[str, int] = {}
            for key, count in counts.items():
                code = self.codes[key]
                name = f"{code.co_filename}:{code.co_firstlineno}:{code.co_name}"
                total[name] = total.get(name, 0) + count
            return total

        sections = [named(counts) for counts in self.sections]
        return json.dumps({"sections": sections, "lines": self.lines})


def main() -> None:
    result, how, target = sys.argv[1:4]
    sys.argv = [target]
    sys.path[0] = os.getcwd()  # noqa: PTH109
    tracer = Tracer()
    tracer.watch_stdout()
    threading.setprofile(tracer.profile)
    sys.setprofile(tracer.profile)
    try:
        if how == "module":
            runpy.run_module(target, run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(target, run_name="__main__")
    finally:
        sys.setprofile(None)
        with open(result, "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            file.write(tracer.result())


if __name__ == "__main__":
    main()
