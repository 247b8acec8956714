"""IR → the crate in memory: files, and the map from Rust lines to Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import LineOrigin
from portalis.translate.emit import items
from portalis.translate.emit.parentheses import without_needless
from portalis.translate.emit.text import MARK
from portalis.translate.ir import nodes as ir

# Python's names and its definitions that nothing calls are kept.
HEADER = (
    "#![allow(unused, non_snake_case, non_upper_case_globals, non_camel_case_types)]\n"
    "#![allow(unreachable_code, clippy::all)]\n\n"
)

_MARK = re.compile(f"{MARK}(\\d+){MARK}")


@dataclass(frozen=True, slots=True)
class Emitted:
    """Files by path, the origin of each marked line of each, and what failed."""

    files: dict[str, str]
    origins: dict[str, tuple[LineOrigin, ...]]
    faults: tuple[Diagnostic, ...]


def crate(node: ir.CrateIR, is_binary: bool) -> Emitted:
    files: dict[str, str] = {}
    origins: dict[str, tuple[LineOrigin, ...]] = {}
    faults: list[Diagnostic] = []
    methods = frozenset(items.receivers(node))
    for module in node.modules:
        path = f"src/{module.rust_name}.rs"
        home = items.Home(module.rust_name, module.path, methods)
        text = items.module(module, module.rust_name == node.main, node.closes, home)
        files[path], origins[path] = unmark(without_needless(text), module.path)
        for line, fault in home.faults:
            span = Span(module.path, line, 1 if line else 0)
            faults.append(Diagnostic(fault.code, span, str(fault), Severity.ERROR))
    mods = HEADER + "".join(f"pub mod {m.rust_name};\n" for m in node.modules)
    if is_binary:
        files["src/main.rs"] = f"{mods}\nportalis_runtime::program!({node.main}::init);\n"
    else:
        files["src/lib.rs"] = mods
    return Emitted(files, origins, tuple(faults))


def unmark(text: str, python_file: str) -> tuple[str, tuple[LineOrigin, ...]]:
    lines: list[str] = []
    origins: list[LineOrigin] = []
    for line in text.split("\n"):
        marks = _MARK.findall(line) if MARK in line else []
        if marks:
            line = _MARK.sub("", line)
            origins.append(LineOrigin(len(lines) + 1, python_file, int(marks[0])))
        lines.append(line)
    return "\n".join(lines), tuple(origins)
