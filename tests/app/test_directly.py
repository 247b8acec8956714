"""Calls that go past the command parser mean what they mean to it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from portalis.app.cli.directly import FLAGS, VALUES, plain
from portalis.app.cli.translate import KindOption, VerifyOption, translate


def test_options_are_parameters_of_the_verb() -> None:
    named = {option.name for option in VALUES.values()} | {name for name, _ in FLAGS.values()}
    # --trace takes a command line and is left to the parser.
    assert named == set(inspect.signature(translate).parameters) - {"sources", "trace"}


def test_plain_call() -> None:
    words = "translate a.py - -o out --kind bin --verify run --report r.json --report r.html"
    assert plain([*words.split(), "-j", "2", "--json", "--no-cache", "--timings", "--force"]) == {
        "sources": ["a.py", "-"],
        "out": Path("out"),
        "kind": KindOption.BIN,
        "verify": VerifyOption.RUN,
        "report": [Path("r.json"), Path("r.html")],
        "jobs": 2,
        "as_json": True,
        "cache": False,
        "timings": True,
        "force": True,
    }


@pytest.mark.parametrize(
    "words",
    [
        "assess a.py -o out",
        "translate a.py",
        "translate -o out",
        "translate a.py -o",
        "translate a.py -o --force",
        "translate a.py -o out --kind exe",
        "translate a.py -o out -j 0",
        "translate a.py -o out -j 1_0",
        "translate a.py -o out -o other",
        "translate a.py --out=out",
        "translate a.py -o out --help",
        "translate -o out -- a.py",
    ],
)
def test_the_parser_answers_what_is_not_plain(words: str) -> None:
    assert plain(words.split()) is None
