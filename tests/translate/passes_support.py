"""Python text through the compiler's stages up to a pass, for the passes' tests."""

from __future__ import annotations

import re
from typing import Literal

from portalis.translate.artifacts import CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree
from portalis.translate.frontend.load import load
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.elaborate import Elaborator


def tree_of(text: str) -> SourceTree:
    return SourceTree((SourceFile("m.py", "m", text),), "m")


def crate_of(text: str) -> ir.CrateIR:
    """The IR as elaborated, before any pass."""
    return Elaborator(load(tree_of(text)), frozenset()).run("m").crate


def rust_of(text: str, kind: Literal["auto", "lib"] = "auto") -> str:
    """The module's Rust after all passes, each run of white space one blank."""
    files = compile_tree(tree_of(text), CompileSettings(kind=kind)).crate.files
    return re.sub(r"\s+", " ", files["src/m.rs"])
