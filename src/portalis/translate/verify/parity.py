"""Parity: the Python original and the Rust binary in the same sandbox, compared.

What counts: stdout byte for byte, the exit code, and for an uncaught exception the last
line of stderr. Traceback frames differ by nature and are not compared.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portalis.translate.artifacts import SourceTree
from portalis.translate.verify.sandbox import WORK, Limits, Outcome, Sandbox, python_paths

PYTHON_ENV = {
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONWARNINGS": "ignore",
}
# How a translation ends where it reaches what was refused (runtime/src/entry.rs).
REFUSED_CODE = 70
_HOLE = "portalis: "
_CONTEXT_CHARS = 120
_TRACER = Path(__file__).with_name("tracer.py")


@dataclass(frozen=True, slots=True)
class Trace:
    """What the original did: calls by (source path, first line, name) for each section of
    the output, and who began each line of it, as (source path, line)."""

    sections: tuple[Mapping[tuple[str, int, str], int], ...] = ()
    lines: tuple[tuple[str, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """The first difference, in words; line: of stdout, 0 if it lies elsewhere."""

    what: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class PythonProgram:
    """A source tree and how `python` is told to run it."""

    tree: SourceTree
    arguments: tuple[str, ...] = field(init=False)
    how: str = field(init=False)
    target: str = field(init=False)

    def __post_init__(self) -> None:
        entry = self.tree.entry
        if entry is None:
            raise ValueError("a tree without an entry is no program")
        package = entry.rpartition(".")[0]
        if entry.endswith(".__main__"):
            how, target = "module", package
        elif package:
            how, target = "module", entry
        else:
            how, target = "script", f"{entry}.py"
        object.__setattr__(self, "how", how)
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "arguments", ("-m", target) if how == "module" else (target,))

    def write(self, folder: Path) -> dict[str, str]:
        """Put the modules into a folder as Python imports them; path there -> source path."""
        placed = {}
        for source in self.tree.files:
            name = source.module.replace(".", "/") + (
                "/__init__.py" if source.is_package else ".py"
            )
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = source.text
            try:
                path.write_bytes(text.encode(source.encoding))
            except (UnicodeEncodeError, LookupError):
                path.write_bytes(text.encode("utf-8", "surrogatepass"))
            placed[f"{WORK}/{name}"] = source.path
        return placed


def run_python(
    program: PythonProgram, sandbox: Sandbox, limits: Limits, hash_seed: int = 0
) -> Outcome:
    """The original under this very Python."""
    with tempfile.TemporaryDirectory(prefix="portalis-python-") as folder:
        program.write(Path(folder))
        return sandbox.run(
            [_python(), "-s", *program.arguments],
            Path(folder),
            limits,
            visible=python_paths(),
            env={**PYTHON_ENV, "PYTHONHASHSEED": str(hash_seed)},
        )


def run_binary(binary: Path, sandbox: Sandbox, limits: Limits) -> Outcome:
    """The translated program, in an empty folder."""
    with tempfile.TemporaryDirectory(prefix="portalis-binary-") as folder:
        return sandbox.run([str(binary)], Path(folder), limits, visible=[binary])


def trace_python(program: PythonProgram, sandbox: Sandbox, limits: Limits) -> Trace | None:
    """Run the original once more and count calls; None if it left no trace."""
    with tempfile.TemporaryDirectory(prefix="portalis-trace-") as folder:
        placed = program.write(Path(folder))
        # The program's own modules come first on the path, wherever this script lies.
        (Path(folder) / ".portalis").mkdir()
        shutil.copyfile(_TRACER, Path(folder) / ".portalis" / "tracer.py")
        sandbox.run(
            [_python(), "-s", f"{WORK}/.portalis/tracer.py", f"{WORK}/.portalis/trace.json",
             program.how, program.target],
            Path(folder),
            limits,
            visible=python_paths(),
            env=PYTHON_ENV,
        )  # fmt: skip
        try:
            found = json.loads((Path(folder) / ".portalis" / "trace.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
    return _trace(found, placed)


def _trace(found: Mapping[str, list[object]], placed: Mapping[str, str]) -> Trace:
    def source_of(name: str) -> str | None:
        # `run_path` names a script by the relative path that it was given.
        return placed.get(name) or placed.get(f"{WORK}/{name}")

    sections: list[dict[tuple[str, int, str], int]] = []
    for section in found["sections"]:
        assert isinstance(section, dict)
        counts: dict[tuple[str, int, str], int] = {}
        for key, count in section.items():
            name, line, function = str(key).rsplit(":", 2)
            path = source_of(name)
            if path is not None:
                counts[path, int(line), function] = int(count)
        sections.append(counts)
    lines: list[tuple[str, int] | None] = []
    for place in found["lines"]:
        name, _, line = str(place).rpartition(":")
        path = source_of(name)
        lines.append((path, int(line)) if path is not None else None)
    return Trace(tuple(sections), tuple(lines))


def _python() -> str:
    return str(Path(sys.executable).resolve())


def compare(python: Outcome, rust: Outcome) -> Difference | None:
    """The first difference between what the original and the translation did."""
    if rust.stopped and not python.stopped:
        limit = "the output limit" if rust.stopped == "output" else f"{rust.wall_s:.0f} s"
        return Difference(
            f"the Rust program was stopped at {limit}; CPython ended after {python.wall_s:.2f} s"
        )
    if python.stdout != rust.stdout:
        return compare_text(
            python.stdout.decode("utf-8", "replace"), rust.stdout.decode("utf-8", "replace")
        )
    last_python, last_rust = _last_line(python.stderr), _last_line(rust.stderr)
    if python.code != rust.code:
        said = f"; its last line of stderr: {_clip(last_rust)}" if rust.code and last_rust else ""
        return Difference(f"exit code: CPython {python.code}, Rust {rust.code}{said}")
    if b"Traceback (most recent call last)" in python.stderr and last_python != last_rust:
        return Difference(f"uncaught: CPython {_clip(last_python)}, Rust {_clip(last_rust)}")
    return None


def refused_part(python: Outcome, rust: Outcome) -> str:
    """What the Rust program says it stopped at because it was not translated, where all that
    it did up to there is what CPython did; else ""."""
    said = _last_line(rust.stderr)
    agrees = python.stdout.startswith(rust.stdout)
    stopped = rust.code == REFUSED_CODE and said.startswith(_HOLE)
    return said.removeprefix(_HOLE) if stopped and agrees else ""


def compare_text(python: str, rust: str) -> Difference | None:
    """The first line that differs."""
    if python == rust:
        return None
    if python.startswith(rust) or rust.startswith(python):
        longer = "Rust" if len(rust) > len(python) else "CPython"
        shorter = min(len(rust), len(python))
        rest = (rust if longer == "Rust" else python)[shorter:]
        number = python[:shorter].count("\n") + 1
        what = f"stdout ends in line {number}, where {longer} goes on with {_clip(rest)}"
        return Difference(what, number)
    lines = zip(python.split("\n"), rust.split("\n"), strict=False)
    number, (expected, got) = next((n, pair) for n, pair in enumerate(lines, 1) if len({*pair}) > 1)
    return Difference(
        f"line {number} of stdout: CPython {_clip(expected, got)}, Rust {_clip(got, expected)}",
        number,
    )


def _clip(text: str, other: str = "") -> str:
    """A quoted piece of the text, from a little before where it departs from the other."""
    start = 0
    if len(text) > _CONTEXT_CHARS and other:
        same = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
        start = max(0, same - _CONTEXT_CHARS // 2)
    piece = text[start : start + _CONTEXT_CHARS]
    return ("…" if start else "") + repr(piece) + ("…" if start + len(piece) < len(text) else "")


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").rstrip().splitlines()
    return lines[-1].strip() if lines else ""
