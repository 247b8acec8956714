"""`make native`: the compiler's hot modules as one extension, made by mypyc (ADR 14).

A copy of the package with the extension in it lies in `.native/` then, and is used by who puts
that folder first on the path: `PYTHONPATH=.native`. Nothing else needs it, and no library that
could hide an edited source gets into `src/`.

    python native/build.py [--list]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path("src") / "portalis"
OUT = ROOT / ".native"
COMPILED = (
    "core/trees.py",
    "translate/rows/row.py",
    "translate/ir",
    "translate/frontend",
    "translate/lower",
    "translate/passes",
    "translate/emit",
)
# A node's type is a `Ty` while it is elaborated (`ty_of`), which an extension's `Type` forbids.
INTERPRETED = frozenset(("translate/ir/types.py",))


def modules() -> list[Path]:
    """What is compiled, relative to the root; packages' own `__init__` is not."""
    home = ROOT / PACKAGE
    parts = [home / part for part in COMPILED]
    found = {path for part in parts for path in ([part] if part.is_file() else part.rglob("*.py"))}
    left = {home / part for part in INTERPRETED}
    return sorted(p.relative_to(ROOT) for p in found - left if p.name != "__init__.py")


def build(paths: Sequence[Path]) -> None:
    """Fills `OUT`. Five minutes of a core; errors are mypyc's and the C compiler's."""
    # Only a build needs them; the list of modules is read without.
    import mypyc
    from mypyc.build import mypycify
    from setuptools import setup

    shutil.rmtree(OUT / "portalis", ignore_errors=True)
    shutil.copytree(ROOT / PACKAGE, OUT / "portalis", ignore=shutil.ignore_patterns("__pycache__"))
    os.chdir(ROOT)
    support = Path(mypyc.__file__).parent / "lib-rt"
    # mypyc leaves the last header out of the files of a build of many.
    headers = [f"-include {name}" for name in ("Python.h", "CPy.h", "str_extra_ops.h")]
    os.environ["CFLAGS"] = " ".join((os.environ.get("CFLAGS", ""), f"-I{support}", *headers))
    extensions = mypycify(
        [f"--cache-dir={OUT / 'mypy'}", *map(str, paths)],
        opt_level="1",
        debug_level="0",
        multi_file=True,
        target_dir=str(OUT / "c"),
    )
    places = ["--build-lib", str(OUT), "--build-temp", str(OUT / "objects")]
    setup(
        name="portalis-native",
        packages=[],
        ext_modules=extensions,
        script_args=["--quiet", "build_ext", *places],
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--list", action="store_true", help="the modules, and nothing is built")
    paths = modules()
    if parser.parse_args().list:
        print(*paths, sep="\n")
    else:
        build(paths)
    return 0


if __name__ == "__main__":
    sys.exit(main())
