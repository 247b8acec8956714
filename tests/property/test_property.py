"""The generator, the driver and the shrinker, judged by CPython alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.property import run
from tests.property.batch import standalone
from tests.property.budget import run_reference
from tests.property.check import Kind, Outcome, Program
from tests.property.program import generate
from tests.property.run import Call, check_all, program_of
from tests.property.shrink import shrink

COUNT = 60


def accepted() -> list[Program]:
    return [program_of("suite", index)[0] for index in range(COUNT)]


def test_the_same_seed_gives_the_same_program() -> None:
    assert generate("x:1") == generate("x:1")
    assert generate("x:1") != generate("x:2")


def test_programs_are_well_typed_and_end() -> None:
    thrown = [reason for i in range(COUNT) for reason in program_of("suite", i)[1]]
    assert [reason for reason in thrown if reason.startswith("ill-typed")] == []
    assert len(thrown) < COUNT * 0.2


def test_output_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    for number, program in enumerate(accepted()[:8]):
        path = tmp_path / f"program{number}.py"
        path.write_text(standalone(program.source), encoding="utf-8")
        assert {_run(path, seed) for seed in ("0", "77")} == {program.expected}


def test_a_program_by_itself_imports_what_it_uses() -> None:
    text = standalone("def P_main():\n    print(math.pi)\n")
    assert text.startswith("import math\n\n\ndef P_main")


def test_what_makes_a_process_die_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dies:
        def __init__(self, *_arguments: object) -> None:
            pass

        def check(self, programs: list[Program]) -> list[Outcome]:
            if any(program == bad for program in programs):
                os._exit(7)
            return [Outcome(Kind.SAME)] * len(programs)

    bad = program_of("suite", 5, "small")[0]
    monkeypatch.setattr(run, "Checker", Dies)
    call = Call(2, 6, "suite", "small", 2, 4, tmp_path, 0, "0", tmp_path)
    found = {c.index: c.outcome for batch in check_all(call) for c in batch}
    assert sorted(found) == [2, 3, 4, 5, 6, 7]
    assert [i for i, outcome in found.items() if outcome.is_failure] == [5]
    assert found[5] == Outcome(Kind.TRANSLATOR, "its process died: exit code 7")


def test_shrinking_keeps_only_what_matters() -> None:
    source = """
def P_helper(n):
    total = 0
    for i in range(n):
        total += i * 3
    return total

def P_main():
    values = [1, 2, 3]
    if values:
        for v in values:
            try:
                print(v, P_helper(v), 'needle' if v > 1 else 'hay')
            finally:
                print('done')
    print(len(values))
"""

    def still_fails(sources: Sequence[str]) -> list[bool]:
        return ["needle" in run_reference(text) for text in sources]

    small = shrink(source, still_fails)
    assert "needle" in run_reference(small)
    assert small == "def P_main():\n    print('needle')\n"


def _run(path: Path, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(path)]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    return done.stdout.decode("utf-8")
