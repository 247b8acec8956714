"""The generator, the driver and the shrinker, judged by CPython alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.property.batch import assemble, sections
from tests.property.budget import run_reference
from tests.property.program import generate
from tests.property.run import Candidate, programs
from tests.property.shrink import shrink

COUNT = 60


def accepted() -> list[Candidate]:
    return [p for p in programs("suite", COUNT) if isinstance(p, Candidate)]


def test_the_same_seed_gives_the_same_program() -> None:
    assert generate("x:1") == generate("x:1")
    assert generate("x:1") != generate("x:2")


def test_programs_are_well_typed_and_end() -> None:
    results = list(programs("suite", COUNT))
    assert [r for r in results if isinstance(r, str) and r.startswith("ill-typed")] == []
    assert len(results) < COUNT * 1.2


def test_output_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "programs.py"
    path.write_text(assemble([p.source for p in accepted()]).text, encoding="utf-8")
    outputs = {_run(path, seed) for seed in ("0", "1", "77")}
    assert len(outputs) == 1


def test_a_batch_prints_what_its_programs_print(tmp_path: Path) -> None:
    chosen = [p.source for p in accepted()[:20] if "class " not in p.source]
    batch = assemble(chosen)
    path = tmp_path / "programs.py"
    path.write_text(batch.text, encoding="utf-8")
    found = sections(_run(path, "0"), len(chosen))
    assert found == [run_reference(source).rstrip("\n") for source in chosen]
    assert [batch.programs_at(first) for first, _ in batch.ranges] == [
        (place,) for place in range(len(chosen))
    ]


def test_an_import_belongs_to_the_programs_that_use_it() -> None:
    batch = assemble(["def P_main():\n    print(1)\n", "def P_main():\n    print(math.pi)\n"])
    assert batch.text.startswith("import math\n")
    assert [batch.programs_at(line) for line in (1, 2, 4)] == [(1,), (), (0,)]


def test_sections_of_a_run_that_died() -> None:
    output = "=== program 0\na\nb\n=== program 1\nc"
    assert sections(output, 3) == ["a\nb", None, None]
    assert sections(output + "\n=== end\n", 2) == ["a\nb", "c"]


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
