"""Definite assignment as rustc sees it (Rust reference, "Declared names are only usable once
initialized"): which locals are read where some way there has not assigned them.

Python's flow may say otherwise, since it knows more: what a `try` assigned is assigned where
none of its handlers goes on. Textbook forward dataflow over the structured IR.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import Scope, children

# The locals that every way to a place has assigned.
Known = frozenset[ir.Local]


def read_unassigned(body: list[ir.Stmt], watched: Known) -> set[ir.Local]:
    """Those of `watched`, which are declared without a value, that may be read unassigned."""
    if not watched:
        return set()
    walk = _Walk(watched)
    walk.block(body, frozenset())
    return walk.found


class _Walk:
    def __init__(self, watched: Known) -> None:
        # Also what is known where nothing comes: everything.
        self.watched = watched
        self.found: set[ir.Local] = set()
        # By loop: what is known at each `break` from it.
        self.breaks: dict[str, list[Known]] = {}
        # By loop: what is known where a `finally` hands the `break` on.
        self.handed: dict[str, Known] = {}

    def block(self, body: list[ir.Stmt], known: Known) -> Known:
        for node in body:
            known = self.statement(node, known)
        return known

    def statement(self, node: ir.Stmt, known: Known) -> Known:
        match node:
            case ir.Declare(local=local, value=value) | ir.Assign(local=local, value=value):
                if value is None:
                    return known
                return self.expr(value, known) | (self.watched & {local})
            case ir.If():
                known = self.expr(node.test, known)
                return self.block(node.then, known) & self.block(node.other, known)
            case ir.While() | ir.For():
                return self.loop(node, known)
            case ir.Try():
                return self.attempt(node, known)
            case ir.Break():
                handed = self.handed.get(node.label, self.watched)
                self.breaks.setdefault(node.label, []).append(known & handed)
                return self.watched
            case ir.Continue():
                return self.watched
            case ir.Return() | ir.Raise():
                self.parts(node, known)
                return self.watched
            case _:
                return self.parts(node, known)

    def loop(self, node: ir.While | ir.For, known: Known) -> Known:
        if isinstance(node, ir.For):
            known = self.expr(node.iterable, known)
        elif node.test is not None:
            known = self.expr(node.test, known)
        self.breaks[node.label] = []
        self.handed.pop(node.label, None)
        self.block(node.body, known)
        endless = isinstance(node, ir.While) and node.test is None
        after = self.watched if endless else self.block(node.orelse, known)
        return after.intersection(*self.breaks[node.label])

    def attempt(self, node: ir.Try, known: Known) -> Known:
        """To rustc, what a `try` with handlers or a `finally` assigned may be missing after it."""
        handed = self.handed
        if node.final:
            self.handed = {label: known & handed.get(label, known) for label in self.breaks}
        ends = self.block(node.body, known)
        if not node.handlers:
            ends = self.block(node.orelse, ends)
        else:
            branches = [self.block(node.orelse, known)]
            branches += [self.block(handler.body, known) for handler in node.handlers]
            ends = known.union(self.watched.intersection(*branches))
        self.handed = handed
        return self.block(node.final, known) if node.final else ends

    def expr(self, node: ir.Expr, known: Known) -> Known:
        known = self.evaluated(node, known)
        never = node.ty.kind == "never" or (
            isinstance(node, ir.Coerce) and node.source.kind == "never"
        )
        return self.watched if never else known

    def evaluated(self, node: ir.Expr, known: Known) -> Known:
        match node:
            case ir.IfExp():
                known = self.expr(node.test, known)
                return self.expr(node.then, known) & self.expr(node.other, known)
            case ir.BoolOp():
                known = self.expr(node.items[0], known)
                skipped = known
                for item in node.items[1:]:
                    skipped = self.expr(item, skipped)
                return known
            case ir.Block():
                return self.expr(node.value, self.block(node.body, known))
            case ir.RustClosure() | ir.GeneratorExpr() | ir.VirtualCall() | ir.FieldGet():
                self.parts(node, known)
                return known
        return self.parts(node, known)

    def parts(self, node: ir.Expr | ir.Stmt, known: Known) -> Known:
        for child in children(node):
            match child:
                case ir.Local():
                    self.found |= (self.watched & {child}) - known
                case Scope():
                    known = self.block(child.body, known)
                    if child.value is not None:
                        known = self.expr(child.value, known)
                case _:
                    known = self.expr(child, known)
        return known
