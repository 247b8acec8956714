"""Reading sources: paths or standard input -> `SourceTree` and diagnostics.

Every file that cannot be read, decoded or parsed becomes a diagnostic with its place;
the tree holds the others. Names of modules come from where the files lie, as Python's
import system would find them.
"""

from __future__ import annotations

import io
import os
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import Kind, SourceFile, SourceTree
from portalis.translate.outline import Notes

MAX_FILE_BYTES = 16_000_000
MAX_LINE_CHARS = 1_000_000
# How much of a source line a diagnostic carries.
SHOWN_LINE_CHARS = 160
SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "target"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """given_failed: a file that the user named is not in the tree. notes: what is known of
    its files."""

    tree: SourceTree
    diagnostics: tuple[Diagnostic, ...] = ()
    given_failed: bool = False
    notes: Notes = field(default_factory=Notes)


@dataclass(slots=True)
class _Candidate:
    """A file to read: its path, the name it will have, and whether the user named it."""

    path: Path
    shown: str
    module: str
    is_package: bool = False
    given: bool = True


@dataclass(slots=True)
class _Reading:
    notes: Notes = field(default_factory=Notes)
    files: dict[str, SourceFile] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    given_failed: bool = False


def load(
    paths: Sequence[str],
    kind: Kind = "auto",
    stdin: bytes | None = None,
    notes: Notes | None = None,
) -> Loaded:
    """Read files and folders; `-` is `stdin`. Never raises for what the files hold. The
    syntax of files that are in the notes is right."""
    reading = _Reading(notes if notes is not None else Notes())
    candidates: list[_Candidate] = []
    script = len(paths) == 1
    for given in paths:
        if given == "-":
            _take(reading, "<stdin>", "main", stdin or b"", is_package=False, given=True)
        else:
            candidates.extend(_candidates(Path(given), reading, script=script))
    for candidate in candidates:
        _read(candidate, reading)
    if not reading.files and not reading.diagnostics:
        span = Span(paths[0] if paths else "-")
        reading.diagnostics.append(_error("PT005", span, "no Python file is in here"))
    files = tuple(reading.files[name] for name in sorted(reading.files))
    entry = None if kind == "lib" else _entry(files, paths, kind)
    tree = SourceTree(files, entry)
    return Loaded(tree, tuple(reading.diagnostics), reading.given_failed, reading.notes)


def load_text(text: str, path: str = "main.py", module: str = "main") -> Loaded:
    """A tree of one module from text that is in memory."""
    reading = _Reading()
    _take(reading, path, module, text.encode("utf-8", "surrogatepass"), False, given=True)
    tree = SourceTree(tuple(reading.files.values()), module if reading.files else None)
    return Loaded(tree, tuple(reading.diagnostics), reading.given_failed)


