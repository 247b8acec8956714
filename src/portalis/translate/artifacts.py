"""The values that pass through the compiler's front door.

    SourceTree -> compile_tree -> Compiled(CrateTree, facts) -> verify -> Report

All are immutable and hold text and numbers only: no path of this machine that changes
their meaning, no open file, no syntax tree.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from portalis.core.diagnostics import Diagnostic

Kind = Literal["auto", "bin", "lib"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Python module.

    path: how diagnostics name the file (as the user gave it, `/` between parts).
    module: the dotted name by which it is imported (`shop.stock`; `shop` for
        `shop/__init__.py`; `shop.__main__` for `shop/__main__.py`).
    text: decoded, newlines as in universal newline mode (`\\n` only), no byte order mark.
    encoding: what it was decoded with; the original is run with it.
    is_library: no file of the program: a library module that the compiler brings.
    """

    path: str
    module: str
    text: str
    is_package: bool = False
    encoding: str = "utf-8"
    is_library: bool = False

    def line(self, number: int) -> str:
        """The text of a line that counts from 1, without its newline; "" if there is none."""
        if number < 1:
            return ""
        lines = self.text.split("\n", number)
        return lines[number - 1] if len(lines) >= number else ""


@dataclass(frozen=True, slots=True)
class SourceTree:
    """The given modules, ordered by module name.

    entry: the module that `python` would run as `__main__`; None for a library. A single
        file is always its own entry.
    """

    files: tuple[SourceFile, ...]
    entry: str | None = None

    def file_of_module(self, module: str) -> SourceFile | None:
        return next((file for file in self.files if file.module == module), None)

    def file_at(self, path: str) -> SourceFile | None:
        return next((file for file in self.files if file.path == path), None)

    @property
    def digest(self) -> str:
        """SHA-256 over names and texts, hexadecimal."""
        sha = hashlib.sha256(repr(self.entry).encode())
        for file in self.files:
            sha.update(repr((file.module, file.is_package, file.text)).encode("utf-8"))
        return sha.hexdigest()


@dataclass(frozen=True, slots=True)
class SeenType:
    """What a traced run saw in one place: the kinds of values, a builtin's name or a class's
    qualified one (`?`: any other), each with what was seen in each of its type arguments."""

    alternatives: tuple[tuple[str, tuple[SeenType, ...]], ...] = ()

    def __or__(self, other: SeenType) -> SeenType:
        return SeenType((*self.alternatives, *other.alternatives))


@dataclass(frozen=True, slots=True)
class CompileSettings:
    """What the compiler may decide by.

    kind: bin or lib; auto: bin if the tree has an entry.
    name: of the Cargo package, as Cargo allows it.
    runtime_path: where Cargo.toml finds the runtime crate, relative to it.
    leave_out: qualified names of functions to emit as holes, because rustc refused what was
        emitted for them; they need no diagnostic of their own.
    seen: qualified function -> parameter -> what a traced run passed. Taken as an annotation
        is: where nothing that the program does decides.
    """

    kind: Kind = "auto"
    name: str = "translated"
    runtime_path: str = "runtime"
    jobs: int = 1
    leave_out: frozenset[str] = frozenset()
    seen: Mapping[str, Mapping[str, SeenType]] = field(default_factory=dict)


