"""The last use of a local takes its value instead of cloning it.

Liveness, backwards over the structured IR. Only plain locals of types that are
not `Copy` move, and only where no path reads the value again: not a later
iteration, not a handler or `finally` that may run, not an operation around the
use that still borrows the local. What a closure captured belongs to all its calls.
The items of a tuple that a local holds move one by one.
Source: textbook backward dataflow (Aho, Lam, Sethi, Ullman, 9.2.5).
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import bound, of
from portalis.translate.ir.taking import BORROWS, direct, lent_by, looked_through, parts
from portalis.translate.ir.walk import Scope, bound_in, children, locals_in

# Loops nested deeper than this take all that they mention for live.
EXACT_DEPTH = 5

# An item of a tuple lives by itself until the whole tuple is read.
Place = ir.Local | tuple[ir.Local, int]
Live = set[Place]


def run(crate: ir.CrateIR) -> None:
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            function_(function, crate.closes)


def function_(function: ir.FunctionDef, closes: bool) -> None:
    owned = {x for x in (*bound(function), *function.params) if may_move(x, closes)}
    nested = bool(of(function, ir.RustClosure)) or bool(of(function, ir.GeneratorExpr))
    if owned or nested:
        _Flow(owned, closes).body(function.body)


def may_move(local: ir.Local, closes: bool) -> bool:
    """closes: when a generator goes can be told."""
    plain = local.storage == "plain" and not local.ty.is_copy and not local.by_ref
    return plain and not (closes and local.may_hold_generator)


def item_of(node: ir.Expr) -> tuple[ir.Local, int] | None:
    """The item of a local's tuple that `node` is."""
    if isinstance(node, ir.TupleItem) and isinstance(node.value, ir.Var):
        local = node.value.local
        if local.storage == "plain" and local.ty.kind == "tuple":
            return local, node.position
    return None


def forget(live: Live, local: ir.Local) -> None:
    """The local is assigned: what it held before is not read again."""
    live.discard(local)
    live.difference_update((local, i) for i in range(len(local.ty.args)))


def is_read(live: Live, local: ir.Local) -> bool:
    return local in live or any((local, i) in live for i in range(len(local.ty.args)))


