"""The diagrams of docs/architecture.md are what the code's tables say."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from portalis.translate.passes.order import PASSES
from portalis.workload.model.transitions import JOB, UNIT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def draw() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw", ROOT / "docs/draw.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_page_has_all_of_them_as_they_are_now(draw: ModuleType) -> None:
    page = draw.PAGE.read_text("utf-8")
    assert re.findall(r"<!-- drawn: (\w+) -->", page) == list(draw.DIAGRAMS)
    assert page == draw.drawn(page), "run `make docs`"


def test_what_has_drifted_is_drawn_anew(draw: ModuleType) -> None:
    page = draw.PAGE.read_text("utf-8")
    old = page.replace("queued --> running: started\n", "queued --> lost: never\n")
    assert old != page
    assert draw.drawn(old) == page
    with pytest.raises(KeyError):
        draw.drawn("<!-- drawn: nothing -->\n<!-- /drawn -->")


def test_every_edge_and_every_pass_is_drawn(draw: ModuleType) -> None:
    for machine, name in ((JOB, "job"), (UNIT, "unit")):
        lines = "\n".join(draw.DIAGRAMS[name]())
        for (state, event), edge in machine.edges.items():
            assert re.search(rf"^ +{state} --> {edge.to}: .*\b{event}\b", lines, re.MULTILINE)
    arrows = [line.split(" --> ") for line in list(draw.DIAGRAMS["passes"]())[1:]]
    walked = [name.strip() for row in arrows for name in row]
    in_order = [each.__module__.rpartition(".")[2] for each in PASSES]
    # The last of a row is the first of the next one.
    assert [name for at, name in enumerate(walked) if walked[:at][-1:] != [name]] == in_order


def test_every_wall_is_drawn(draw: ModuleType) -> None:
    storeys = "\n".join(draw.DIAGRAMS["storeys"]())
    for room in ("app", "translate", "core", "workload.control", "monitoring"):
        assert re.search(rf"[\" ]{re.escape(room)}[\" ]", storeys), room