FactKind = Literal["function", "method", "class", "module"]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a function's containers and objects (variables, parameters, results; of a
    class its fields) are kept by value, by shared handles, or as dynamic values."""

    by_value: int = 0
    handles: int = 0
    dynamic: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.by_value + other.by_value,
            self.handles + other.handles,
            self.dynamic + other.dynamic,
        )

    def __str__(self) -> str:
        words = (f"{self.by_value} by value", f"{self.handles} handles", f"{self.dynamic} dynamic")
        return ", ".join(w for w in words if not w.startswith("0 "))


@dataclass(frozen=True, slots=True)
class FunctionFact:
    """What the compiler knows of one function, method, class or module body.

    name: qualified, module included: `shop.stock.Item.price`, `shop.f.<locals>.g`;
        a module body is the module's name.
    file: the path of its `SourceFile`. line, end_line: from the `def` or `class` line (the
        first decorator's, if any) to the last, counted from 1.
    lines: code lines that are its own: not blank, not comments, and not those of functions
        and classes inside it, so that all facts of a file add up to the file.
    dynamic: some of its values have the dynamic type.
    kept: how its containers and objects are kept.
    notes: why what is dynamic is: "`x` is dynamic: it holds int and str (line 7)".
    rust: the Rust item's path (`stock::Item::price`), for readers.
    held_by: code and message of what keeps its whole class from being translated.
    """

    name: str
    kind: FactKind
    module: str
    file: str
    line: int
    end_line: int
    lines: int
    dynamic: bool = False
    kept: Kept = Kept()
    notes: tuple[str, ...] = ()
    rust: str = ""
    held_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """A Rust line (as emitted, before rustfmt) and the Python line that it came from."""

    rust_line: int
    python_file: str
    python_line: int


@dataclass(frozen=True, slots=True)
class CrateTree:
    """A crate in memory: relative path -> text. Holds `Cargo.toml` and `src/**/*.rs`, not
    the runtime."""

    files: Mapping[str, str]
    name: str = "translated"

    @property
    def digest(self) -> str:
        sha = hashlib.sha256(self.name.encode())
        for path in sorted(self.files):
            sha.update(repr((path, self.files[path])).encode("utf-8"))
        return sha.hexdigest()


@dataclass(frozen=True, slots=True)
class Compiled:
    """What `compile_tree` gives back.

    line_map: Rust file -> its origins, ordered by rust_line; a line without an entry
        belongs to the nearest entry above it.
    imports: module -> the modules of the tree that it imports, anywhere in it.
    timings: stage -> CPU seconds.
    """

    crate: CrateTree
    functions: tuple[FunctionFact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    line_map: Mapping[str, tuple[LineOrigin, ...]] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)
    is_binary: bool = True
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # The program can reach a part that was refused: its binary is built on request only.
    incomplete: bool = False


class Verdict(enum.StrEnum):
    """VERIFIED: compiled, and behaved as CPython on the stated probes. COMPILED: no probe.
    REFUSED: holds a part that was not translated. BROKEN: does not compile or behaves
    differently, which is our bug. UNCHECKED: verification was not asked for or not possible."""

    VERIFIED = "verified"
    COMPILED = "compiled"
    REFUSED = "refused"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class FunctionVerdict:
    """reason: why it has this verdict, in words: the probes, their count and source; why
    there were none; the first difference. codes: of its diagnostics."""

    fact: FunctionFact
    verdict: Verdict
    reason: str
    calls: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One unit of a translation (`units.py`).

    files: paths. entry: the module that is run, of a program.
    verification: the level that was reached: none, compile or run.
    incomplete: as in `Compiled`.
    kept: it was taken from the cache on disk.
    cpu_s: stage -> CPU seconds that it took when it was translated, rustc's among them.
    failure: why there is nothing of it: what ended the process that translated it.
    """

    name: str
    files: tuple[str, ...]
    is_binary: bool
    entry: str | None = None
    verification: str = "none"
    incomplete: bool = False
    kept: bool = False
    cpu_s: Mapping[str, float] = field(default_factory=dict)
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said about one translation; every output is a view of this.

    verification: the level that was reached everywhere: none, compile or run.
    limits: what kept verification from going as far as was asked, in words.
    timings: stage -> CPU seconds of all processes, and `total`, which is wall seconds.
    incomplete: as in `Compiled`.
    units: what it is made of; of one unit by itself, empty.
    """

    sources: tuple[str, ...]
    package: str
    is_binary: bool
    asked: str
    verification: str
    verdicts: tuple[FunctionVerdict, ...]
    diagnostics: tuple[Diagnostic, ...]
    timings: Mapping[str, float]
    limits: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source_digest: str = ""
    crate_digest: str = ""
    incomplete: bool = False
    units: tuple[UnitFact, ...] = ()

    @property
    def is_clean(self) -> bool:
        """All translated, and nothing differs."""
        bad = {Verdict.REFUSED, Verdict.BROKEN}
        return not any(v.verdict in bad for v in self.verdicts) and not any(
            d.severity in ("refusal", "error") for d in self.diagnostics
        )


@dataclass(frozen=True, slots=True)
class Translated:
    """The two results: what to write, and what to say."""

    crate: CrateTree
    report: Report
