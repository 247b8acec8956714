"""The wheel with the compiler's hot modules built by mypyc (ADR 14): `make wheel`.

Hatchling calls it where `HATCH_BUILD_HOOK_ENABLE_CUSTOM=1` is set, and then the wheel holds the
extension beside the sources and is one of this platform and this Python. Without it the wheel is
pure.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NativeBuild(BuildHookInterface[Any]):
    """Builds `.native/` and puts its libraries into the wheel, where the path is the same."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises CalledProcessError if the build fails; what it printed says why."""
        if version == "editable":
            return
        root = Path(self.root)
        # In a process of its own: it changes folder and environment, and prints.
        subprocess.run([sys.executable, str(root / "native" / "build.py")], check=True)
        out = root / ".native"
        libraries = sorted([*out.glob("*.so"), *(out / "portalis").rglob("*.so")])
        included: dict[str, str] = build_data["force_include"]
        included.update((str(path), path.relative_to(out).as_posix()) for path in libraries)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
