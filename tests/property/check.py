"""Programs through CPython and through their translation, compared.

Programs travel in batches: one file, one crate. A refused program is taken out of the
batch and counted; one that rustc rejects is found by the lines of rustc's errors.
"""

from __future__ import annotations

import enum
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.property.batch import Batch, assemble, sections

ROOT = Path(__file__).resolve().parents[2]
TRANSLATOR = (sys.executable, "-m", "portalis")
TRANSLATE_TIMEOUT_S = 300
BUILD_TIMEOUT_S = 1200
RUN_TIMEOUT_S = 60
_RUST_PLACE = re.compile(r"--> (?:\S*?/)?(src/\S+\.rs):(\d+)")
_RUST_NAME = re.compile(r"\b[pP](\d+)(?=_|[A-Z])")


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
class _Translation:
    """code: the exit code of `portalis translate`; refused: place in the batch -> codes."""

    code: int
    refused: dict[int, str]
    stderr: str


class Checker:
    """Runs batches in `folder`, which it owns, with a build cache of its own."""

    def __init__(
        self, folder: Path, opt_level: str = "1", translator: Sequence[str] = TRANSLATOR
    ) -> None:
        self.folder = folder
        self.opt_level = opt_level
        self.translator = translator
        folder.mkdir(parents=True, exist_ok=True)

    def check(self, sources: Sequence[str]) -> list[Outcome]:
        """One outcome a program, in order."""
        outcomes: list[Outcome | None] = [None] * len(sources)
        self._settle(sources, list(range(len(sources))), outcomes)
        return [outcome or Outcome(Kind.TRANSLATOR, "not settled") for outcome in outcomes]

    def _settle(
        self, sources: Sequence[str], places: list[int], outcomes: list[Outcome | None]
    ) -> None:
        """Fill the outcomes at `places`, taking culprits out until the rest runs."""
        while places:
            batch = assemble([sources[place] for place in places])
            settled = self._attempt(batch, len(places))
            if settled is None:
                half = len(places) // 2
                self._settle(sources, places[:half], outcomes)
                self._settle(sources, places[half:], outcomes)
                return
            for index, outcome in settled.items():
                outcomes[places[index]] = outcome
            places = [place for i, place in enumerate(places) if i not in settled]

    def _attempt(self, batch: Batch, count: int) -> dict[int, Outcome] | None:
        """Outcomes of some programs of the batch; None if it has to be halved."""
        source = self.folder / "programs.py"
        source.write_text(batch.text, encoding="utf-8")
        crate = self.folder / "crate"
        translation = self._translate(source, crate, batch)
        if translation.code not in (0, 1):
            if count > 1:
                return None
            return {0: Outcome(Kind.TRANSLATOR, translation.stderr[-4000:])}
        if translation.refused:
            return {
                place: Outcome(Kind.TRANSLATOR if "PT9" in codes else Kind.REFUSED, codes)
                for place, codes in translation.refused.items()
            }
        errors = self._build(crate)
        if errors is not None:
            guilty = _culprits(crate, errors, count)
            if guilty:
                return {place: Outcome(Kind.RUSTC, text) for place, text in guilty.items()}
            return None if count > 1 else {0: Outcome(Kind.RUSTC, errors[-6000:])}
        return self._compare(source, crate, count)

    def _translate(self, source: Path, crate: Path, batch: Batch) -> _Translation:
        command = [*self.translator, "translate", str(source), "-o", str(crate)]
        command += ["--kind", "bin", "--verify", "none", "--json", "--force", "--jobs", "1"]
        paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=TRANSLATE_TIMEOUT_S,
                cwd=ROOT,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _Translation(-1, {}, "translation timed out")
        stderr = done.stderr.decode("utf-8", "replace")
        if done.returncode not in (0, 1):
            return _Translation(done.returncode, {}, stderr)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            # A traceback also exits with 1.
            return _Translation(-1, {}, stderr)
        refused: dict[int, set[str]] = {}
        for found in report["diagnostics"]:
            if found["severity"] not in ("refusal", "error"):
                continue
            places = batch.programs_at(found["line"])
            if not places:
                return _Translation(-1, {}, f"outside of the programs: {found}")
            for place in places:
                refused.setdefault(place, set()).add(f"{found['code']} {found['message']}")
        return _Translation(
            done.returncode, {p: "\n".join(sorted(codes)) for p, codes in refused.items()}, stderr
        )

    def _build(self, crate: Path) -> str | None:
        """rustc's errors, or None."""
        environment = {
            **os.environ,
            "CARGO_TARGET_DIR": str(self.folder / "target"),
            "CARGO_PROFILE_RELEASE_OPT_LEVEL": self.opt_level,
            "CARGO_PROFILE_RELEASE_LTO": "off",
            "RUSTFLAGS": "-Awarnings",
            "CARGO_TERM_COLOR": "never",
        }
        try:
            done = subprocess.run(
                ["cargo", "build", "--release", "--offline", "--quiet"],
                capture_output=True,
                cwd=crate,
                env=environment,
                timeout=BUILD_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "build timed out"
        return None if done.returncode == 0 else done.stderr.decode("utf-8", "replace")

    def _binary(self, crate: Path) -> Path:
        manifest = (crate / "Cargo.toml").read_text(encoding="utf-8")
        name = re.search(r'^name\s*=\s*"([^"]+)"', manifest, re.MULTILINE)
        return self.folder / "target" / "release" / (name[1] if name else "programs")

    def _compare(self, source: Path, crate: Path, count: int) -> dict[int, Outcome] | None:
        expected = sections(_output([sys.executable, str(source)])[0], count)
        output, status = _output([str(self._binary(crate))])
        actual = sections(output, count)
        settled: dict[int, Outcome] = {}
        for place, (want, got) in enumerate(zip(expected, actual, strict=True)):
            if want is None:
                settled[place] = Outcome(Kind.DIED, "CPython did not finish it")
            elif got is None:
                # The programs after it had no chance; they run again without it.
                settled[place] = Outcome(Kind.DIED, f"{status}\n{output[-2000:]}")
                break
            elif got == want:
                settled[place] = Outcome(Kind.SAME)
            else:
                settled[place] = Outcome(Kind.DIFFERENT, first_difference(want, got))
        return settled


def _output(command: list[str]) -> tuple[str, str]:
    """What the command prints, and how it ended."""
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
        return (error.stdout or b"").decode("utf-8", "replace"), "timed out"
    stderr = done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace"), f"exit {done.returncode}\n{stderr[-1500:]}"


def first_difference(want: str, got: str) -> str:
    """The first line that differs, with both versions."""
    left, right = want.split("\n"), got.split("\n")
    for number, (a, b) in enumerate(zip(left, right, strict=False), 1):
        if a != b:
            return f"line {number}\n  CPython: {a[:400]}\n  Rust:    {b[:400]}"
    longer = "CPython" if len(left) > len(right) else "Rust"
    return f"only {longer} goes on after line {min(len(left), len(right))}"


def _culprits(crate: Path, errors: str, count: int) -> dict[int, str]:
    """Which programs rustc's errors lie in: place -> those errors."""
    guilty: dict[int, str] = {}
    for block in re.split(r"\n(?=error)", errors):
        place = _RUST_PLACE.search(block)
        if not block.startswith("error") or place is None:
            continue
        path = crate / place[1]
        if not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8").split("\n")
        at = int(place[2]) - 1
        for line in reversed(lines[: at + 1]):
            if not re.match(r"\s*(pub |fn |impl|struct|enum|static|const|thread_local)", line):
                continue
            names = _RUST_NAME.findall(line)
            if names and int(names[0]) < count:
                number = int(names[0])
                guilty[number] = (guilty.get(number, "") + block)[:6000]
                break
            if re.match(r"(pub )?fn ", line):
                break
    return guilty


def clear(folder: Path) -> None:
    """Remove a checker's folder."""
    shutil.rmtree(folder, ignore_errors=True)
