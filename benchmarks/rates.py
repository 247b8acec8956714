"""The table of `src/portalis/resource/rates.py`, measured: python benchmarks/rates.py [FILE…]

CPU milliseconds of one process and of the rustc that it runs, as `portalis bench calibrate`
measures them: of FILEs, else of every eighth program of `tests/cases/run`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from portalis.app.calibrate import LEVELS, measure
from portalis.resource.rates import RATES

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "run"


def main() -> None:
    given = sys.argv[1:] or [str(path) for path in sorted(CASES.glob("*.py"))[::8]]
    print("| verify | start, ms | a unit, ms | a line, us | lines | in the table |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.py"
        small.write_text("print(1)\n")
        for verify in LEVELS:
            found, lines = measure(verify, str(small), given)
            print(
                f"| {verify} | {found.start_ms} | {found.unit_ms} | {found.line_us} "
                f"| {lines:,} | {RATES[verify]} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
