"""`portalis doctor`: what this machine has, what it lacks, and what that costs."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

# The first version with edition 2024.
MIN_RUSTC = (1, 85)


@dataclass(frozen=True, slots=True)
class Finding:
    """ok: it is there. cost: what does not work without it; empty where ok."""

    name: str
    ok: bool
    what: str
    cost: str = ""


def doctor(
    prebuild: Annotated[
        bool,
        typer.Option("--prebuild", help="Build the runtime now, so that no later call waits."),
    ] = False,
) -> None:
    """Tell what is missing on this machine and what that costs."""
    findings = list(examine())
    if prebuild:
        findings.append(_prebuild())
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = "ok" if finding.ok else "--"
        print(f"{mark}  {finding.name:<{width}}  {finding.what}")
        if finding.cost:
            print(f"    {'':<{width}}  {finding.cost}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def examine() -> Iterator[Finding]:
    """Look at everything that a translation or its verification needs."""
    from portalis.translate.toolchain import cache_folder, find_toolchain, runtime_source
    from portalis.translate.verify.sandbox import find_sandbox

    python = platform.python_version()
    same = sys.version_info[:2] == (3, 11)
    yield Finding(
        "python",
        same,
        python,
        "" if same else "the reference is CPython 3.11: a probe may differ for that reason alone",
    )
    toolchain = find_toolchain()
    yield _rustc(toolchain.rustc)
    yield _tool("cargo", toolchain.cargo, "translated packages cannot be built here")
    yield _tool("rustfmt", toolchain.rustfmt, "packages are written without formatting")
    yield _tool("cc", shutil.which("cc"), "no linker: nothing can be built or run, only checked")
    sandbox = find_sandbox()
    yield Finding(
        "sandbox",
        sandbox is not None,
        f"{sandbox.name} ({sandbox.tool})" if sandbox else "neither bubblewrap nor unshare works",
        "" if sandbox else "--verify run runs nothing; install bubblewrap",
    )
    try:
        yield Finding("runtime", True, str(runtime_source()))
    except FileNotFoundError as error:
        yield Finding("runtime", False, str(error), "nothing can be written; install it again")
    cache = cache_folder()
    yield Finding("cache", True, str(cache))


def _rustc(path: str | None) -> Finding:
    from portalis.translate.toolchain import version_of

    cost = "no compile check, no verification; install Rust from https://rustup.rs"
    if path is None:
        return Finding("rustc", False, "not found", cost)
    version = version_of(path)
    numbers = version.split(" ")[1:2]
    parts = numbers[0].split(".") if numbers else []
    if len(parts) < 2 or not (parts[0].isdigit() and parts[1].isdigit()):
        return Finding("rustc", False, f"{path} does not run", cost)
    if (int(parts[0]), int(parts[1])) < MIN_RUSTC:
        wanted = ".".join(map(str, MIN_RUSTC))
        return Finding("rustc", False, version, f"edition 2024 needs rustc {wanted} or later")
    return Finding("rustc", True, version)


def _tool(name: str, path: str | None, cost: str) -> Finding:
    return Finding(name, path is not None, path or "not found", "" if path else cost)


def _prebuild() -> Finding:
    from portalis.translate.verify.prebuilt import (
        PrebuildError,
        runtime_library,
        runtime_metadata,
    )

    try:
        folder = runtime_metadata().file.parent.parent
        runtime_library()
    except PrebuildError as error:
        return Finding("prebuilt", False, str(error), "no compile check and no verification")
    return Finding("prebuilt", True, str(folder))
