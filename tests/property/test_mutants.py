"""A few dozen mutants of real sources: the compiler ends without a fault of its own."""

from __future__ import annotations

import pytest

from portalis.core.diagnostics import Diagnostic, Severity, Span
from tests.property import mutants

COUNT = 60


def test_the_same_seed_gives_the_same_mutant() -> None:
    texts = mutants.corpus_once()
    assert mutants.mutant(texts, "x:1") == mutants.mutant(texts, "x:1")
    assert len({mutants.mutant(texts, f"x:{i}") for i in range(COUNT)}) > COUNT // 2


def test_mutants_end_without_a_fault() -> None:
    texts = mutants.corpus_once()
    found = [mutants.check(mutants.mutant(texts, f"suite:{i}")) for i in range(COUNT)]
    assert [f for f in found if f is not None] == []


def test_a_fault_a_crash_and_running_out_of_memory_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault = Diagnostic("PT903", Span("x.py"), "IndexError (call.py:7)", Severity.ERROR)
    monkeypatch.setattr(mutants, "diagnostics", lambda _text: (fault,))
    found = mutants.check("x = 1")
    assert found is not None
    assert (found.kind, found.place) == ("fault", "call.py:7")
    for error, kind in ((MemoryError, "memory"), (KeyError, "crash")):

        def failing(_text: str, error: type[Exception] = error) -> tuple[Diagnostic, ...]:
            raise error

        monkeypatch.setattr(mutants, "diagnostics", failing)
        found = mutants.check("x = 1")
        assert found is not None
        assert found.kind == kind
