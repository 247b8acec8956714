"""Fields that every instance has before anything can read them need no `Option`.

Such a field is assigned by a statement of `__init__` itself or of a method that such a
statement calls and does no more, and up to there nothing is done with `self` but to
assign and to read fields that were assigned: nobody else has met the instance. What code
may delete by a name that is known when it runs keeps its slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import of
from portalis.translate.ir.walk import Scope, children, every
from portalis.translate.passes.borrow import of_kind

_DELETES = "delete_attribute("
_DELETED = re.compile(r'delete_attribute\(.*, "(\w+)"\)$')

# Kinds of values that have something cheap to start with.
STARTING = frozenset(("bool", "i64", "int", "float", "num", "opt", "decimal_number"))


def run(crate: ir.CrateIR) -> None:
    functions = {f.path: f for m in crate.modules for f in m.functions}
    roots: dict[str, int] = {}
    for module in crate.modules:
        for cls in module.classes:
            roots[cls.root] = roots.get(cls.root, 0) + 1
    unsure = unsure_reads(crate)
    for module in crate.modules:
        for cls in module.classes:
            init = functions.get(cls.init.path) if cls.init is not None else None
            by_name = cls.escapes or cls.is_ordered or cls.is_open
            if init is None or not init.params or cls.is_exception or by_name:
                continue
            if roots[cls.root] > 1:
                continue
            known = assigned(init, functions)
            inside = {id(n) for n in reads(init)}
            for field in cls.fields:
                places = [n for n in unsure.get(field.name, []) if id(n) not in inside]
                field.plain = field.name in known and field.ty.kind in STARTING and not places
            plain = {f.name for f in cls.fields if f.plain}
            for node in reads(init):
                node.definite = node.definite or node.field in plain


def unsure_reads(crate: ir.CrateIR) -> dict[str, list[ir.Expr]]:
    """Reads, by the field's name, of what may not be there; and deletions."""
    out: dict[str, list[ir.Expr]] = {}
    for op in of_kind(crate, ir.Op):
        deleted = _DELETED.match(op.template) if op.template.startswith(_DELETES) else None
        if deleted is not None:
            out.setdefault(deleted[1], []).append(op)
    for read in of_kind(crate, ir.FieldGet):
        if not read.definite or read.fallback is not None:
            out.setdefault(read.field, []).append(read)
    return out


def reads(init: ir.FunctionDef) -> Iterator[ir.FieldGet]:
    """Reads of fields of `self` in its own `__init__`."""
    for node in of(init, ir.FieldGet):
        if is_self(node.obj, init) and node.fallback is None:
            yield node


def is_self(node: ir.Expr, init: ir.FunctionDef) -> bool:
    return isinstance(node, ir.Var) and node.local is init.params[0]


def assigned(init: ir.FunctionDef, functions: dict[str, ir.FunctionDef]) -> set[str]:
    """Fields that are there before anything but `__init__` and what it calls as said above
    meets the instance, and that none of them reads before."""
    start = _Start(functions)
    start.follow(init)
    return start.done - start.early


class _Start:
    """The statements that a new instance sees first, in order."""

    def __init__(self, functions: dict[str, ir.FunctionDef]) -> None:
        self.functions = functions
        self.done: set[str] = set()
        # Read, maybe before it is assigned.
        self.early: set[str] = set()
        self.hidden = True
        self.running: set[str] = set()

    def follow(self, function: ir.FunctionDef) -> None:
        self.running.add(function.path)
        for i, statement in enumerate(function.body):
            called = self.own_call(statement, function) if self.hidden else None
            if called is not None:
                self.follow(called)
            elif not (i == len(function.body) - 1 and is_end(statement)):
                self.step(statement, function)
        self.running.discard(function.path)

    def step(self, statement: ir.Stmt, function: ir.FunctionDef) -> None:
        nodes = list(every(Scope([statement])))
        me = function.params[0]
        self.early |= {
            n.field
            for n in nodes
            if isinstance(n, ir.FieldGet) and is_self(n.obj, function) and n.field not in self.done
        }
        mentions = sum(child is me for n in nodes for child in children(n))
        own = sum(
            isinstance(n, (ir.FieldGet, ir.SetField)) and is_self(n.obj, function) for n in nodes
        )
        self.hidden = self.hidden and mentions == own
        if not self.hidden or any(isinstance(n, (ir.Return, ir.Yield)) for n in nodes):
            self.hidden = False
        elif isinstance(statement, ir.SetField) and is_self(statement.obj, function):
            self.done.add(statement.field)

    def own_call(self, statement: ir.Stmt, function: ir.FunctionDef) -> ir.FunctionDef | None:
        """The method that the statement calls on `self`, which nothing else in it mentions."""
        call = statement.value if isinstance(statement, ir.Eval) else None
        if not (isinstance(call, ir.Call) and call.args and is_self(call.args[0], function)):
            return None
        called = self.functions.get(call.path)
        me = function.params[0]
        given = any(c is me for arg in call.args[1:] for n in every(arg) for c in children(n))
        if called is None or call.captures or given or called.path in self.running:
            return None
        runs = not (called.is_generator or called.suspends)
        plain = called.params and called.params[0].storage == "plain"
        return called if runs and plain and not called.params[0].mutable else None


def is_end(statement: ir.Stmt) -> bool:
    """A return of nothing, or of what needs no instance."""
    return isinstance(statement, ir.Return) and (
        statement.value is None or isinstance(statement.value, ir.Lit)
    )
