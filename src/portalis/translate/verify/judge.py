"""The judgement: facts, diagnostics and evidence -> a verdict for every function.

Pure: what was compiled and run is decided elsewhere and arrives as values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import FunctionFact, FunctionVerdict, Verdict
from portalis.translate.fact_index import Call, FactIndex
from portalis.translate.verify.parity import Difference


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What one probe showed. name: `__main__`, `doctest of m.f`; calls: by (source path,
    first line, name); difference: None if Rust and CPython agree; blamed: the place in the
    source that the difference points at."""

    name: str
    calls: Mapping[Call, int] = field(default_factory=dict)
    difference: Difference | None = None
    blamed: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """level: how far verification went: `none`, `compile` or `run`. compile_failure: why
    the crate as a whole does not compile, "" if it does. limits: what kept verification
    from going further."""

    level: str
    compile_failure: str = ""
    probes: tuple[ProbeResult, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(slots=True)
class _Case:
    fact: FunctionFact
    refusals: list[Diagnostic] = field(default_factory=list)
    errors: list[Diagnostic] = field(default_factory=list)
    good: dict[str, int] = field(default_factory=dict)
    tainted: list[str] = field(default_factory=list)


def judge(
    facts: Sequence[FunctionFact], diagnostics: Sequence[Diagnostic], evidence: Evidence
) -> tuple[FunctionVerdict, ...]:
    """A verdict for each fact, in the order of the facts. `diagnostics` are all that were
    found, those of `differences` among them."""
    index = FactIndex(facts)
    cases = {fact.name: _Case(fact) for fact in facts}
    for diagnostic in diagnostics:
        fact = index.owner(diagnostic)
        if fact is None:
            continue
        if diagnostic.severity is Severity.REFUSAL:
            cases[fact.name].refusals.append(diagnostic)
        elif diagnostic.severity is Severity.ERROR:
            cases[fact.name].errors.append(diagnostic)
    for probe in evidence.probes:
        _hear(probe, index, cases)
    return tuple(_verdict(cases[fact.name], evidence) for fact in facts)


def _hear(probe: ProbeResult, index: FactIndex, cases: Mapping[str, _Case]) -> None:
    for call, count in probe.calls.items():
        fact = index.called(call)
        if fact is None:
            continue
        case = cases[fact.name]
        if probe.difference is None:
            case.good[probe.name] = case.good.get(probe.name, 0) + count
        else:
            case.tainted.append(probe.name)


def differences(evidence: Evidence) -> tuple[Diagnostic, ...]:
    """PT902 for each probe that Rust and CPython answered differently."""
    return tuple(
        Diagnostic(
            "PT902",
            Span(*probe.blamed, 1),
            f"{probe.name}: {probe.difference.what}",
            Severity.ERROR,
        )
        for probe in evidence.probes
        if probe.difference is not None and probe.blamed is not None
    )


def _verdict(case: _Case, evidence: Evidence) -> FunctionVerdict:
    fact = case.fact
    codes = tuple(dict.fromkeys(d.code for d in (*case.refusals, *case.errors)))
    calls = sum(case.good.values())
    if case.refusals:
        first = min(case.refusals, key=lambda d: d.span)
        more = f" (and {len(case.refusals) - 1} more)" if len(case.refusals) > 1 else ""
        return FunctionVerdict(fact, Verdict.REFUSED, first.message + more, calls, codes)
    if fact.held_by is not None:
        code, message = fact.held_by
        reason = f"its class was not translated: {message}"
        return FunctionVerdict(fact, Verdict.REFUSED, reason, calls, (code,))
    if case.errors:
        return FunctionVerdict(fact, Verdict.BROKEN, case.errors[0].message, calls, codes)
    if evidence.level == "none":
        reason = "; ".join(evidence.limits) or "verification was not asked for"
        return FunctionVerdict(fact, Verdict.UNCHECKED, reason)
    if evidence.compile_failure:
        return FunctionVerdict(fact, Verdict.UNCHECKED, evidence.compile_failure)
    if calls:
        return FunctionVerdict(fact, Verdict.VERIFIED, _sources(case.good), calls)
    return FunctionVerdict(fact, Verdict.COMPILED, _why_not_run(case, evidence))


def _sources(good: Mapping[str, int]) -> str:
    if len(good) == 1:
        return f"{_calls(good)}, from {next(iter(good))}"
    parts = [f"{name} ({count})" for name, count in sorted(good.items(), key=lambda i: -i[1])]
    shown = ", ".join(parts[:3]) + (f" and {len(parts) - 3} more" if len(parts) > 3 else "")
    return f"{_calls(good)}, from {shown}"


def _calls(good: Mapping[str, int]) -> str:
    total = sum(good.values())
    return f"{total:,} call{'s' if total != 1 else ''}"


def _why_not_run(case: _Case, evidence: Evidence) -> str:
    if case.tainted:
        return f"only a probe that differs elsewhere calls it ({case.tainted[0]})"
    if evidence.level == "compile":
        return "; ".join(evidence.limits) or "only the compile check was asked for"
    if evidence.probes:
        return "no probe calls it"
    return "; ".join(evidence.limits) or "no probe was found"
