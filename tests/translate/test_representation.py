"""What the report says of how values are kept, and why some are dynamic."""

from __future__ import annotations

from portalis.translate.artifacts import (
    CompileSettings,
    FunctionFact,
    Kept,
    SourceFile,
    SourceTree,
)
from portalis.translate.compiler import compile_tree

PROGRAM = """
import json

class Point:
    def __init__(self, x):
        self.x = x
        self.trail = [x]

def mixed(first, second):
    both = [first, second]
    return both

def parsed(text):
    return json.loads(text)["a"]

def typed(pairs: list[tuple[int, int]]):
    last = pairs[-1]
    return {a: b for a, b in pairs}, last

def uncalled(what, count: int):
    return what

point = Point(1)
point.x = "a"
print(mixed(1, "x"), parsed('{"a": 1}'), typed([(1, 2)]))
"""


def facts_of(text: str) -> dict[str, FunctionFact]:
    tree = SourceTree((SourceFile("m.py", "m", text),), "m")
    return {f.name.partition(".")[2]: f for f in compile_tree(tree, CompileSettings()).functions}


def test_containers_and_objects_are_counted_by_how_they_are_kept() -> None:
    facts = facts_of(PROGRAM)
    # the dict inside the result is a handle; pairs are lent, a pair of ints has no handle
    assert facts["typed"].kept == Kept(by_value=2, handles=1)
    assert not facts["typed"].dynamic
    assert facts["Point"].kept == Kept(handles=1, dynamic=1)
    assert facts["Point.__init__"].kept == Kept(by_value=1)
    assert str(Kept(1, 0, 2)) == "1 by value, 2 dynamic"


def test_a_dynamic_value_says_what_made_it_one_and_where() -> None:
    facts = facts_of(PROGRAM)
    assert facts["mixed"].notes[0] == "`both` is dynamic: it holds int and str (line 10)"
    assert facts["Point"].notes == ("`self.x` is dynamic: it holds str and int (line 6)",)
    assert facts["uncalled"].notes[0] == (
        "`what` is dynamic: nothing calls the function: an annotation would make it native "
        "(line 20)"
    )
    assert not any("count" in note for note in facts["uncalled"].notes)


def test_work_on_dynamic_values_that_no_variable_holds_is_dynamic() -> None:
    fact = facts_of('import json\ndef f(t):\n    print(json.loads(t)["a"])\nf("{}")')["f"]
    assert fact.dynamic
    assert fact.kept == Kept()
