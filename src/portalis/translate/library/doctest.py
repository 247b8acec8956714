"""Examples in docstrings: what they print is compared with what they say. `testmod` itself is
written out by the compiler, a function a docstring."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

import _fileio

DONT_ACCEPT_TRUE_FOR_1 = 1
DONT_ACCEPT_BLANKLINE = 2
NORMALIZE_WHITESPACE = 4
ELLIPSIS = 8
SKIP = 16
IGNORE_EXCEPTION_DETAIL = 32
REPORT_UDIFF = 64
REPORT_CDIFF = 128
REPORT_NDIFF = 256
REPORT_ONLY_FIRST_FAILURE = 512
FAIL_FAST = 1024

_DIVIDER = "*" * 70


class TestResults(NamedTuple):
    failed: int
    attempted: int


class Runner:
    """Runs the examples of a module; `begin`, `start`, `put`, `failed` and `finish` are called
    by what is written out."""

    def __init__(self, optionflags: int = 0) -> None:
        if "-v" in sys.argv:
            raise NotImplementedError("doctest: what -v shows is not translated")
        if optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF):
            raise NotImplementedError("doctest: differences are not translated")
        self._flags = optionflags
        self._name = ""
        self._out: list[str] = []
        # The example that runs, until the next one begins.
        self._runs = False
        self._line = 0
        self._source = ""
        self._want = ""
        self._message_at = -1
        self._own_flags = 0
        self._error: BaseException | None = None
        self._failed = 0
        self._tries = 0
        self._failures: list[tuple[str, int, int]] = []
        self._all_failed = 0
        self._all_tries = 0
        self._is_over = False

    def begin(self, name: str) -> None:
        self._name = name
        self._failed = 0
        self._tries = 0

    def start(
        self, line: int, source: str, want: str, message_at: int = -1, added: int = 0,
        taken: int = 0,
    ) -> bool:  # fmt: skip
        """Whether the next example runs: from now on what is printed is its own. `message_at`:
        where in `want` the message of the exception begins that it raises; `added` and
        `taken`: options of its own."""
        self._check()
        if self._is_over:
            return False
        self._tries += 1
        self._runs = True
        self._line = line
        self._source = source + "\n"
        self._want = want + "\n" if want else ""
        self._message_at = message_at
        self._own_flags = (self._flags | added) & ~taken
        self._error = None
        out = self._out
        out.clear()

        def write(text: str) -> Any:
            out.append(text)
            return len(text)

        def flush() -> Any:
            return None

        held: list[Any] = [write, flush]
        _fileio.redirect(False, held[0], held[1])
        return True

    def put(self, text: str) -> None:
        """Shows the value of an expression."""
        self._out.append(text + "\n")

    def failed(self, error: BaseException) -> None:
        """The example raises it."""
        self._error = error

    def _check(self) -> None:
        """The end of the example that runs: compares."""
        if not self._runs:
            return
        self._runs = False
        _fileio.restore(False)
        flags = self._own_flags
        want = self._want
        got = "".join(self._out)
        error = self._error
        if error is None:
            if not _is_same(want, got, flags):
                self._fail(_expected(want) + _got(got), flags)
            return
        message = _fileio.last_line(error)
        if self._message_at < 0:
            shown = "Traceback (most recent call last):\n" + message
            self._fail("Exception raised:\n" + _indented(shown), flags)
            return
        expected = want[self._message_at :]
        if not _is_same(expected, message, flags):
            details = flags & IGNORE_EXCEPTION_DETAIL
            if not (details and _is_same(_bare(expected), _bare(message), flags)):
                shown = got + "Traceback (most recent call last):\n" + message
                self._fail(_expected(want) + _got(shown), flags)

    def finish(self) -> None:
        """At the end of a docstring."""
        self._check()
        self._all_failed += self._failed
        self._all_tries += self._tries
        if self._failed:
            self._failures.append((self._name, self._failed, self._tries))

    def results(self) -> TestResults:
        if self._failures:
            print(_DIVIDER)
            print(len(self._failures), "items had failures:")
            for name, failed, tries in sorted(self._failures):
                print(f" {failed:3d} of {tries:3d} in {name}")
            print(f"***Test Failed*** {self._all_failed} failures.")
        return TestResults(self._all_failed, self._all_tries)

    def _fail(self, text: str, flags: int) -> None:
        is_told = self._failed == 0 or not flags & REPORT_ONLY_FIRST_FAILURE
        self._failed += 1
        if is_told:
            head = f'{_DIVIDER}\nFile "{sys.argv[0]}", line {self._line}, in {self._name}\n'
            print(f"{head}Failed example:\n{_indented(self._source)}{text}", end="")
        if flags & FAIL_FAST:
            self._is_over = True


def _indented(text: str) -> str:
    lines = text.splitlines(True)
    shown = "".join(["    " + line if line.strip() else line for line in lines])
    return shown if shown.endswith("\n") else shown + "\n"


def _expected(want: str) -> str:
    return "Expected:\n" + _indented(want) if want else "Expected nothing\n"


def _got(got: str) -> str:
    return "Got:\n" + _indented(got) if got else "Got nothing\n"


def _bare(message: str) -> str:
    """The class of an exception without its module and text."""
    first = message.partition("\n")[0].partition(":")[0]
    return first.rpartition(".")[2]


def _is_same(want: str, got: str, flags: int) -> bool:
    if got == want:
        return True
    if not flags & DONT_ACCEPT_TRUE_FOR_1:
        if (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
    if not flags & DONT_ACCEPT_BLANKLINE and "<BLANKLINE>" in want:
        lines = want.split("\n")
        want = "\n".join(["" if line.strip() == "<BLANKLINE>" else line for line in lines])
        got = "\n".join(["" if not line.strip() else line for line in got.split("\n")])
        if got == want:
            return True
    if flags & NORMALIZE_WHITESPACE:
        got = " ".join(got.split())
        want = " ".join(want.split())
        if got == want:
            return True
    return bool(flags & ELLIPSIS) and _fits(want, got)


def _fits(want: str, got: str) -> bool:
    """Whether `...` in what is wanted can stand for what there is."""
    if "..." not in want:
        return want == got
    pieces = want.split("...")
    start, end = 0, len(got)
    if pieces[0]:
        if not got.startswith(pieces[0]):
            return False
        start = len(pieces[0])
    if pieces[-1]:
        if not got.endswith(pieces[-1]):
            return False
        end -= len(pieces[-1])
    if start > end:
        return False
    for piece in pieces[1:-1]:
        start = got.find(piece, start, end)
        if start < 0:
            return False
        start += len(piece)
    return True
