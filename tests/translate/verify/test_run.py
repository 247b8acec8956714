"""From sources to verdicts, with crates that are right or wrong in known ways."""

from __future__ import annotations

import pytest

from portalis.translate.artifacts import Verdict
from portalis.translate.sources import load_text
from portalis.translate.verify.judge import Evidence, differences, judge
from portalis.translate.verify.probes import DRIVER, probe_program
from portalis.translate.verify.run import gather
from portalis.translate.verify.sandbox import find_sandbox
from portalis.translate.verify.tracer import MARK
from tests.translate.stand_in import compile_comments

SANDBOX = find_sandbox()
pytestmark = pytest.mark.skipif(SANDBOX is None, reason="no sandbox works on this machine")

PROGRAM = """\
def used(): #rust fn main() { println!("2");
    return 2

def unused():
    return 3

def printing():
    print("seven") #rust println!("seven");

print(used())
printing() #rust }
"""


def verdicts(text: str) -> dict[str, tuple[Verdict, str]]:
    assert SANDBOX is not None
    tree = load_text(text).tree
    compiled = compile_comments(tree)
    evidence = gather(tree, compiled, compile_comments, SANDBOX)
    found = (*compiled.diagnostics, *differences(evidence))
    return {v.fact.name: (v.verdict, v.reason) for v in judge(compiled.functions, found, evidence)}


def test_verified_and_compiled() -> None:
    found = verdicts(PROGRAM)
    assert found["main.used"] == (Verdict.VERIFIED, "1 call, from __main__")
    assert found["main.unused"] == (Verdict.COMPILED, "no probe calls it")
    assert found["main"][0] is Verdict.VERIFIED


def test_the_function_that_printed_the_difference_is_broken() -> None:
    found = verdicts(PROGRAM.replace('println!("seven")', 'println!("eight")'))
    verdict, reason = found["main.printing"]
    assert verdict is Verdict.BROKEN
    assert "CPython 'seven', Rust 'eight'" in reason
    assert found["main.used"][0] is Verdict.COMPILED
    assert "differs" in found["main.used"][1]


def test_refused_is_refused_even_if_it_runs() -> None:
    found = verdicts(PROGRAM.replace("    return 2", "    return 2 #refuse"))
    assert found["main.used"] == (Verdict.REFUSED, "no row")


def test_an_original_that_changes_is_no_probe() -> None:
    text = 'import time\nprint(time.time()) #rust fn main() { println!("0"); }\n'
    found = verdicts(text)
    assert found["main"][0] is Verdict.COMPILED
    assert "changes from run to run" in found["main"][1]


def test_an_original_that_never_ends_is_no_probe() -> None:
    text = "while True: pass #rust fn main() {}\n"
    assert "time limit" in verdicts(text)["main"][1]


def test_evidence_without_a_run() -> None:
    compiled = compile_comments(load_text(PROGRAM).tree)
    rows = judge(compiled.functions, (), Evidence("none"))
    assert {row.verdict for row in rows} == {Verdict.UNCHECKED}
    rows = judge(compiled.functions, (), Evidence("compile"))
    assert {row.verdict for row in rows} == {Verdict.COMPILED}


DOCTESTS = '''\
"""Module.

>>> twice(3)
6
"""
import math
from os import path as where

K = 2

def twice(x):
    """
    >>> twice(K)
    4
    >>> y = twice(1)
    >>> if y:
    ...     print("yes")
    yes
    >>> twice([])["a"]
    Traceback (most recent call last):
    TypeError: x
    >>> boom() # doctest: +SKIP
    >>> math.floor(2.5)
    2
    """
    return x * 2

def test_twice():
    assert twice(2) == 4

def test_fixture(tmp):
    pass
'''


def test_probe_program() -> None:
    program = probe_program(load_text(DOCTESTS).tree)
    assert program is not None
    assert [(p.owner, p.source) for p in program.probes] == [
        ("main", "doctest"),
        ("main.twice", "doctest"),
        ("main.test_twice", "test function"),
    ]
    text = next(f.text for f in program.tree.files if f.module == f"{DRIVER}_0")
    assert text.startswith("import math\nfrom main import K, test_twice, twice\n")
    assert "boom" not in text
    compile(text, "driver", "exec")


def test_probes_can_be_left_out() -> None:
    tree = load_text(DOCTESTS).tree
    program = probe_program(tree)
    assert program is not None
    rest = probe_program(tree, frozenset({program.probes[1].driver}))
    assert rest is not None
    assert [p.owner for p in rest.probes] == ["main", "main.test_twice"]


def rust_printing(sections: list[str]) -> str:
    body = "".join(f'println!("{MARK}{n}");{code}' for n, code in enumerate(sections))
    return " #rust fn main() {" + body.replace("\n", "\\n").replace("\x01", "\\x01") + "}"


def test_doctests_are_compared_one_by_one() -> None:
    text = (
        'def a():\n    """\n    >>> a()\n    1\n    """\n    return 1\n'
        'def b():\n    """\n    >>> b()\n    2\n    """\n    return 2\n'
        "x = 1"
    )
    found = verdicts(text + rust_printing(['println!("1");', 'println!("3");']) + "\n")
    assert found["main.a"] == (Verdict.VERIFIED, "1 call, from doctest of main.a")
    assert found["main.b"][0] is Verdict.BROKEN
    assert "CPython '2', Rust '3'" in found["main.b"][1]
