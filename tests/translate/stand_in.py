"""A compiler that does not compile: the Rust stands in comments of the Python source.

`#rust TEXT` is a line of the crate, `#refuse` a refusal. With it the verification is
tested on crates that are right or wrong in known ways.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portalis.core.diagnostics import Diagnostic, Span
from portalis.translate.artifacts import (
    Compiled,
    CrateTree,
    FunctionFact,
    LineOrigin,
    SourceFile,
    SourceTree,
)
from portalis.translate.manifest import cargo_manifest


def compile_comments(tree: SourceTree) -> Compiled:
    facts: list[FunctionFact] = []
    rust: list[str] = []
    origins: list[LineOrigin] = []
    refusals: list[Diagnostic] = []
    for file in tree.files:
        facts.extend(facts_of(file))
        for number, line in enumerate(file.text.split("\n"), 1):
            if "#rust " in line:
                rust.append(line.split("#rust ", 1)[1])
                origins.append(LineOrigin(len(rust), file.path, number))
            if "#refuse" in line:
                refusals.append(Diagnostic("PT203", Span(file.path, number, 5), "no row"))
    crate = CrateTree({"Cargo.toml": cargo_manifest("x"), "src/main.rs": "\n".join(rust) + "\n"})
    lines = {"src/main.rs": tuple(origins)}
    return Compiled(crate, tuple(facts), tuple(refusals), lines, is_binary=tree.entry is not None)


def facts_of(file: SourceFile) -> Iterator[FunctionFact]:
    lines = file.text.count("\n")
    yield FunctionFact(file.module, "module", file.module, file.path, 1, lines, lines)
    yield from _inner(file, ast.parse(file.text), file.module, in_class=False)


def _inner(
    file: SourceFile, node: ast.AST, prefix: str, *, in_class: bool
) -> Iterator[FunctionFact]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            is_class = isinstance(child, ast.ClassDef)
            name = f"{prefix}.{child.name}"
            end = child.end_lineno or child.lineno
            yield FunctionFact(
                name,
                "class" if is_class else "method" if in_class else "function",
                file.module,
                file.path,
                child.lineno,
                end,
                end - child.lineno + 1,
            )
            yield from _inner(file, child, name, in_class=is_class)
