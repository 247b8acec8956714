"""`portalis translate`: sources in, a Cargo package and a report out."""

from __future__ import annotations

import enum
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import call
from portalis.app.cli.call import CallError

if TYPE_CHECKING:
    from portalis.translate.artifacts import Report, Translated
    from portalis.translate.pipeline import Settings

UNCLEAN = 1
STAGES = ("translate", "check", "run", "write")


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
        int,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Processes to use at most. Each translates units: parts of SRC that no import "
            "connects.",
        ),
    ] = os.cpu_count() or 1,
    cache: Annotated[
        bool,
        typer.Option(
            "--cache/--no-cache",
            help="Keep results of units in the user's cache ($PORTALIS_CACHE), and take what "
            "did not change from there.",
        ),
    ] = True,
    trace: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CMD",
            help="Run CMD (the project's tests, say) in the sandbox first; the types that it "
            "passes to functions are hints where the sources give none. May be repeated.",
        ),
    ] = None,
    timings: Annotated[bool, typer.Option("--timings", help="Show seconds a stage.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT whatever it holds.")] = False,
) -> None:
    """Translate Python sources into a Rust package, and say how far it can be trusted."""
    from portalis.translate.pipeline import Settings

    settings = Settings(
        kind=kind.value,
        verify=verify.value,
        name=_name(sources, out),
        jobs=jobs,
        cached=cache,
    )
    with call.answering():
        clean = _translate(
            sources,
            out,
            settings,
            report or [],
            trace or [],
            as_json=as_json,
            timings=timings,
            force=force,
        )
    raise typer.Exit(0 if clean else UNCLEAN)


def _translate(
    sources: list[str],
    out: Path,
    settings: Settings,
    reports: list[Path],
    traced: list[str],
    *,
    as_json: bool,
    timings: bool,
    force: bool,
) -> bool:
    """Whether all was translated, and verified as far as asked."""
    from dataclasses import replace

    from portalis.translate.delivery import DeliveryError, check_target

    for path in reports:
        if path.suffix not in (".json", ".html"):
            raise CallError(f"--report {path}: the name has to end in .json or .html")
        if not path.parent.is_dir():
            raise CallError(f"--report {path}: there is no folder {path.parent}")
    try:
        check_target(out, force=force, cached=settings.cached)
    except DeliveryError as error:
        raise CallError(str(error)) from error
    loaded = call.read(sources, settings)
    with call.progress((*(["trace"] if traced else []), *STAGES)) as told:

        def on_stage(stage: str) -> None:
            told(stage)
            if stage == "check":
                threading.Thread(target=_load_rest, args=(settings.cached,), daemon=True).start()

        if traced:
            on_stage("trace")
            settings = replace(settings, seen=call.trace(traced, loaded))
        translated = call.run(loaded, settings, on_stage)
        on_stage("write")
        result = _deliver(translated, out, settings, force=force)
    for path in reports:
        _write_report(path, result)
    _show(result, as_json=as_json, timings=timings)
    return result.is_clean


def _load_rest(cached: bool) -> None:
    """What is needed when rustc has answered, loaded and asked while it works."""
    import portalis.translate.delivery
    import portalis.translate.report.as_table  # noqa: F401
    from portalis.translate.toolchain import find_toolchain, version_of

    rustfmt = find_toolchain().rustfmt
    if cached and rustfmt is not None:
        version_of(rustfmt)


def _deliver(translated: Translated, out: Path, settings: Settings, *, force: bool) -> Report:
    """Write the package; the report with what rustfmt could not do, and the time it took."""
    import time
    from dataclasses import replace

    from portalis.translate.delivery import DeliveryError, deliver
    from portalis.translate.pipeline import cpu_seconds

    started, cpu = time.perf_counter(), cpu_seconds()
    try:
        limits = deliver(
            translated.crate, out, force=force, jobs=settings.jobs, cached=settings.cached
        )
    except DeliveryError as error:
        raise CallError(str(error)) from error
    took = time.perf_counter() - started
    report = translated.report
    seconds = dict(report.timings)
    total = seconds.pop("total", 0.0) + took
    return replace(
        report,
        limits=(*report.limits, *limits),
        timings={**seconds, "write": cpu_seconds() - cpu, "total": total},
    )


def _write_report(path: Path, report: Report) -> None:
    from portalis.translate.store import write_beside

    if path.suffix == ".json":
        from portalis.translate.report.as_json import report_json

        text = report_json(report)
    else:
        from portalis.translate.report.as_html import report_html

        text = report_html(report)
    try:
        write_beside(path, text.encode("utf-8"))
    except OSError as error:
        raise CallError(f"--report {path} cannot be written: {error.strerror}") from error


def _show(report: Report, *, as_json: bool, timings: bool) -> None:
    if as_json:
        from portalis.translate.report.as_json import report_json

        sys.stdout.write(report_json(report))
        return
    from portalis.translate.report.as_table import print_report

    print_report(call.stdout_console(), report, timings=timings)


def _name(sources: list[str], out: Path) -> str:
    """The package is called as its folder or first source; standard input as OUT."""
    from portalis.translate.manifest import package_name

    first = Path(sources[0]) if sources and sources[0] != "-" else out
    return package_name(first.resolve().with_suffix("").name)
