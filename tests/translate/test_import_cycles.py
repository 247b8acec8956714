"""Modules that import each other: what CPython cannot import is refused, the rest runs."""

from __future__ import annotations

from portalis.translate.artifacts import Compiled, CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree


def compiled(**sources: str) -> Compiled:
    files = tuple(SourceFile(f"{name}.py", name, text) for name, text in sources.items())
    return compile_tree(SourceTree(files, "main"), CompileSettings(kind="bin"))


def test_a_name_that_is_not_there_yet_is_refused() -> None:
    found = compiled(
        main="import left\n",
        left="from right import g\n\n\ndef f():\n    return 1\n",
        right="from left import f\n\n\ndef g():\n    return f()\n",
    ).diagnostics
    assert [(d.code, d.span.file, d.span.line) for d in found] == [("PT102", "right.py", 1)]
    assert "left" in found[0].message


def test_a_cycle_that_cpython_can_import_is_translated() -> None:
    done = compiled(
        main="import left\nprint(left.f())\n",
        left="import right\n\n\ndef f():\n    return right.g() + 1\n\n\ndef h():\n    return 1\n",
        right="import left\n\n\ndef g():\n    return left.h()\n",
    )
    assert done.diagnostics == ()


def test_a_name_that_is_imported_in_a_circle_is_refused_where_it_is() -> None:
    found = compiled(
        main="import enum\nimport left\n\nprint(left.Shade.DARK)\n",
        left="import enum\nfrom right import Shade\n\nprint(Shade.DARK)\n",
        right="from left import Shade\n",
    ).diagnostics
    assert ("PT102", "right.py") in {(d.code, d.span.file) for d in found}
