"""Programs through CPython and through their translation, compared.

Programs are translated one by one, and many at a time are built as one crate. One that rustc
rejects is found by the files of rustc's errors and taken out, and the rest is built again.
"""

from __future__ import annotations

import enum
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portalis.core import faults
from portalis.core.diagnostics import Severity
from portalis.translate.artifacts import CrateTree
from portalis.translate.pipeline import Settings, translate_unit
from portalis.translate.sources import load
from portalis.translate.verify.compile import CompileResult, build
from portalis.translate.verify.prebuilt import Prebuilt, runtime_library
from tests.property.batch import home_of, joined, standalone
from tests.property.budget import run_reference

RUN_TIMEOUT_S = 60
BINARY = "programs"


class Kind(enum.StrEnum):
    """What came of one program. All but SAME and REFUSED are failures of ours."""

    SAME = "same"
    DIFFERENT = "different"
    REFUSED = "refused"
    RUSTC = "rustc"
    TRANSLATOR = "translator"
    DIED = "died"


@dataclass(frozen=True)
class Outcome:
    """detail: the diagnostic codes, rustc's errors, or what the two printed first unlike."""

    kind: Kind
    detail: str = ""

    @property
    def is_failure(self) -> bool:
        return self.kind not in (Kind.SAME, Kind.REFUSED)


@dataclass(frozen=True)
class Program:
    """A program with the entry `P_main`, and what CPython prints for it."""

    source: str
    expected: str

    @classmethod
    def of(cls, source: str) -> Program:
        """Raises what `run_reference` raises."""
        return cls(source, run_reference(source))


# A file of Python -> its crate, or why there is none.
Translator = Callable[[Path], CrateTree | Outcome]


def translated(path: Path) -> CrateTree | Outcome:
    """By the compiler, in this process."""

    def work() -> CrateTree | Outcome:
        tree = load([str(path)], "bin").tree
        made = translate_unit(tree, Settings(kind="bin", verify="none", name="program"))
        found = sorted(
            {
                f"{d.code} {d.message}"
                for d in made.report.diagnostics
                if d.severity in (Severity.REFUSAL, Severity.ERROR) or d.code.startswith("PT9")
            }
        )
        if not found:
            return made.crate
        ours = any(text.startswith("PT9") for text in found)
        return Outcome(Kind.TRANSLATOR if ours else Kind.REFUSED, "\n".join(found))

    made = faults.attempt(work)
    return Outcome(Kind.TRANSLATOR, str(made)) if isinstance(made, faults.Fault) else made


class Checker:
    """Runs batches in `folder`, which it owns."""

    def __init__(
        self, folder: Path, opt_level: str = "0", translator: Translator = translated
    ) -> None:
        self.folder = folder
        self.opt_level = opt_level
        self.translator = translator
        folder.mkdir(parents=True, exist_ok=True)

    def check(self, programs: Sequence[Program]) -> list[Outcome]:
        """One outcome a program, in order."""
        outcomes: dict[int, Outcome] = {}
        crates: dict[int, CrateTree] = {}
        for number, program in enumerate(programs):
            path = self.folder / "program.py"
            path.write_text(standalone(program.source), encoding="utf-8")
            made = self.translator(path)
            if isinstance(made, Outcome):
                outcomes[number] = made
            else:
                crates[number] = made
        self._settle(programs, crates, outcomes)
        return [outcomes[number] for number in range(len(programs))]

    def _settle(
        self,
        programs: Sequence[Program],
        crates: dict[int, CrateTree],
        outcomes: dict[int, Outcome],
    ) -> None:
        """Fill the outcomes of the crates' programs, taking culprits out until the rest builds."""
        while crates:
            built = self._build(crates)
            if built.ok:
                for number in crates:
                    outcomes[number] = self._compare(number, programs[number])
                return
            guilty: dict[int, str] = {}
            for error in built.errors:
                home = home_of(error.file)
                if home is not None:
                    guilty[home] = (guilty.get(home, "") + error.rendered)[:6000]
            if not guilty and len(crates) == 1:
                said = built.failure or "".join(error.rendered for error in built.errors)
                guilty = dict.fromkeys(crates, said[-6000:])
            if not guilty:
                numbers = list(crates)
                half = {n: crates[n] for n in numbers[: len(numbers) // 2]}
                self._settle(programs, half, outcomes)
                guilty = dict.fromkeys(half, "")
            else:
                outcomes |= {n: Outcome(Kind.RUSTC, text) for n, text in guilty.items()}
            crates = {n: crate for n, crate in crates.items() if n not in guilty}

    def _build(self, crates: dict[int, CrateTree]) -> CompileResult:
        crate = self.folder / "crate"
        shutil.rmtree(crate, ignore_errors=True)
        crate.mkdir()
        return build(joined(crates), _runtime(self.opt_level), crate, BINARY)

    def _compare(self, number: int, program: Program) -> Outcome:
        got, code, stderr = _output([str(self.folder / "crate" / BINARY), str(number)])
        if code != 0:
            return Outcome(Kind.DIED, f"exit {code}\n{stderr[-1500:]}\n{got[-2000:]}")
        if got == program.expected:
            return Outcome(Kind.SAME)
        # A process of its own has the last word on what CPython prints.
        path = self.folder / "program.py"
        path.write_text(standalone(program.source), encoding="utf-8")
        want, code, stderr = _output([sys.executable, str(path)])
        if code != 0:
            return Outcome(Kind.DIED, f"CPython: exit {code}\n{stderr[-1500:]}")
        return Outcome(Kind.SAME) if got == want else Outcome(Kind.DIFFERENT, unlike(want, got))


def _runtime(opt_level: str) -> Prebuilt:
    """The runtime's library, and the flags with which a crate of programs is built soonest."""
    library = runtime_library()
    soon = (f"-Copt-level={opt_level}", "-Ccodegen-units=1", "-Cpanic=abort")
    return replace(library, flags=(*library.flags, *soon))


def _output(command: list[str]) -> tuple[str, int, str]:
    """What the command prints, its exit code (-1: it ran too long), and its stderr."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=RUN_TIMEOUT_S,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return (error.stdout or b"").decode("utf-8", "replace"), -1, "timed out"
    stderr = done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace"), done.returncode, stderr


def unlike(want: str, got: str) -> str:
    """The first line that differs, with both versions."""
    left, right = want.split("\n"), got.split("\n")
    for number, (a, b) in enumerate(zip(left, right, strict=False), 1):
        if a != b:
            return f"line {number}\n  CPython: {a[:400]}\n  Rust:    {b[:400]}"
    longer = "CPython" if len(left) > len(right) else "Rust"
    return f"only {longer} goes on after line {min(len(left), len(right))}"
