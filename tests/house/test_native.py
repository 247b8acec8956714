"""The native build names modules that are there, and no library hides a source."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_modules_to_compile_exist() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "native" / "build.py", "--list"],
        capture_output=True,
        text=True,
        check=True,
    )
    listed = ran.stdout.split()
    assert "src/portalis/translate/lower/call.py" in listed
    assert "src/portalis/translate/ir/types.py" not in listed
    assert [path for path in listed if not (ROOT / path).is_file()] == []


def test_no_library_hides_a_source() -> None:
    assert [*(ROOT / "src").rglob("*.so"), *(ROOT / "src").rglob("*.pyd")] == []
