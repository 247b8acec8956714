"""Smaller programs with the same failure: statements removed, expressions simplified.

Candidates are made on the syntax tree, largest cuts first, and tried many at a time, since
a whole batch of them costs hardly more than one.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence

from tests.property.budget import OverBudget, ill_typed, run_reference

# For each source whether it still fails in the same way.
Test = Callable[[Sequence[str]], list[bool]]
BATCH = 24
BLOCKS = ("body", "orelse", "finalbody", "handlers")


def shrink(source: str, still_fails: Test, rounds: int = 30) -> str:
    """The smallest program found; at most `rounds` batches are tried."""
    best = source
    tried: set[str] = set()
    for _ in range(rounds):
        chunk: list[str] = []
        for candidate in candidates(best):
            if candidate in tried or _size(candidate) >= _size(best):
                continue
            tried.add(candidate)
            if _runs(candidate):
                chunk.append(candidate)
            if len(chunk) == BATCH:
                break
        if not chunk:
            return best
        verdicts = still_fails(chunk)
        hits = [c for c, failed in zip(chunk, verdicts, strict=True) if failed]
        best = min([best, *hits], key=_size)
    return best


def _size(source: str) -> tuple[int, int, int]:
    """What shrinking lowers: nodes of the syntax tree, then names, then characters."""
    nodes = names = 0
    for node in ast.walk(ast.parse(source)):
        nodes += 1
        names += isinstance(node, ast.Name)
    return nodes, names, len(source)


def _runs(source: str) -> bool:
    """Whether CPython runs it as a well-typed program."""
    try:
        return not ill_typed(run_reference(source))
    except (OverBudget, Exception):  # noqa: BLE001 - whatever it raises, it is no candidate
        return False


def candidates(source: str) -> Iterator[str]:
    """Simplified programs, the boldest first."""
    tree = ast.parse(source)
    for cut in _cuts(tree):
        yield from _text(cut)
    for cut in _hoists(tree):
        yield from _text(cut)
    for cut in _simpler_expressions(tree):
        yield from _text(cut)


def _text(tree: ast.Module) -> Iterator[str]:
    try:
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        compile(text, "candidate", "exec")
    except (ValueError, SyntaxError, RecursionError):
        return
    yield text


def _blocks(tree: ast.AST) -> list[tuple[int, str]]:
    """Every statement list: the index of its node in walking order, and the field."""
    return [
        (index, field)
        for index, node in enumerate(ast.walk(tree))
        for field in BLOCKS
        if isinstance(getattr(node, field, None), list) and getattr(node, field)
    ]


def _nth(tree: ast.AST, index: int) -> ast.AST:
    for i, node in enumerate(ast.walk(tree)):
        if i == index:
            return node
    raise AssertionError("the copy has the nodes of the original")


def _cuts(tree: ast.Module) -> Iterator[ast.Module]:
    """Runs of statements removed, longer runs first."""
    places = _blocks(tree)
    longest = max((len(getattr(_nth(tree, i), f)) for i, f in places), default=0)
    size = longest
    while size >= 1:
        for index, field in places:
            length = len(getattr(_nth(tree, index), field))
            for start in range(0, length - size + 1, max(1, size // 2)):
                new = copy.deepcopy(tree)
                node = _nth(new, index)
                body = getattr(node, field)
                del body[start : start + size]
                if not body and field == "body":
                    body.append(ast.Pass())
                yield new
        size //= 2


def _hoists(tree: ast.Module) -> Iterator[ast.Module]:
    """A compound statement replaced by one of its blocks."""
    for index, field in _blocks(tree):
        body = getattr(_nth(tree, index), field)
        for position, statement in enumerate(body):
            if isinstance(statement, ast.If | ast.For | ast.While | ast.Try | ast.With):
                for inner in ("body", "orelse", "finalbody"):
                    if getattr(statement, inner, None):
                        new = copy.deepcopy(tree)
                        copied = getattr(_nth(new, index), field)
                        copied[position : position + 1] = getattr(copied[position], inner)
                        yield new


class _Replace(ast.NodeTransformer):
    """Replaces the expression of the given number, counted in visiting order."""

    def __init__(self, number: int, choice: int) -> None:
        self.number = number
        self.choice = choice
        self.seen = -1
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr) and not _fixed(node):
            self.seen += 1
            if self.seen == self.number:
                options = _simpler(node)
                if self.choice < len(options):
                    self.done = True
                    return options[self.choice]
                return node
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return node


def _fixed(node: ast.expr) -> bool:
    """Whether the expression is a target or part of an f-string."""
    if isinstance(node, ast.FormattedValue):
        return True
    return isinstance(getattr(node, "ctx", None), ast.Store | ast.Del)


def _simpler(node: ast.expr) -> list[ast.expr]:
    """Expressions to try instead: its parts, then small literals."""
    parts: list[ast.expr] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr) and not isinstance(child, ast.Starred | ast.FormattedValue):
            parts.append(child)
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or node.value is None:
            return []
        if isinstance(node.value, int):
            return [ast.Constant(v) for v in (0, 1) if abs(node.value) > v]
        if isinstance(node.value, str):
            return [ast.Constant(v) for v in ("", "a") if len(node.value) > len(v)]
        return []
    if isinstance(node, ast.Call):
        for i in range(len(node.args)):
            fewer = copy.copy(node)
            fewer.args = node.args[:i] + node.args[i + 1 :]
            parts.append(fewer)
    if isinstance(node, ast.List | ast.Tuple | ast.Set) and len(node.elts) > 1:
        for i in range(len(node.elts)):
            smaller = copy.copy(node)
            smaller.elts = node.elts[:i] + node.elts[i + 1 :]
            parts.append(smaller)
    literals: list[ast.expr] = [ast.Constant(v) for v in (0, 1, "a", True, 1.5)]
    return parts + literals


def _simpler_expressions(tree: ast.Module) -> Iterator[ast.Module]:
    """One expression replaced by a part of it or a literal."""
    number = 0
    total = sum(isinstance(node, ast.expr) for node in ast.walk(tree))
    while number < total:
        choice = 0
        while choice < 12:
            replacer = _Replace(number, choice)
            new = replacer.visit(copy.deepcopy(tree))
            if not replacer.done or not isinstance(new, ast.Module):
                break
            yield new
            choice += 1
        number += 1