def shorten(line: str, column: int = 1) -> str:
    """A window of a long line that holds the column."""
    if len(line) <= SHOWN_LINE_CHARS:
        return line
    start = max(0, min(column - SHOWN_LINE_CHARS // 2, len(line) - SHOWN_LINE_CHARS))
    middle = line[start : start + SHOWN_LINE_CHARS]
    tail = "…" if start + SHOWN_LINE_CHARS < len(line) else ""
    return ("…" if start else "") + middle + tail


def _error(code: str, span: Span, message: str, source_line: str = "") -> Diagnostic:
    return Diagnostic(
        code, span, message, Severity.ERROR, source_line=shorten(source_line, span.column)
    )


def _candidates(path: Path, reading: _Reading, *, script: bool) -> Iterator[_Candidate]:
    if not path.is_dir():
        root = path.parent if script else _import_root(path)
        yield _candidate(path, root, path.as_posix(), given=True)
        return
    root = _import_root(path / "__init__.py")
    found = 0
    for file in _python_files(path, reading):
        found += 1
        yield _candidate(file, root, file.as_posix(), given=False)
    if not found:
        span = Span(path.as_posix())
        reading.diagnostics.append(_error("PT005", span, "no Python file is in this folder"))
        reading.given_failed = True


def _import_root(file: Path) -> Path:
    """The folder that has to be on `sys.path` for the file's package to be importable."""
    folder = file.resolve().parent
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def _candidate(path: Path, root: Path, shown: str, *, given: bool) -> _Candidate:
    try:
        parts = list(path.resolve().relative_to(root.resolve()).with_suffix("").parts)
    except ValueError:  # a link that leads out of the folder
        parts = [path.stem]
    is_package = parts[-1] == "__init__" and len(parts) > 1
    if is_package:
        parts.pop()
    return _Candidate(path, shown, ".".join(parts), is_package, given)


def _python_files(folder: Path, reading: _Reading) -> Iterator[Path]:
    """The folder's .py files in a stable order, hidden and installed ones left out."""

    def unreadable(error: OSError) -> None:
        span = Span(Path(str(error.filename)).as_posix())
        reading.diagnostics.append(_error("PT003", span, _reason(error)))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(place)
        folders[:] = sorted(
            name
            for name in folders
            if name not in SKIPPED_FOLDERS
            and not name.startswith(".")
            and not (here / name / "pyvenv.cfg").exists()
        )
        for name in sorted(files):
            if name.endswith(".py") and not name.startswith("."):
                yield here / name


def _read(candidate: _Candidate, reading: _Reading) -> None:
    span = Span(candidate.shown)
    try:
        if not candidate.path.is_file():
            found = candidate.path.exists()
            problem = "this is not a regular file" if found else "no such file or folder"
            _fail(reading, candidate.given, _error("PT003", span, problem))
            return
        if candidate.path.stat().st_size > MAX_FILE_BYTES:
            limit = f"the file is larger than {MAX_FILE_BYTES:,} bytes"
            _fail(reading, candidate.given, _error("PT802", span, limit))
            return
        raw = candidate.path.read_bytes()
    except OSError as error:
        _fail(reading, candidate.given, _error("PT003", span, _reason(error)))
        return
    _take(
        reading,
        candidate.shown,
        candidate.module,
        raw,
        candidate.is_package,
        given=candidate.given,
    )


def _reason(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _fail(reading: _Reading, given: bool, diagnostic: Diagnostic) -> None:
    reading.diagnostics.append(diagnostic)
    reading.given_failed |= given


def _take(
    reading: _Reading, shown: str, module: str, raw: bytes, is_package: bool, *, given: bool
) -> None:
    """Decode and check one file; add it or its diagnostic."""
    decoded = _decode(shown, raw)
    if isinstance(decoded, Diagnostic):
        _fail(reading, given, decoded)
        return
    text, encoding = decoded
    file = SourceFile(shown, module, text, is_package, encoding)
    problem = _check_size(shown, text)
    if problem is None and not reading.notes.has(file):
        problem = check_syntax(shown, text)
    if problem is not None:
        _fail(reading, given, problem)
        return
    if module in reading.files:
        message = f"module {module!r} is {reading.files[module].path} already"
        _fail(reading, True, _error("PT006", Span(shown), message))
        return
    reading.files[module] = file


def _decode(shown: str, raw: bytes) -> tuple[str, str] | Diagnostic:
    """The text (PEP 263: byte order mark, coding cookie, else UTF-8) and its encoding."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        return _undecodable(shown, raw, error)
    except SyntaxError as error:
        # `detect_encoding` refuses an unknown cookie, and UTF-8 that is none in its first lines.
        if "unknown encoding" not in str(error):
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError as undecodable:
                return _undecodable(shown, raw, undecodable)
        return _error("PT004" if b"\0" in raw else "PT002", Span(shown, 1, 1), str(error))
    except LookupError as error:  # a codec that is not for text
        return _error("PT002", Span(shown, 1, 1), str(error))
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        column = nul - text.rfind("\n", 0, nul)
        return _error("PT004", Span(shown, line, column), "a NUL byte: this is a binary file")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _undecodable(shown: str, raw: bytes, error: UnicodeDecodeError) -> Diagnostic:
    line = raw.count(b"\n", 0, error.start) + 1
    column = error.start - raw.rfind(b"\n", 0, error.start)
    if b"\0" in raw:
        return _error("PT004", Span(shown, line, column), "this is a binary file")
    message = f"not {error.encoding}: {error.reason} (byte 0x{raw[error.start]:02x})"
    return _error("PT002", Span(shown, line, column), message)


def _check_size(shown: str, text: str) -> Diagnostic | None:
    if len(text) <= MAX_LINE_CHARS:
        return None
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE_CHARS:
            message = f"the line has {len(line):,} characters, more than {MAX_LINE_CHARS:,}"
            return _error("PT802", Span(shown, number, 1), message, line)
    return None


def check_syntax(shown: str, text: str) -> Diagnostic | None:
    """What CPython's own compiler says about the text, or None."""
    try:
        _compile(text, shown)
    except (MemoryError, RecursionError):
        # Here CPython's parser or compiler says that its own stack is at its end.
        line = _deep_line(text)
        source = text.split("\n")[line - 1]
        message = "nested deeper than CPython's own parser goes"
        return _error("PT801", Span(shown, line, 1), message, source)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        return _error("PT002", Span(shown, line, 1), "a lone surrogate is in the text")
    except (SyntaxError, ValueError) as error:
        return _syntax_diagnostic(shown, text, error)
    return None


def _syntax_diagnostic(shown: str, text: str, error: SyntaxError | ValueError) -> Diagnostic:
    if not isinstance(error, SyntaxError):
        return _error("PT001", Span(shown, 1, 1), str(error))
    line = error.lineno or 1
    # A file that ends too early is reported one line behind its end.
    lines = text.split("\n")
    line = min(line, len(lines))
    end = max(error.end_offset or 0, 0)
    span = Span(shown, line, max(error.offset or 1, 1), error.end_lineno or 0, end)
    deep = error.msg.startswith(("too many nested", "too many levels", "too many statically"))
    return _error("PT801" if deep else "PT001", span, error.msg, lines[line - 1])


def _compile(text: str, shown: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(text, shown, "exec", dont_inherit=True)


def _deep_line(text: str) -> int:
    """The line at which the nesting becomes too deep: the end of the shortest prefix of
    whole lines that overflows the parser too."""
    lines = text.split("\n")
    low, high = 0, len(lines)
    while high - low > 1:
        middle = (low + high) // 2
        try:
            _compile("\n".join(lines[:middle]) + "\n", "prefix")
        except (MemoryError, RecursionError):
            high = middle
        except (SyntaxError, ValueError):
            low = middle
        else:
            low = middle
    return high


def _entry(files: tuple[SourceFile, ...], paths: Sequence[str], kind: Kind) -> str | None:
    """What `python` would run: the only file, `__main__`, `main`, the only file with a main
    guard; for a binary of several files else the first that was given."""
    if len(files) == 1 and not files[0].is_package:
        return files[0].module
    found = entry_of(files)
    if found is None and kind == "bin":
        first = next((file for file in files if file.path == Path(paths[0]).as_posix()), None)
        return first.module if first is not None else None
    return found


def entry_of(files: Sequence[SourceFile]) -> str | None:
    """`__main__`, `main`, or the only file with a main guard."""
    names = [file.module for file in files]
    for wanted in ("__main__", "main"):
        fits = [name for name in names if name.rpartition(".")[2] == wanted]
        if fits:
            return min(fits, key=lambda name: (name.count("."), name))
    guarded = [file.module for file in files if _has_guard(file.text)]
    return guarded[0] if len(guarded) == 1 else None


def _has_guard(text: str) -> bool:
    return any(
        line.startswith("if __name__ ==") and "__main__" in line for line in text.split("\n")
    )
