"""What the verbs that compile share: reading sources, progress on stderr, the exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from portalis.translate.artifacts import SeenType, Translated
    from portalis.translate.pipeline import Settings
    from portalis.translate.sources import Loaded

WRONG_CALL = 2
INTERRUPTED = 130


class CallError(Exception):
    """The call is wrong; the text is for the user."""


@contextmanager
def answering(nothing: str = "nothing was written") -> Iterator[None]:
    """Ends the process with the code for a wrong call or an interruption; `nothing` says
    what an interrupted call left behind."""
    code = 0
    try:
        with _terminable():
            yield
    except CallError as error:
        print(f"portalis: {error}", file=sys.stderr)
        code = WRONG_CALL
    except KeyboardInterrupt:
        print(f"portalis: interrupted; {nothing}", file=sys.stderr)
        code = INTERRUPTED
    if code:
        raise typer.Exit(code)


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM cleans up as Ctrl-C does."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def read(sources: list[str], settings: Settings) -> Loaded:
    """The sources. Raises CallError where there is nothing to compile."""
    from portalis.translate.kept import notes
    from portalis.translate.sources import load

    stdin = sys.stdin.buffer.read() if "-" in sources else None
    loaded = load(sources, settings.kind, stdin, notes(sources, settings.cached))
    if loaded.given_failed or not loaded.tree.files:
        for diagnostic in loaded.diagnostics:
            _say(diagnostic)
        raise CallError("nothing was written")
    if settings.kind == "bin" and loaded.tree.entry is None:
        raise CallError(
            "--kind bin: nothing here is run by `python`: no __main__.py, no main.py, and no "
            "single file with `if __name__ == '__main__'`"
        )
    return loaded


def trace(commands: list[str], loaded: Loaded) -> Mapping[str, Mapping[str, SeenType]]:
    """What the commands, run in a copy of the current folder, pass to the functions of the
    sources. Raises CallError where one cannot be run or shows nothing."""
    from portalis.translate.artifacts import SeenType
    from portalis.translate.verify.sandbox import find_sandbox
    from portalis.translate.verify.witness import WitnessError, watch

    sandbox = find_sandbox()
    if sandbox is None:
        raise CallError("--trace: no sandbox (bubblewrap or unshare) works on this machine")
    seen: dict[str, dict[str, SeenType]] = {}
    for command in commands:
        try:
            found, outcome = watch(command, Path.cwd(), loaded.tree, sandbox)
        except WitnessError as error:
            raise CallError(str(error)) from error
        ended = f"stopped: {outcome.stopped}" if outcome.stopped else f"exit code {outcome.code}"
        print(f"portalis: {command}: {len(found)} functions seen, {ended}", file=sys.stderr)
        for name, params in found.items():
            known = seen.setdefault(name, {})
            for param, ty in params.items():
                known[param] = ty | known.get(param, SeenType())
    return seen


def run(loaded: Loaded, settings: Settings, on_stage: Callable[[str], None]) -> Translated:
    """Compile and verify. Raises CallError where the compiler itself failed."""
    from portalis.translate.pipeline import our_failure, translate

    try:
        return translate(
            loaded.tree,
            settings,
            known=loaded.diagnostics,
            notes=loaded.notes,
            on_stage=on_stage,
        )
    except Exception as error:
        if os.environ.get("PORTALIS_DEBUG"):
            raise
        _say(our_failure(loaded.tree, error))
        raise CallError("the compiler failed; nothing was written") from error


@contextmanager
def progress(stages: tuple[str, ...]) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere, on stderr."""
    if not sys.stderr.isatty():
        yield lambda stage: print(f"portalis: {stage}", file=sys.stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(stages))

        def on_stage(stage: str) -> None:
            done = stages.index(stage) if stage in stages else None
            bar.update(task, description=stage, completed=done)

        yield on_stage


def stdout_console() -> Console:
    """For people: the terminal's width, or one that fits a log."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)


def _say(diagnostic: object) -> None:
    """A diagnostic on stderr."""
    from rich.console import Console

    from portalis.core.diagnostics import Diagnostic
    from portalis.translate.report.as_table import print_diagnostic

    assert isinstance(diagnostic, Diagnostic)
    print_diagnostic(Console(stderr=True, highlight=False), diagnostic)
