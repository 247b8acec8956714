"""Finding the function, method, class or module that a place in the source belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import FunctionFact

# A call that a probe made: source path, first line, name.
Call = tuple[str, int, str]


class FactIndex:
    """Finds the fact that owns a line."""

    def __init__(self, facts: Iterable[FunctionFact]) -> None:
        self._by_file: dict[str, list[FunctionFact]] = {}
        self._by_name: dict[str, FunctionFact] = {}
        for fact in facts:
            self._by_file.setdefault(fact.file, []).append(fact)
            self._by_name[fact.name] = fact

    def owner(self, diagnostic: Diagnostic) -> FunctionFact | None:
        """What a diagnostic names, else what it stands in."""
        named = self.named(diagnostic.function) if diagnostic.function is not None else None
        return named or self.innermost(diagnostic.span.file, diagnostic.span.line)

    def named(self, name: str) -> FunctionFact | None:
        return self._by_name.get(name)

    def innermost(self, file: str, line: int) -> FunctionFact | None:
        """The smallest function or class around the line, else the module."""
        around = [
            fact
            for fact in self._by_file.get(file, ())
            if fact.kind == "module" or (line and fact.line <= line <= fact.end_line)
        ]
        return min(around, key=lambda f: (f.kind == "module", f.end_line - f.line), default=None)

    def called(self, call: Call) -> FunctionFact | None:
        """The fact whose code object the call names."""
        file, line, name = call
        for fact in self._by_file.get(file, ()):
            if fact.kind == "module":
                if name == "<module>":
                    return fact
            elif fact.line == line and fact.name.rpartition(".")[2] == name:
                return fact
        return None
