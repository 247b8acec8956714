"""`portalis bench calibrate`: how fast this machine translates, as a file for simulations."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from portalis.app.cli import call

app = typer.Typer(help="Measure this machine.", no_args_is_help=True)


@app.command()
def calibrate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="What to translate; modules of Python's library else."),
    ] = None,
    out: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")
    ] = Path("calibration.yaml"),
) -> None:
    """Measure what translations take by how far they are verified, in CPU time, and write it for
    `portalis simulate --speeds`. It takes some minutes."""
    with call.answering():
        from portalis.app import calibrate as measuring

        paths = [str(path) for path in files] if files else measuring.library()
        corpus = f"{len(paths)} files" if files else "modules of Python's library"
        missing = [path for path in paths if not Path(path).is_file()]
        if missing:
            raise call.CallError(f"there is no file {missing[0]}")
        found = {}
        with tempfile.TemporaryDirectory() as folder:
            small = Path(folder) / "small.py"
            small.write_text("print(1)\n")
            for verify in measuring.LEVELS:
                found[verify] = measuring.measure(verify, str(small), paths)
                rate, lines = found[verify]
                print(f"portalis: {verify}: {rate} on {lines:,} lines", file=sys.stderr)
        info = Path("/proc/cpuinfo")
        told = info.read_text().splitlines() if info.exists() else []
        today = datetime.now(UTC).date()
        out.write_text(measuring.document(found, corpus, today, measuring.machine(told)))
        print(out)


# One command alone would not be a group.
@app.callback()
def _group() -> None:
    """Measure this machine."""