class _Flow:
    """One body: a function's, a closure's, a generator's."""

    def __init__(self, owned: set[ir.Local], closes: bool) -> None:
        self.closes = closes
        self.movable: Live = {x for x in owned if may_move(x, closes)}
        # Read by what may run when something raises here.
        self.rescue: Live = set()
        self.breaks: dict[str, Live] = {}
        self.continues: dict[str, Live] = {}
        self.depth = 0

    def body(self, body: list[ir.Stmt], value: ir.Expr | None = None) -> None:
        live: Live = set()
        if value is not None:
            self.expr(value, live, frozenset())
        self.block(body, live)

    def block(self, body: list[ir.Stmt], live: Live) -> None:
        """Turns `live` from what lives after `body` into what lives before."""
        for node in reversed(body):
            self.statement(node, live)

    # -- statements
    def statement(self, node: ir.Stmt, live: Live) -> None:
        match node:
            case ir.Declare() | ir.Assign():
                if node.local.storage == "plain":
                    forget(live, node.local)
                if node.value is not None:
                    self.expr(node.value, live, frozenset())
            case ir.If():
                other = set(live)
                self.block(node.then, live)
                self.block(node.other, other)
                live |= other
                self.expr(node.test, live, frozenset())
            case ir.While() | ir.For():
                self.loop(node, live)
            case ir.Try():
                self.attempt(node, live)
            case ir.Break() | ir.Continue() | ir.Return() | ir.Raise():
                self.jump(node, live)
            case ir.SetField():
                self.sequence([(node.obj, "ref"), (node.value, "own")], live, frozenset())
            case ir.Delete():
                forget(live, node.local)
            case ir.SetGlobal() | ir.Eval() | ir.Yield():
                self.expr(node.value, live, frozenset())
            case _:
                raise AssertionError(type(node))

    def jump(self, node: ir.Stmt, live: Live) -> None:
        match node:
            case ir.Break():
                replace(live, self.breaks[node.label])
            case ir.Continue():
                replace(live, self.continues[node.label])
            case ir.Return():
                live.clear()
                if node.value is not None:
                    self.expr(node.value, live, frozenset())
            case ir.Raise():
                live.clear()
                if node.handled is not None:
                    live.add(node.handled)
                self.sequence([(node.value, "own"), (node.cause, "own")], live, frozenset())

    def loop(self, node: ir.While | ir.For, live: Live) -> None:
        after = set(live)
        outside = set(after)
        self.block(node.orelse, outside)
        self.depth += 1
        head = set(outside)
        if self.depth > EXACT_DEPTH:
            head |= locals_in(Scope([node])).keys()
        while True:
            inside = self.loop_body(node, head, after, outside)
            if inside <= head:
                break
            head |= inside
        self.depth -= 1
        replace(live, head)
        if isinstance(node, ir.For):
            self.operand(node.iterable, "ref", live, frozenset())

    def loop_body(self, node: ir.While | ir.For, head: Live, after: Live, outside: Live) -> Live:
        """What lives before the test, if `head` lives at the end of the body."""
        self.breaks[node.label] = after
        self.continues[node.label] = head
        inside = set(head)
        self.block(node.body, inside)
        if isinstance(node, ir.For):
            forget(inside, node.target)
            return inside | outside
        if node.test is None:
            return inside
        inside |= outside
        self.expr(node.test, inside, frozenset())
        return inside

    def attempt(self, node: ir.Try, live: Live) -> None:
        outer = set(self.rescue)
        if node.final:
            for places in (self.breaks, self.continues):
                for target in places.values():
                    live |= target
            live |= outer
            self.block(node.final, live)
            self.rescue = outer | live
        handled: Live = set()
        for handler in node.handlers:
            inside = set(live)
            self.block(handler.body, inside)
            handled |= inside
            handled.discard(handler.caught)
        # To rustc whatever raises leads past the handlers and into `else`, and the body's
        # end to them.
        handled |= live
        self.block(node.orelse, live)
        live |= handled
        self.rescue = self.rescue | live
        self.block(node.body, live)
        live |= self.rescue
        self.rescue = outer

    # -- expressions
    def expr(self, node: ir.Expr, live: Live, lent: frozenset[ir.Local]) -> None:
        """lent: what operations around `node` borrow meanwhile."""
        if isinstance(node, ir.Op):
            self.operation(node, live, lent)
            return
        match node:
            case ir.Lit():
                pass
            case ir.Var():
                local = node.local
                node.moved = (
                    local in self.movable
                    and not is_read(live, local)
                    and not is_read(self.rescue, local)
                    and local not in lent
                )
                live.add(local)
            case ir.TupleItem() if (part := item_of(node)) is not None:
                whole = part[0]
                node.moved = (
                    whole in self.movable
                    and live.isdisjoint((whole, part))
                    and self.rescue.isdisjoint((whole, part))
                    and whole not in lent
                )
                live.add(part)
            case ir.IfExp():
                other = set(live)
                self.expr(node.then, live, lent)
                self.expr(node.other, other, lent)
                live |= other
                self.expr(node.test, live, lent)
            case ir.BoolOp():
                for item in reversed(node.items[1:]):
                    skipped = set(live)
                    self.expr(item, live, lent)
                    live |= skipped
                self.expr(node.items[0], live, lent)
            case ir.Block():
                self.expr(node.value, live, lent)
                outer, self.movable = self.movable, self.movable - lent
                self.block(node.body, live)
                self.movable = outer
            case ir.RustClosure():
                self.nested(Scope([], node.body), node.params, (), live)
            case ir.GeneratorExpr():
                self.nested(Scope(node.body), (), node.captures, live)
            case ir.FunctionValue() | ir.DynamicFunction():
                # Defaults are evaluated at every call.
                live.update(locals_in(node))
            case ir.VirtualCall():
                self.virtual(node, live, lent)
            case ir.UnionMatch():
                borrowed = lent | lent_by(node.value, "ref")
                replace(live, self.arms([arm for _, arm in node.arms], live, borrowed))
                self.operand(node.value, "ref", live, lent)
            case _:
                self.sequence(list(parts(node)), live, lent)
                live.update(c for c in children(node) if isinstance(c, ir.Local))

    def sequence(
        self,
        items: Sequence[tuple[ir.Expr | None, str]],
        live: Live,
        lent: frozenset[ir.Local],
    ) -> None:
        """Operands in their order of evaluation; a borrow lasts until the operation."""
        if len(items) == 1:
            # Most operations have one operand, and nothing is borrowed before it.
            item, mode = items[0]
            if item is not None:
                self.operand(item, mode, live, lent)
            return
        known = [(item, mode) for item, mode in items if item is not None]
        borrowed = [lent_by(item, mode) for item, mode in known]
        for at in range(len(known) - 1, -1, -1):
            item, mode = known[at]
            self.operand(item, mode, live, lent.union(*borrowed[:at]))

    def operand(self, node: ir.Expr, mode: str, live: Live, lent: frozenset[ir.Local]) -> None:
        inner = looked_through(node, mode)
        if inner is not None:
            self.sequence(inner, live, lent)
            return
        local = direct(node) if mode in BORROWS else None
        if local is None:
            self.expr(node, live, lent)
        else:
            live.add(item_of(node) or local)

    def operation(self, node: ir.Op, live: Live, lent: frozenset[ir.Local]) -> None:
        """A template may evaluate its operands in any order, or one twice."""
        operands = node.operands
        if len(operands) > 1:
            seen: set[ir.Local] = set()
            for operand in operands.values():
                one = mentioned(operand.value)
                if one:
                    lent = lent.union(seen & one)
                    seen |= one
        for name, operand in operands.items() if node.template.count("{") > 1 else ():
            if node.template.count(f"{{{name}}}") > 1:
                lent = lent.union(mentioned(operand.value))
        self.sequence([(o.value, o.mode) for o in operands.values()], live, lent)

    def virtual(self, node: ir.VirtualCall, live: Live, lent: frozenset[ir.Local]) -> None:
        replace(live, self.arms([arm for _, arm in node.arms], live, lent) | {node.receiver})

    def arms(self, arms: list[ir.Expr], live: Live, lent: frozenset[ir.Local]) -> Live:
        """What lives before a choice of which one arm runs."""
        before: Live = set()
        for arm in arms:
            inside = set(live)
            self.expr(arm, inside, lent)
            before |= inside
        return before

    def nested(
        self,
        scope: Scope,
        params: list[ir.Local] | tuple[()],
        owned: list[ir.Local] | tuple[()],
        live: Live,
    ) -> None:
        """A body of its own; owned: captures that it may use up, being run once."""
        inside = bound_in(scope) | set(params)
        _Flow(inside | set(owned), self.closes).body(scope.body, scope.value)
        live |= (locals_in(scope).keys() | set(owned)) - inside


def mentioned(node: ir.Expr) -> Set[ir.Local]:
    # Not by a walk: most operands are variables and literals.
    if isinstance(node, ir.Var):
        return {node.local}
    return frozenset() if isinstance(node, ir.Lit) else locals_in(node).keys()


def replace(live: Live, other: Live) -> None:
    if live is not other:
        live.clear()
        live.update(other)
