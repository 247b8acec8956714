"""Probes: programs that call the translated functions, made from what the sources hold.

Besides the program itself, doctest examples and `test_…` functions without parameters
are probes: a driver module is written for each module that has some, and one more that
runs them all. The drivers are Python source, translated together with the modules; each
probe prints a mark first, so that outputs are compared one by one.
"""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from dataclasses import dataclass

from portalis.core import syntax, trees
from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.verify.tracer import MARK

DRIVER = "portalis_probe"


@dataclass(frozen=True, slots=True)
class Probe:
    """One section of the driver's output. owner: the qualified name of what it probes;
    source: `doctest` or `test function`; driver: the function that runs it."""

    owner: str
    source: str
    module: str
    driver: str


@dataclass(frozen=True, slots=True)
class ProbeProgram:
    """The tree with its drivers; section n + 1 of the output belongs to probe n."""

    tree: SourceTree
    probes: tuple[Probe, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    probe: Probe
    lines: tuple[str, ...]
    names: frozenset[str]


def probe_program(tree: SourceTree, without: frozenset[str] = frozenset()) -> ProbeProgram | None:
    """The drivers for all probes but those whose driver function is in `without`."""
    files: list[SourceFile] = []
    probes: list[Probe] = []
    for file in tree.files:
        module = syntax.parse(file.text)
        bodies = [b for b in _bodies(file, module, len(files)) if b.probe.driver not in without]
        if not bodies:
            continue
        driver = f"{DRIVER}_{len(files)}"
        text = _driver_text(file, module, bodies, first=len(probes))
        files.append(SourceFile(f"<{driver}>", driver, text))
        probes.extend(body.probe for body in bodies)
    if not probes:
        return None
    calls = "".join(f"{file.module}.run_all()\n" for file in files)
    imports = "".join(f"import {file.module}\n" for file in files)
    files.append(SourceFile(f"<{DRIVER}>", DRIVER, imports + "\n" + calls))
    everything = tuple(sorted((*tree.files, *files), key=lambda file: file.module))
    return ProbeProgram(SourceTree(everything, DRIVER), tuple(probes))


def import_program(tree: SourceTree) -> SourceTree:
    """A program that imports every module of a library, for what runs at import."""
    modules = [file.module for file in tree.files if not file.module.endswith("__main__")]
    text = "".join(f"import {module}\n" for module in modules)
    driver = SourceFile(f"<{DRIVER}>", DRIVER, text)
    return SourceTree((*tree.files, driver), DRIVER)


def _bodies(file: SourceFile, module: ast.Module, number: int) -> Iterator[_Body]:
    parser = doctest.DocTestParser()
    for index, (owner, docstring) in enumerate(_docstrings(file.module, module)):
        try:
            examples = parser.get_examples(docstring)
        except ValueError:
            continue
        probe = Probe(owner, "doctest", file.module, f"{DRIVER}_{number}.probe_{index}")
        body = _doctest_body(probe, examples)
        if body is not None:
            yield body
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            spec = node.args
            if spec.posonlyargs or spec.args or spec.kwonlyargs or node.decorator_list:
                continue
            owner = f"{file.module}.{node.name}"
            probe = Probe(
                owner, "test function", file.module, f"{DRIVER}_{number}.probe_{node.name}"
            )
            yield _Body(probe, (f"{node.name}()",), frozenset({node.name}))


def _docstrings(
    prefix: str, node: ast.Module | ast.ClassDef | ast.FunctionDef
) -> Iterator[tuple[str, str]]:
    """Qualified names and docstrings that hold examples, in source order."""
    text = ast.get_docstring(node, clean=True)
    if text and ">>>" in text:
        yield prefix, text
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            if isinstance(node, ast.FunctionDef):
                continue
            yield from _docstrings(f"{prefix}.{child.name}", child)


def _doctest_body(probe: Probe, examples: list[doctest.Example]) -> _Body | None:
    lines: list[str] = []
    names: set[str] = set()
    for example in examples:
        if example.options.get(doctest.SKIP):
            continue
        try:
            tree = syntax.parse(example.source)
        except (SyntaxError, ValueError):
            return None
        names |= {node.id for node in trees.walk(tree) if isinstance(node, ast.Name)}
        lines.extend(_example_lines(tree, raises=example.exc_msg is not None))
    return _Body(probe, tuple(lines), frozenset(names)) if lines else None


def _example_lines(tree: ast.Module, *, raises: bool) -> Iterator[str]:
    inner: list[str] = []
    for node in tree.body:
        text = ast.unparse(node)
        if isinstance(node, ast.Expr):
            text = f"print(repr({text}))"
        inner.extend(text.split("\n"))
    if not raises:
        yield from inner
        return
    yield "try:"
    yield from (f"    {line}" for line in inner)
    yield "except Exception as probe_error:"
    yield "    print(type(probe_error).__name__ + ': ' + str(probe_error))"


def _driver_text(file: SourceFile, module: ast.Module, bodies: list[_Body], first: int) -> str:
    names = frozenset().union(*(body.names for body in bodies))
    parts = [f"{line}\n" for line in _imports(file, module, names)]
    calls = []
    for number, body in enumerate(bodies, first):
        name = body.probe.driver.rpartition(".")[2]
        lines = "".join(f"    {line}\n" for line in body.lines)
        parts.append(f"\n\ndef {name}() -> None:\n{lines}")
        calls.append(
            f"    print({f'{MARK}{number}'!r})\n"
            f"    try:\n        {name}()\n"
            "    except Exception as probe_error:\n"
            "        print(type(probe_error).__name__ + ': ' + str(probe_error))\n"
        )
    parts.append(f"\n\ndef run_all() -> None:\n{''.join(calls)}")
    return "".join(parts)


def _imports(file: SourceFile, module: ast.Module, names: frozenset[str]) -> Iterator[str]:
    """How the driver comes by the names that its examples use: from the module what it
    defines, and its own imports repeated."""
    defined: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            wanted = [a for a in node.names if (a.asname or a.name.split(".")[0]) in names]
            if wanted and not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
                yield _absolute(node, wanted, file)
        else:
            defined |= _bound(node)
    used = sorted(defined & names)
    if used:
        yield f"from {file.module} import {', '.join(used)}"
    # The module's own name, for examples that say it.
    own = file.module.split(".")[0]
    if own in names and own not in defined:
        yield f"import {file.module}"


def _absolute(node: ast.Import | ast.ImportFrom, wanted: list[ast.alias], file: SourceFile) -> str:
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(wanted))
    if not node.level:
        return ast.unparse(ast.ImportFrom(node.module, wanted, 0))
    base = file.module.split(".")
    up = node.level - (1 if file.is_package else 0)
    base = base[: len(base) - up] if up else base
    return ast.unparse(ast.ImportFrom(".".join([*base, *filter(None, [node.module])]), wanted, 0))


def _bound(node: ast.stmt) -> set[str]:
    """The module-level names that a statement binds."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    return {
        inner.id
        for inner in trees.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }
