"""The compile check: rustc over the emitted crate, its errors mapped back to Python.

rustc runs on the text as it was emitted, before rustfmt, so that the compiler's line map
holds. An error is always our bug: it becomes a PT901 diagnostic at the Python line, and
the function that owns the line is broken.
"""

from __future__ import annotations

import bisect
import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import Compiled, CrateTree, LineOrigin
from portalis.translate.toolchain import find_toolchain
from portalis.translate.verify.prebuilt import Prebuilt

# rustc takes about half a millisecond a line to check, and many times that on a busy machine.
CHECK_TIMEOUT_S = 300
CHECK_TIMEOUT_S_A_LINE = 0.01
MAX_ERRORS = 200


@dataclass(frozen=True, slots=True)
class RustError:
    """One rustc error. file, line: in the crate, as emitted; "" and 0 where rustc names none."""

    message: str
    code: str
    file: str
    line: int
    rendered: str


@dataclass(frozen=True, slots=True)
class CompileResult:
    """ok: rustc accepted the crate. failure: why rustc could not be asked, else ""."""

    ok: bool
    errors: tuple[RustError, ...] = ()
    failure: str = ""


def write_crate(crate: CrateTree, folder: Path) -> None:
    """Put the crate's files into a folder."""
    for name, text in crate.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def crate_root(crate: CrateTree) -> str:
    """The file rustc starts from."""
    return "src/main.rs" if "src/main.rs" in crate.files else "src/lib.rs"


def check(crate: CrateTree, runtime: Prebuilt) -> CompileResult:
    """Type- and borrow-check; writes nothing but a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="portalis-check-") as folder:
        write_crate(crate, Path(folder))
        return _rustc(crate, Path(folder), runtime, "--emit=metadata", "check.rmeta")


def accepted(modules: Sequence[tuple[dict[str, str], str]], runtime: Prebuilt) -> frozenset[int]:
    """Which of many crates rustc accepts, each given as the files and the declaration that
    make it a module of a crate named `u` and its number. One that is not among them may be
    good by itself."""
    left = set(range(len(modules)))
    while left:
        declared = "".join(modules[i][1] for i in sorted(left))
        files = {path: text for i in left for path, text in modules[i][0].items()}
        result = check(CrateTree({**files, "src/lib.rs": declared}), runtime)
        if result.ok:
            break
        names = {error.file.split("/")[1] for error in result.errors if "/" in error.file}
        bad = {i for i in left if f"u{i}" in names}
        # Without a culprit nothing can be said of any.
        left = left - bad if bad else set()
    return frozenset(left)


def build(crate: CrateTree, runtime: Prebuilt, folder: Path, binary: str) -> CompileResult:
    """Build a binary named `binary` inside `folder` against the prebuilt runtime."""
    write_crate(crate, folder)
    return _rustc(crate, folder, runtime, "--emit=link", binary)


def _rustc(
    crate: CrateTree, folder: Path, runtime: Prebuilt, emit: str, output: str
) -> CompileResult:
    rustc = find_toolchain().rustc
    if rustc is None:
        return CompileResult(False, failure="rustc is not installed")
    lines = sum(text.count("\n") for text in crate.files.values())
    limit_s = CHECK_TIMEOUT_S + CHECK_TIMEOUT_S_A_LINE * lines
    root = crate_root(crate)
    command = [
        rustc,
        "--edition=2024",
        "--crate-type=bin" if root.endswith("main.rs") else "--crate-type=lib",
        "--crate-name=translated",
        "--cap-lints=allow",
        "--error-format=json",
        emit,
        *runtime.flags,
        "-o",
        output,
        root,
    ]
    try:
        ran = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return CompileResult(False, failure=f"rustc took longer than {limit_s:.0f} s")
    except OSError as error:
        return CompileResult(False, failure=f"rustc cannot be run: {error}")
    if ran.returncode == 0:
        return CompileResult(True)
    errors = tuple(parse_messages(ran.stderr, crate.files))
    if not errors:
        first = ran.stderr.strip().splitlines()[:1]
        return CompileResult(False, failure=f"rustc failed: {' '.join(first)}")
    return CompileResult(False, errors)


def parse_messages(stderr: str, files: Mapping[str, str]) -> Iterator[RustError]:
    """rustc's JSON lines -> its errors, each with the place in the crate that caused it."""
    count = 0
    for line in stderr.splitlines():
        if not line.startswith("{"):
            continue
        message = json.loads(line)
        if message.get("level") not in ("error", "error: internal compiler error"):
            continue
        if not message["spans"] and message["message"].startswith("aborting due to"):
            continue
        file, number = _place(message["spans"], files)
        code = (message.get("code") or {}).get("code", "")
        yield RustError(message["message"], code, file, number, message.get("rendered") or "")
        count += 1
        if count >= MAX_ERRORS:
            return


def _place(spans: Sequence[Mapping[str, object]], files: Mapping[str, str]) -> tuple[str, int]:
    """The primary span's place in the crate: where a macro of the runtime was called, if it
    lies inside one."""
    for span in sorted(spans, key=lambda s: not s["is_primary"]):
        where: Mapping[str, object] | None = span
        while where is not None:
            name, line = str(where["file_name"]), where["line_start"]
            if name in files and isinstance(line, int):
                return name, line
            expansion = where.get("expansion")
            where = expansion["span"] if isinstance(expansion, dict) else None
    return "", 0


def origin_of(
    line_map: Mapping[str, tuple[LineOrigin, ...]], file: str, line: int
) -> LineOrigin | None:
    """The Python line that a Rust line came from: the nearest entry at or above it."""
    origins = line_map.get(file, ())
    at = bisect.bisect_right([origin.rust_line for origin in origins], line)
    return origins[at - 1] if at else None


def _python_place(line_map: Mapping[str, tuple[LineOrigin, ...]], error: RustError) -> Span:
    """The Python line; for Rust that no line asked for, the module; else the Rust line."""
    origin = origin_of(line_map, error.file, error.line)
    if origin is not None:
        return Span(origin.python_file, origin.python_line, 1)
    origins = line_map.get(error.file, ())
    if origins:
        return Span(origins[0].python_file)
    return Span(error.file or "the crate", error.line)


def diagnostics_of(result: CompileResult, compiled: Compiled) -> tuple[Diagnostic, ...]:
    """PT901 for each error, at the Python line where one is known, else at the Rust line."""
    found = []
    for error in result.errors:
        span = _python_place(compiled.line_map, error)
        code = f" [{error.code}]" if error.code else ""
        text = compiled.crate.files.get(error.file, "").split("\n")
        rust = text[error.line - 1].strip() if 0 < error.line <= len(text) else ""
        found.append(
            Diagnostic(
                "PT901",
                span,
                f"rustc{code}: {error.message}",
                Severity.ERROR,
                help=f"the Rust line is: {rust}" if rust else "",
            )
        )
    return tuple(found)
