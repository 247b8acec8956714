"""Test cases as the compiler writes them out: what runs them, and what a failure says."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import _fileio


class SkipTest(Exception):
    pass


_cleanups: list[Callable[[], Any]] = []
# Failures of the subtests of the test that runs: its description, and the exception.
_failures: list[tuple[str, BaseException]] = []


def add_cleanup(call: Callable[[], Any]) -> None:
    _cleanups.append(call)


def sub_failed(description: str, error: BaseException) -> None:
    """Keeps what ended a subtest; its test goes on."""
    _failures.append((description, error))


def described(message: object, params: str) -> str:
    """How a report names a subtest."""
    parts = [] if message is None else [f"[{message}]"]
    if params:
        parts.append(f"({params})")
    return " " + (" ".join(parts) or "(<subtest>)")


def unequal(first: str, second: str, kind: str, other: str) -> str:
    """The first line of what `assertEqual` says."""
    heads = {"list": "Lists differ: ", "tuple": "Tuples differ: "}
    head = heads.get(kind, "") if kind == other else ""
    return f"{head}{first} != {second}"


def same_items(first: list[Any], second: list[Any]) -> bool:
    """Whether both hold the same, in any order."""
    for item in first:
        if item not in second:
            return False
        second.remove(item)
    return not second


class raised:
    """What `as` binds in `with self.assertRaises(…) as …`."""

    def __init__(self, exception: BaseException) -> None:
        self.exception = exception


class Runner:
    """Runs the tests that it is given, one after the other, and reports on stderr."""

    def __init__(self, verbosity: int, stops: bool) -> None:
        self._verbosity = verbosity
        self._stops = stops
        for argument in sys.argv[1:]:
            if argument in ("-v", "--verbose"):
                self._verbosity = 2
            elif argument in ("-q", "--quiet"):
                self._verbosity = 0
            elif argument in ("-f", "--failfast"):
                self._stops = True
            else:
                raise NotImplementedError("unittest: a choice of tests is not translated")
        self._started = time.perf_counter()
        self._ran = 0
        self._skipped = 0
        self._expected = 0
        self._surprises: list[str] = []
        self._errors: list[tuple[str, BaseException]] = []
        self._fails: list[tuple[str, BaseException]] = []
        self._is_over = False
        # Of the test that runs.
        self._bad = 0
        self._reason: str | None = None

    def enter(self, name: str, set_up: Callable[[], Any]) -> bool:
        """Whether what comes before the tests of a class went well."""
        if self._is_over:
            return False
        try:
            set_up()
        except SkipTest as error:
            self._skipped += 1
            self._tell("s", "skipped " + repr(str(error)))
            return False
        except Exception as error:  # noqa: BLE001 - whatever it raises is reported
            self._errors.append((f"setUpClass ({name})", error))
            self._tell("E", "ERROR")
            return False
        return True

    def leave(self, name: str, tear_down: Callable[[], Any]) -> None:
        try:
            tear_down()
        except Exception as error:  # noqa: BLE001 - whatever it raises is reported
            self._errors.append((f"tearDownClass ({name})", error))
            self._tell("E", "ERROR")

    def skip(self, name: str, about: str, reason: str) -> None:
        if not self._is_over:
            self._begin(name, about)
            self._skipped += 1
            self._tell("s", "skipped " + repr(reason))

    def run(
        self, name: str, about: str, fails: bool,
        set_up: Callable[[], Any], test: Callable[[], Any], tear_down: Callable[[], Any],
    ) -> None:  # fmt: skip
        """One test; `fails`: it is expected to."""
        if self._is_over:
            return
        self._begin(name, about)
        self._bad = 0
        self._reason = None
        held = self._held()
        if self._part(set_up, held):
            self._part(test, held)
            self._part(tear_down, held)
        while _cleanups:
            self._part(_cleanups.pop(), held)
        if fails and self._reason is None:
            self._end_expected(name, len(held))
            return
        for description, error in held:
            self._failed(name + description, error)
        if self._bad == 0 and self._reason is None:
            self._tell(".", "ok")

    def _held(self) -> list[tuple[str, BaseException]]:
        return []

    def _begin(self, name: str, about: str) -> None:
        self._ran += 1
        if self._verbosity > 1:
            sys.stderr.write(f"{name}\n{about} ... " if about else f"{name} ... ")

    def _part(self, call: Callable[[], Any], held: list[tuple[str, BaseException]]) -> bool:
        is_fine = False
        try:
            call()
            is_fine = True
        except KeyboardInterrupt:
            raise
        except SkipTest as error:
            self._reason = str(error)
            self._skipped += 1
            self._tell("s", "skipped " + repr(str(error)))
        except BaseException as error:  # noqa: BLE001 - whatever it raises is reported
            _failures.append(("", error))
        for failure in _failures:
            held.append(failure)
        _failures.clear()
        return is_fine

    def _end_expected(self, name: str, count: int) -> None:
        if count:
            self._expected += 1
            self._tell("x", "expected failure")
        else:
            self._surprises.append(name)
            self._tell("u", "unexpected success")
            self._is_over = self._stops

    def _failed(self, name: str, error: BaseException) -> None:
        self._bad += 1
        if isinstance(error, AssertionError):
            self._fails.append((name, error))
            self._tell("F", "FAIL")
        else:
            self._errors.append((name, error))
            self._tell("E", "ERROR")
        self._is_over = self._stops

    def _tell(self, short: str, long: str) -> None:
        if self._verbosity > 1:
            sys.stderr.write(long + "\n")
        elif self._verbosity == 1:
            sys.stderr.write(short)

    def finish(self, exits: bool) -> None:
        """The report; the program's end, with a code that says whether all went well."""
        took = time.perf_counter() - self._started
        lines = [""] if self._verbosity > 0 else []
        for label, failures in (("ERROR", self._errors), ("FAIL", self._fails)):
            for name, error in failures:
                lines += ["=" * 70, f"{label}: {name}", "-" * 70]
                lines += ["Traceback (most recent call last):", _fileio.last_line(error)]
        if self._surprises:
            lines.append("=" * 70)
            lines += [f"UNEXPECTED SUCCESS: {name}" for name in self._surprises]
        lines += ["-" * 70, f"Ran {self._ran} test{'' if self._ran == 1 else 's'} in {took:.3f}s"]
        is_bad = bool(self._errors or self._fails or self._surprises)
        counts = (
            ("failures", len(self._fails)),
            ("errors", len(self._errors)),
            ("skipped", self._skipped),
            ("expected failures", self._expected),
            ("unexpected successes", len(self._surprises)),
        )
        told = ", ".join([f"{word}={count}" for word, count in counts if count])
        lines += ["", ("FAILED" if is_bad else "OK") + (f" ({told})" if told else "")]
        sys.stderr.write("\n".join(lines) + "\n")
        if exits:
            sys.exit(is_bad)
