"""Members of library modules that are written in Python, beside modules of the program."""

from __future__ import annotations

from portalis.translate.artifacts import CompileSettings, SourceFile, SourceTree
from portalis.translate.compiler import compile_tree

USES = "import functools\nprint(sorted([2, 1], key=functools.cmp_to_key(lambda a, b: a - b)))\n"


def files_of(*modules: tuple[str, str]) -> set[str]:
    tree = SourceTree(tuple(SourceFile(f"{n}.py", n, text) for n, text in modules), "main")
    compiled = compile_tree(tree, CompileSettings(kind="bin"))
    assert not [d for d in compiled.diagnostics if d.code == "PT903"]
    return set(compiled.crate.files)


def test_a_member_brings_its_home() -> None:
    assert "src/functools.rs" in files_of(("main", USES))


def test_a_module_of_the_program_is_no_home() -> None:
    """`_re` is the program's: what it holds are no members of `re`."""
    own = ("_re", "def match(text: str) -> int:\n    return len(text)\n")
    text = "import re\nimport _re\nprint(_re.match('abc'), re.match('b', 'abc') is None)\n"
    assert files_of(("main", text), own) >= {"src/re.rs", "src/main_module.rs"}
