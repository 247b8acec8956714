"""The compiler proper: source tree → crate in memory, with facts and diagnostics.

load (parse, names) → elaborate (types, IR) → passes → emit
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain

from portalis.core import faults, trees
from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate import representation
from portalis.translate.artifacts import (
    Compiled,
    CompileSettings,
    CrateTree,
    FactKind,
    FunctionFact,
    Kept,
    SourceFile,
    SourceTree,
)
from portalis.translate.emit import crate as emit_crate
from portalis.translate.frontend.load import Loaded, load
from portalis.translate.frontend.program import Class, Function, Module
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.elaborate import Elaborated, Elaborator
from portalis.translate.manifest import cargo_manifest, package_files
from portalis.translate.passes import order


def compile_tree(tree: SourceTree, settings: CompileSettings) -> Compiled:
    """Translates what can be translated; the rest are diagnostics. Never raises: what fails
    outside of any function is our bug (PT903), and the crate is empty."""
    is_binary = settings.kind == "bin" or (settings.kind == "auto" and tree.entry is not None)
    if not is_binary:
        tree = replace(tree, entry=None)
    made = faults.attempt(lambda: _compile(tree, settings, is_binary))
    if isinstance(made, faults.Fault):
        found = Diagnostic(made.code, Span(tree.files[0].path), str(made), Severity.ERROR)
        return Compiled(_empty(settings, is_binary), (), (found,), {}, {}, is_binary)
    return made


def _compile(tree: SourceTree, settings: CompileSettings, is_binary: bool) -> Compiled:
    seconds: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        started = time.thread_time()
        yield
        seconds[name] = seconds.get(name, 0.0) + time.thread_time() - started

    left_out: dict[str, Diagnostic] = {}
    while True:
        with stage("parse and names"):
            loaded = load(tree)
        if not loaded.order:
            found = tuple(loaded.diagnostics)
            return Compiled(_empty(settings, is_binary), (), found, {}, seconds, is_binary)
        with stage("types and IR"):
            elaborated = Elaborator(loaded, settings.leave_out, settings.seen).run(settings.name)
        with stage("passes"):
            elaborated.crate.is_program = is_binary
            failed = order.run(elaborated.crate, left_out)
        if failed is None:
            break
        elaborated.release()
        loaded.release()
        name, fault = failed
        left_out[name] = _without(tree, name, fault)
    with stage("emit"):
        emitted = emit_crate.crate(elaborated.crate, is_binary)
    incomplete = elaborated.incomplete or bool(emitted.faults)
    manifest = cargo_manifest(
        settings.name,
        runtime_path=settings.runtime_path,
        is_binary=is_binary,
        incomplete=incomplete,
    )
    diagnostics = (loaded.diagnostics, elaborated.diagnostics, emitted.faults, left_out.values())
    compiled = Compiled(
        CrateTree({**emitted.files, **package_files(manifest)}, settings.name),
        tuple(facts(tree, loaded, elaborated)),
        tuple(chain.from_iterable(diagnostics)),
        emitted.origins,
        seconds,
        is_binary,
        imports(loaded),
        incomplete,
    )
    elaborated.release()
    loaded.release()
    return compiled


def imports(loaded: Loaded) -> dict[str, tuple[str, ...]]:
    """Module -> the user's modules that it imports; each module of the user has an entry."""
    found: dict[str, tuple[str, ...]] = {}
    for module in loaded.order:
        if module.is_library:
            continue
        names = {
            other.name
            for node in (*module.nodes.every(ast.Import), *module.nodes.every(ast.ImportFrom))
            for other in loaded.imports.get(node, ())
            if not other.is_library
        }
        found[module.name] = tuple(sorted(names - {module.name}))
    return found


def _without(tree: SourceTree, name: str, fault: faults.Fault) -> Diagnostic:
    """A pass failed, and the crate is made again without it: slower code, the same meaning."""
    message = f"the pass {name} failed on this program and was left out: {fault}"
    return Diagnostic("PT903", Span(tree.files[0].path), message, Severity.WARNING)


def _empty(settings: CompileSettings, is_binary: bool) -> CrateTree:
    """Nothing could be parsed: a package that says so by being empty."""
    manifest = cargo_manifest(
        settings.name, runtime_path=settings.runtime_path, is_binary=is_binary
    )
    main = {"src/main.rs": "fn main() {}\n"} if is_binary else {"src/lib.rs": ""}
    return CrateTree({**package_files(manifest), **main}, settings.name)


def facts(tree: SourceTree, loaded: Loaded, elaborated: Elaborated) -> Iterator[FunctionFact]:
    for module in loaded.order:
        if module.is_library:
            continue
        file = tree.file_of_module(module.name)
        assert file is not None
        yield from _module_facts(file, module, elaborated)


def _module_facts(
    file: SourceFile, module: Module, elaborated: Elaborated
) -> Iterator[FunctionFact]:
    owned = _own_lines(module)
    text = file.text.split("\n")
    end = len(text)
    assert module.body is not None
    yield FunctionFact(
        module.name,
        "module",
        module.name,
        module.path,
        1,
        end,
        owned.get(None, 0),
        *_representation(module.body, elaborated),
        rust=module.rust_name,
    )
    items: list[tuple[Class | Function, FactKind]] = [(c, "class") for c in module.classes]
    for function in module.functions:
        if not isinstance(function.node, ast.Lambda) and function.original is None:
            items.append((function, "method" if function.cls is not None else "function"))
    for item, kind in items:
        node = item.node
        assert isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        if node not in owned:
            continue
        yield FunctionFact(
            f"{module.name}.{item.qualname}",
            kind,
            module.name,
            module.path,
            first,
            node.end_lineno or node.lineno,
            owned[node],
            *_representation(item, elaborated),
            rust=item.rust_name,
            held_by=_held_by(item, elaborated),
        )


def _held_by(item: Class | Function, elaborated: Elaborated) -> tuple[str, str] | None:
    cls = item if isinstance(item, Class) else item.cls
    return elaborated.untranslated.get(cls) if cls is not None else None


def _representation(
    item: Class | Function, elaborated: Elaborated
) -> tuple[bool, Kept, tuple[str, ...]]:
    """Whether it is dynamic, how it keeps what it holds, and why what is dynamic is."""
    if isinstance(item, Class):
        kept = representation.of_class(elaborated.classes[item])
        return kept.dynamic > 0, kept, representation.notes_of_class(item)
    definition = elaborated.definitions.get(item)
    if definition is None or item in elaborated.refused:
        return False, Kept(), ()
    kept = representation.of_function(definition)
    dynamic = kept.dynamic > 0 or representation.works_dynamically(definition)
    notes = *elaborated.hinted.get(item, ()), *representation.notes_of_function(item)
    return dynamic, kept, notes


def _own_lines(module: Module) -> dict[ast.AST | None, int]:
    """Code lines by the innermost function or class they stand in; None: the module."""
    lines = module.source.split("\n")
    owner: list[ast.AST | None] = [None] * (len(lines) + 2)
    found: dict[ast.AST | None, int] = {None: 0}
    for node in trees.statements(module.tree):  # breadth first: inner ones come later
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if getattr(node, "synthetic", False):
                continue
            found[node] = 0
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            for line in range(first, (node.end_lineno or node.lineno) + 1):
                owner[line] = node
    for number, text in enumerate(lines, 1):
        stripped = text.strip()
        if stripped and not stripped.startswith("#"):
            found[owner[number]] += 1
    return found


__all__ = ["compile_tree", "ir"]
