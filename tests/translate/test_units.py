"""Units are what no import connects, whatever the order of the files."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.frontend import library
from portalis.translate.outline import Notes
from portalis.translate.store import Store
from portalis.translate.units import partition


def tree(entry: str | None = None, **texts: str) -> SourceTree:
    """Modules by name, `.` written `__`; one whose name others start with is a package."""
    names = {n if "." in n else n.replace("__", "."): text for n, text in texts.items()}
    files = [
        SourceFile(f"{name}.py", name, text, any(n.startswith(f"{name}.") for n in names))
        for name, text in sorted(names.items())
    ]
    return SourceTree(tuple(files), entry)


def units(given: SourceTree) -> dict[str, tuple[list[str], str | None]]:
    return {u.name: ([f.module for f in u.tree.files], u.tree.entry) for u in partition(given)}


GUARD = "if __name__ == '__main__':\n    pass\n"


def test_files_without_imports_are_units_each() -> None:
    given = tree(a=GUARD, b="x = 1\n", c="print(1)\n", d="def f():\n    print(1)\n")
    assert units(given) == {
        "a": (["a"], "a"),
        "b": (["b"], None),
        "c": (["c"], "c"),
        "d": (["d"], None),
    }


@pytest.mark.parametrize(
    "text",
    [
        "import a\n",
        "import a as other, sys\n",
        "from a import x\n",
        "from a import *\n",
        "def f():\n    if x:\n        import a\n",
        "try:\n    import a\nexcept ImportError:\n    pass\n",
        "import importlib\nimportlib.import_module('a')\n",
        "x = [__import__('a')]\n",
        "from . import a\n",
        "from .a import x\n",
    ],
)
def test_an_import_connects(text: str) -> None:
    found = partition(tree(a="x = 1\n", b=text, c="import sys\n"))
    assert [[f.module for f in u.tree.files] for u in found] == [["a", "b"], ["c"]]


def test_a_package_is_one_unit_by_its_init() -> None:
    given = tree(p="X = 1\n", p__a="", p__b="", q__c="", q__d="from .c import x\n", q__e="")
    assert units(given) == {
        "p": (["p", "p.a", "p.b"], None),
        "q_c": (["q.c", "q.d"], None),
        "q_e": (["q.e"], None),
    }


def test_a_blank_init_connects_nobody_and_is_where_it_is_needed() -> None:
    given = tree(p="", p__a="", p__b="", p__q="'''Docs.'''", p__q__c=GUARD, r="", x="import p.b\n")
    assert units(given) == {
        "p_a": (["p", "p.a"], None),
        "x": (["p", "p.b", "x"], None),
        "p_q_c": (["p", "p.q", "p.q.c"], "p.q.c"),
        "r": (["r"], None),
    }


def test_relative_imports_reach_other_packages() -> None:
    given = tree(
        p="", p__q="", p__q__a="from ...x import y\nfrom ..z import *\n", x="", z="", p__z="Y = 1\n"
    )
    assert [modules for modules, _ in units(given).values()] == [
        ["p", "p.q", "p.q.a", "p.z", "x"],
        ["z"],
    ]


def test_a_hidden_library_module_connects_who_reaches_it() -> None:
    """`calendar` imports `datetime`, which is the program's here."""
    given = tree(a="import calendar\n", datetime="", z="")
    assert units(given) == {"a": (["a", "datetime"], None), "z": (["z"], None)}


def test_a_single_unit_is_the_tree_itself() -> None:
    given = tree("b", a="import b\n", b="")
    (unit,) = partition(given)
    assert unit.tree is given


def test_each_unit_has_its_entry() -> None:
    given = tree(
        "p.__main__",
        p="X = 1\n",
        **{"p.__main__": ""},
        x="import y\n" + GUARD,
        y="",
        z="import z2\n",
        z2=GUARD,
    )
    found = units(given)
    assert {name: entry for name, (_, entry) in found.items()} == {
        "p": "p.__main__",
        "x": "x",
        "z2": "z2",
    }


def test_names_are_unique_and_fit_rust_and_cargo() -> None:
    names = [u.name for u in partition(tree(A="", a="", match="", lib="", a__b="", é="", _1=""))]
    assert len(set(names)) == len(names)
    assert all(n.isidentifier() and n.isascii() and n.islower() for n in names)
    assert {"unit_match", "unit_lib"} <= set(names)


def test_order_does_not_matter() -> None:
    files = tree(a="import b\n", b="", c="import d\n", d="", e="").files
    shapes = {
        frozenset(frozenset(f.module for f in u.tree.files) for u in partition(SourceTree(order)))
        for order in itertools.permutations(files)
    }
    assert shapes == {frozenset(map(frozenset, ("ab", "cd", "e")))}


def test_what_cannot_be_parsed_is_a_unit() -> None:
    assert set(units(tree(a="def", b=""))) == {"a", "b"}


def test_what_the_library_reaches_is_noted_for_the_next_run(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = Notes(store, "0" * 64)
    reached = first.reached("csv", library.reached)
    assert reached == library.reached("csv")
    first.save()
    again = Notes(store, "0" * 64)
    assert again.reached("csv", lambda _module: pytest.fail("looked for again")) == reached
