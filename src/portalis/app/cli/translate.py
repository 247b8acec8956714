"""`portalis translate`: sources in, a Cargo package and a report out."""

from __future__ import annotations

import enum
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from portalis.translate.artifacts import Report
    from portalis.translate.pipeline import Settings, Translated
    from portalis.translate.sources import Loaded

INTERRUPTED = 130


class KindOption(enum.StrEnum):
    """auto: a program if something in the sources can be run, else a library."""

    BIN = "bin"
    LIB = "lib"
    AUTO = "auto"


class VerifyOption(enum.StrEnum):
    """run: compile, and compare with CPython in a sandbox."""

    NONE = "none"
    COMPILE = "compile"
    RUN = "run"


class CallError(Exception):
    """The call is wrong; the text is for the user."""


def translate(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SRC...", help="Python files, a package folder, or - for standard input."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="OUT", help="The Cargo package to write.")
    ],
    kind: Annotated[KindOption, typer.Option(help="What OUT is.")] = KindOption.AUTO,
    verify: Annotated[
        VerifyOption, typer.Option(help="How far the result is verified.")
    ] = VerifyOption.COMPILE,
    report: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Write the report; .json or .html; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print report.json.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes to use.")
    ] = os.cpu_count() or 1,
    timings: Annotated[bool, typer.Option("--timings", help="Show seconds a stage.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT whatever it holds.")] = False,
) -> None:
    """Translate Python sources into a Rust package, and say how far it can be trusted."""
    from portalis.translate.pipeline import Settings

    code = INTERRUPTED
    try:
        with _terminable():
            settings = Settings(
                kind=kind.value,
                verify=verify.value,
                name=_name(sources, out),
                jobs=jobs,
            )
            code = _translate(
                sources, out, settings, report or [], as_json=as_json, timings=timings, force=force
            )
    except CallError as error:
        print(f"portalis: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        print("portalis: interrupted; nothing was written", file=sys.stderr)
    raise typer.Exit(code)


def _translate(
    sources: list[str],
    out: Path,
    settings: Settings,
    reports: list[Path],
    *,
    as_json: bool,
    timings: bool,
    force: bool,
) -> int:
    from portalis.translate.delivery import DeliveryError, check_target

    for path in reports:
        if path.suffix not in (".json", ".html"):
            raise CallError(f"--report {path}: the name has to end in .json or .html")
        if not path.parent.is_dir():
            raise CallError(f"--report {path}: there is no folder {path.parent}")
    try:
        check_target(out, force=force)
    except DeliveryError as error:
        raise CallError(str(error)) from error
    loaded = _load(sources, settings)
    with _progress() as on_stage:
        translated = _run(loaded, settings, on_stage)
        on_stage("write")
        result = _deliver(translated, out, force=force)
    for path in reports:
        _write_report(path, result)
    _show(result, as_json=as_json, timings=timings)
    return 0 if result.is_clean else 1


def _load(sources: list[str], settings: Settings) -> Loaded:
    from portalis.translate.sources import load

    stdin = sys.stdin.buffer.read() if "-" in sources else None
    loaded = load(sources, settings.kind, stdin)
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


def _run(loaded: Loaded, settings: Settings, on_stage: Callable[[str], None]) -> Translated:
    from portalis.translate.pipeline import our_failure, translate

    try:
        return translate(loaded.tree, settings, known=loaded.diagnostics, on_stage=on_stage)
    except Exception as error:
        if os.environ.get("PORTALIS_DEBUG"):
            raise
        _say(our_failure(loaded.tree, error))
        raise CallError("the compiler failed; nothing was written") from error


def _deliver(translated: Translated, out: Path, *, force: bool) -> Report:
    """Write the package; the report with what rustfmt could not do, and the time it took."""
    import time
    from dataclasses import replace

    from portalis.translate.delivery import DeliveryError, deliver

    started = time.perf_counter()
    try:
        limits = deliver(translated.crate, out, force=force)
    except DeliveryError as error:
        raise CallError(str(error)) from error
    took = time.perf_counter() - started
    report = translated.report
    seconds = dict(report.timings)
    total = seconds.pop("total", 0.0) + took
    return replace(
        report,
        limits=(*report.limits, *limits),
        timings={**seconds, "write": took, "total": total},
    )


def _write_report(path: Path, report: Report) -> None:
    from portalis.translate.verify.prebuilt import write_beside

    if path.suffix == ".json":
        from portalis.translate.report.as_json import report_json

        text = report_json(report)
    else:
        from portalis.translate.report.as_html import report_html

        text = report_html(report)
    try:
        write_beside(path, text)
    except OSError as error:
        raise CallError(f"--report {path} cannot be written: {error.strerror}") from error


def _show(report: Report, *, as_json: bool, timings: bool) -> None:
    if as_json:
        from portalis.translate.report.as_json import report_json

        sys.stdout.write(report_json(report))
        return
    from rich.console import Console

    from portalis.translate.report.as_table import print_report

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120)
    print_report(console, report, timings=timings)


def _say(diagnostic: object) -> None:
    """A diagnostic on stderr."""
    from rich.console import Console

    from portalis.core.diagnostics import Diagnostic
    from portalis.translate.report.as_table import print_diagnostic

    assert isinstance(diagnostic, Diagnostic)
    print_diagnostic(Console(stderr=True, highlight=False), diagnostic)


def _name(sources: list[str], out: Path) -> str:
    """The package is called as its folder or first source; standard input as OUT."""
    from portalis.translate.manifest import package_name

    first = Path(sources[0]) if sources and sources[0] != "-" else out
    return package_name(first.resolve().with_suffix("").name)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere, on stderr."""
    if not sys.stderr.isatty():
        yield lambda stage: print(f"portalis: {stage}", file=sys.stderr)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    stages = ("translate", "check", "run", "write")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(stages))

        def on_stage(stage: str) -> None:
            done = stages.index(stage) if stage in stages else None
            bar.update(task, description=stage, completed=done)

        yield on_stage


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
