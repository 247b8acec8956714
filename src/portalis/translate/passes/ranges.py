"""What the ints of a function may be, at every expression and assignment.

Abstract interpretation with intervals over the structured IR: tests narrow what
they compare, loops widen until nothing moves, and one more round narrows again.
Source: Cousot and Cousot, "Static determination of dynamic properties of programs"
(1976).

Two facts come from outside the program: lengths stay below `LENGTH`, and what
takes more than `STEPS` rounds of a loop never happens, so that a counter stays
near where it began and a range hands out only so many items.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from portalis.translate.ir import gathered
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import Scope, children
from portalis.translate.passes import interval as iv
from portalis.translate.passes.held import Place, place_of
from portalis.translate.passes.interval import TOP, Interval

State = dict[ir.Local, Interval]
# Statements visited before a function is left as it is.
BUDGET = 200_000
# Results of operations that are 64-bit already, by row name; else any 64-bit int.
RESULTS: dict[str, Interval] = {
    "len": iv.LENGTH,
    "ord": (0, 0x10FFFF),
    "list.index": iv.LENGTH,
    "list.count": iv.LENGTH,
    "str.index": iv.LENGTH,
    "str.rindex": iv.LENGTH,
    "str.count": iv.LENGTH,
    "str.find": (-1, iv.LENGTH[1]),
    "str.rfind": (-1, iv.LENGTH[1]),
    "tuple.count": iv.LENGTH,
    "tuple.index": iv.LENGTH,
    "int.bit_length": (0, 1 << 60),
    "int.bit_count": (0, 1 << 60),
}
# Items of what a loop walks, by kind.
ITEMS: dict[str, Interval] = {
    "bytes": (0, 255),
    "bytearray": (0, 255),
    "range": iv.I64,
    "array_int": iv.I64,
}
COMPARISONS = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


class TooLargeError(Exception):
    """The function takes too long to analyse."""


class NoReturnError(Exception):
    """What is called never returns, as far as is known yet."""


@dataclass(frozen=True, slots=True)
class Calls:
    """What calls give, by path. silent: calls that do not return. held: what is in places
    that can be followed; None: nothing, so far as is known yet."""

    results: dict[str, Interval] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    held: dict[Place, Interval | None] = field(default_factory=dict)


class Code:
    """A body, with what analyses look for in it, gathered once. stores: what binds locals."""

    def __init__(self, function: ir.FunctionDef) -> None:
        self.body = function.body
        self.nodes = gathered.nodes(function)
        self.stores: list[ir.Assign | ir.Declare | ir.For] = [
            n for n in self.nodes if isinstance(n, (ir.Assign, ir.Declare, ir.For))
        ]

    def own_locals(self) -> set[ir.Local]:
        """Locals that something in the body declares."""
        declared = {n.local for n in self.stores if isinstance(n, ir.Declare)}
        return declared | {n.target for n in self.stores if isinstance(n, ir.For)}


class Ranges:
    """The analysis of one body.

    facts: of each expression of type int, what it may be. stored: of each
    assignment and loop, what it stores. Both hold what the last visit saw, which
    covers all that can happen.
    """

    def __init__(
        self, tracked: set[ir.Local], caps: dict[ir.Stmt, Interval], calls: Calls | None = None
    ) -> None:
        self.calls = calls or Calls()
        # What parameters start with.
        self.given: dict[ir.Local, Interval] = {}
        self.tracked = tracked
        # What additive assignments cannot leave: counters.
        self.caps = caps
        self.facts: dict[ir.Expr, Interval] = {}
        self.stored: dict[ir.Stmt, Interval] = {}
        # First items of the tuples that a loop over `enumerate` hands out.
        self.counted: dict[ir.Local, Interval] = {}
        self.breaks: dict[str, State | None] = {}
        self.continues: dict[str, State | None] = {}
        self.catching: list[State] = []
        self.visits = 0

    # -- statements
    def block(self, body: list[ir.Stmt], state: State | None) -> State | None:
        for node in body:
            if state is None:
                return None
            depth = len(self.catching)
            try:
                state = self.statement(node, state)
            except NoReturnError:
                del self.catching[depth:]
                return None
        return state

    def statement(self, node: ir.Stmt, state: State) -> State | None:
        self.visits += 1
        if self.visits > BUDGET:
            raise TooLargeError
        match node:
            case ir.Declare() | ir.Assign():
                if node.value is not None:
                    self.store(node, node.local, self.eval(node.value, state), state)
            case ir.If():
                then, other = self.test(node.test, state)
                return either(self.block(node.then, then), self.block(node.other, other))
            case ir.While() | ir.For():
                return self.loop(node, state)
            case ir.Try():
                return self.attempt(node, state)
            case ir.Break():
                self.breaks[node.label] = either(self.breaks.get(node.label), state)
                return None
            case ir.Continue():
                self.continues[node.label] = either(self.continues.get(node.label), state)
                return None
            case ir.Return() | ir.Raise():
                self.parts(node, state)
                return None
            case _:
                self.parts(node, state)
        return state

    def store(self, node: ir.Stmt, local: ir.Local, value: Interval, state: State) -> None:
        if local not in self.tracked:
            return
        cap = self.caps.get(node)
        if cap is not None:
            value = iv.meet(value, cap)
        self.stored[node] = value
        state[local] = value
        for caught in self.catching:
            caught[local] = iv.join(caught.get(local, value), value)

    def loop(self, node: ir.While | ir.For, state: State) -> State | None:
        item = TOP
        if isinstance(node, ir.For):
            self.eval(node.iterable, state)
            item = self.item(node)
        head = state
        while True:
            end, done = self.round(node, dict(head), item)
            new = either(state, end)
            assert new is not None
            if inside(new, head):
                break
            head = {x: iv.widen(head.get(x, v), v) for x, v in new.items()}
        for _ in range(2):
            if new == head:
                break
            head = new
            end, done = self.round(node, dict(head), item)
            new = either(state, end)
            assert new is not None
        broken = self.breaks.pop(node.label, None)
        return either(self.block(node.orelse, done), broken)

    def round(
        self, node: ir.While | ir.For, head: State, item: Interval
    ) -> tuple[State | None, State | None]:
        """One iteration from `head`: the state at its end, and where the loop is over."""
        self.breaks[node.label] = self.continues[node.label] = None
        begin: State | None = head
        done: State | None = None
        if isinstance(node, ir.For):
            done = dict(head)
            self.store(node, node.target, item, head)
        elif node.test is not None:
            begin, done = self.test(node.test, head)
        end = self.block(node.body, begin)
        return either(end, self.continues.get(node.label)), done

    def item(self, node: ir.For) -> Interval:
        """What the loop variable may be; `counted` gets what a tuple's first item may be."""
        value = node.iterable
        if isinstance(value, ir.Op) and value.name == "reversed" and value.operands:
            value = next(iter(value.operands.values())).value
        if not isinstance(value, ir.Op):
            return ITEMS.get(value.ty.kind, TOP)
        if value.name == "enumerate" and "start" in value.operands:
            start = self.fact(value.operands["start"].value)
            self.counted[node.target] = iv.add(start, (0, iv.STEPS))
        if value.name == "range" and value.ty.kind == "range":
            return self.range_item([self.fact(o.value) for o in value.operands.values()])
        return ITEMS.get(value.ty.kind, TOP)

    @staticmethod
    def range_item(parts: list[Interval]) -> Interval:
        """Items of a range; its bounds fit 64 bits, or making it raises."""
        start, stop, step = (0, 0), parts[0], (1, 1)
        if len(parts) > 1:
            start, stop = parts[0], parts[1]
        if len(parts) > 2:
            step = parts[2]
        far = iv.mul(step, (0, iv.STEPS))
        reach = iv.add(start, far)
        if step[0] > 0:
            found = (start[0], max(min(stop[1] - 1, reach[1]), start[0]))
        elif step[1] < 0:
            found = (min(max(stop[0] + 1, reach[0]), start[1]), start[1])
        else:
            found = reach
        return iv.meet(iv.I64, iv.clamp(*found))

    def attempt(self, node: ir.Try, state: State) -> State | None:
        begin = dict(state)
        everything = dict(begin)
        if node.final:
            self.catching.append(everything)
        caught = dict(begin)
        self.catching.append(caught)
        end = self.block(node.body, state)
        self.catching.pop()
        end = self.block(node.orelse, end)
        for handler in node.handlers:
            end = either(end, self.block(handler.body, dict(caught)))
        if node.final:
            self.catching.pop()
            after = self.block(node.final, everything)
            return None if end is None else after
        return end

    # -- expressions
    def fact(self, node: ir.Expr) -> Interval:
        return self.facts.get(node, TOP)

    def eval(self, node: ir.Expr, state: State) -> Interval:
        found = self.value(node, state)
        if node.ty.kind in ("int", "i64", "bool"):
            self.facts[node] = found
        return found

    def value(self, node: ir.Expr, state: State) -> Interval:
        found = TOP
        match node:
            case ir.Lit():
                found = iv.point(node.value) if isinstance(node.value, int) else TOP
            case ir.Var():
                found = state.get(node.local, iv.I64 if node.local.ty.kind == "i64" else TOP)
            case ir.Coerce():
                inner = self.eval(node.value, state)
                found = inner if node.source.kind in ("int", "i64", "bool") else TOP
            case ir.Op():
                found = self.operation(node, state)
            case ir.IfExp():
                then, other = self.test(node.test, state)
                found = iv.join(self.eval(node.then, then), self.eval(node.other, other))
                update(state, then, other)
            case ir.BoolOp() | ir.Not():
                update(state, *self.test(node, state))
                found = iv.BOOL
            case ir.TupleItem(value=ir.Var(local=whole), position=0):
                found = self.counted.get(whole, TOP)
            case ir.Block():
                end = self.block(node.body, state)
                if end is None:
                    raise NoReturnError
                replace(state, end)
                found = self.eval(node.value, state)
            case ir.Call():
                self.parts(node, state)
                if node.path in self.calls.silent:
                    raise NoReturnError
                found = self.calls.results.get(node.path, TOP)
            case ir.FieldGet() | ir.GlobalGet():
                self.parts(node, state)
                held = self.calls.held.get(place_of(node) or ("", ""), TOP)
                if held is None:
                    raise NoReturnError
                found = held
            case _:
                self.apart(node, state)
        return found

    def apart(self, node: ir.Expr, state: State) -> None:
        """Expressions that are no ints, or of which nothing is known."""
        match node:
            case ir.RustClosure() | ir.GeneratorExpr() | ir.FunctionValue() | ir.DynamicFunction():
                self.nested(node, state)
            case ir.VirtualCall():
                for _, arm in node.arms:
                    self.arm(arm, dict(state))
            case ir.UnionMatch():
                self.eval(node.value, state)
                for _, arm in node.arms:
                    self.arm(arm, dict(state))
            case _:
                self.parts(node, state)

    def arm(self, node: ir.Expr, state: State) -> None:
        with contextlib.suppress(NoReturnError):
            self.eval(node, state)

    def parts(self, node: ir.Expr | ir.Stmt, state: State) -> None:
        for child in children(node):
            if isinstance(child, ir.Expr):
                self.eval(child, state)

    def nested(self, node: ir.Expr, state: State) -> None:
        """A body that runs later, on captured values that no one changes."""
        catching, self.catching = self.catching, []
        for child in children(node):
            try:
                if isinstance(child, Scope):
                    inner = self.block(child.body, dict(state))
                    if child.value is not None and inner is not None:
                        self.eval(child.value, inner)
                elif isinstance(child, ir.Expr):
                    self.eval(child, dict(state))
            except NoReturnError:
                continue
        self.catching = catching

    def operation(self, node: ir.Op, state: State) -> Interval:
        parts = [self.eval(o.value, state) for o in node.operands.values()]
        kind = node.ty.kind
        if kind == "bool":
            return iv.BOOL
        if kind not in ("int", "i64"):
            return TOP
        if all(o.value.ty.kind in ("int", "i64") for o in node.operands.values()):
            transfer = iv.OPERATORS.get(node.name)
            if transfer is not None and len(parts) == 2:
                found = transfer(*parts)
                return iv.meet(found, iv.I64) if kind == "i64" else found
            if len(parts) == 1:
                if node.name == "neg":
                    return iv.neg(parts[0])
                if node.name == "abs":
                    return iv.absolute(parts[0])
                if node.name in ("int", "pos"):
                    return parts[0]
        if kind == "i64":
            return RESULTS.get(node.name, iv.I64)
        return TOP

    # -- tests
    def test(self, node: ir.Expr, state: State) -> tuple[State, State]:
        """The states where `node` holds and where not; `state` is used up."""
        match node:
            case ir.Not():
                self.facts[node] = iv.BOOL
                yes, no = self.test(node.value, state)
                return no, yes
            case ir.BoolOp():
                self.facts[node] = iv.BOOL
                return self.chain(node, state)
            case ir.Block():
                end = self.block(node.body, state)
                if end is None:
                    raise NoReturnError
                return self.test(node.value, end)
        self.eval(node, state)
        other = dict(state)
        if isinstance(node, ir.Op):
            self.learn(node, state, True)
            self.learn(node, other, False)
        return state, other

    def chain(self, node: ir.BoolOp, state: State) -> tuple[State, State]:
        settled: State | None = None
        for item in node.items:
            yes, no = self.test(item, state)
            state, leaves = (yes, no) if node.op == "&&" else (no, yes)
            settled = either(settled, leaves)
        assert settled is not None
        return (state, settled) if node.op == "&&" else (settled, state)

    def learn(self, node: ir.Op, state: State, holds: bool) -> None:
        sides = [o.value for o in node.operands.values()]
        if not all(s.ty.kind in ("int", "i64") for s in sides):
            return
        if node.name in COMPARISONS and len(sides) == 2:
            op = node.name if holds else OPPOSITE[node.name]
            left, right = sides
            self.narrow(left, op, self.fact(right), state)
            self.narrow(right, COMPARISONS[op], self.fact(left), state)
        elif node.name in ("truth", "bool") and len(sides) == 1:
            self.narrow(sides[0], "!=" if holds else "==", (0, 0), state)

    @staticmethod
    def narrow(node: ir.Expr, op: str, bound: Interval, state: State) -> None:
        while isinstance(node, ir.Coerce):
            node = node.value
        if not isinstance(node, ir.Var) or node.local not in state:
            return
        lo, hi = state[node.local]
        match op:
            case "<":
                hi = min(hi, bound[1] - 1)
            case "<=":
                hi = min(hi, bound[1])
            case ">":
                lo = max(lo, bound[0] + 1)
            case ">=":
                lo = max(lo, bound[0])
            case "==":
                lo, hi = max(lo, bound[0]), min(hi, bound[1])
            case "!=" if bound[0] == bound[1]:
                lo += lo == bound[0]
                hi -= hi == bound[0]
        if lo <= hi:
            state[node.local] = iv.clamp(lo, hi)


def either(a: State | None, b: State | None) -> State | None:
    """Where both lead; a variable that one has not assigned is the other's."""
    if a is None or b is None:
        return b if a is None else a
    out = dict(a)
    for local, value in b.items():
        known = out.get(local)
        out[local] = value if known is None else iv.join(known, value)
    return out


def inside(new: State, old: State) -> bool:
    return all(x in old and iv.within(v, old[x]) for x, v in new.items())


def replace(state: State, other: State) -> None:
    if other is not state:
        state.clear()
        state.update(other)


def update(state: State, a: State, b: State) -> None:
    joined = either(a, b)
    assert joined is not None
    replace(state, joined)


# -- counters


def counter_step(node: ir.Stmt) -> tuple[ir.Expr, bool, ir.Local] | None:
    """`x = x + e` or `x = x - e`: e, whether it is subtracted, and x."""
    if not isinstance(node, ir.Assign) or not isinstance(node.value, ir.Op):
        return None
    op = node.value
    if op.name not in ("+", "-") or op.ty.kind != "int" or len(op.operands) != 2:
        return None
    left, right = (o.value for o in op.operands.values())
    if isinstance(left, ir.Var) and left.local is node.local:
        return right, op.name == "-", node.local
    if op.name == "+" and isinstance(right, ir.Var) and right.local is node.local:
        return left, False, node.local
    return None


def counter_caps(
    code: Code,
    tracked: set[ir.Local],
    found: Ranges | None,
    given: dict[ir.Local, Interval],
) -> dict[ir.Stmt, Interval]:
    """How far each counting assignment can get: its variable starts somewhere and
    moves by a bounded step, no more than `STEPS` times.

    found: what an earlier analysis knows; None: only literals and lengths are.
    given: variables that start with values from outside.
    """
    steps: dict[ir.Local, Interval] = {}
    starts = dict(given)
    counting: list[tuple[ir.Stmt, ir.Local]] = []
    blind = Ranges(set(), {})
    for node in code.stores:
        step = counter_step(node)
        if step is not None:
            value, subtracted, local = step
            size = found.fact(value) if found else blind.eval(value, {})
            size = iv.neg(size) if subtracted else size
            steps[local] = iv.join(steps.get(local, (0, 0)), size)
            counting.append((node, local))
        elif isinstance(node, ir.For):
            if node.target in tracked:
                starts[node.target] = TOP
        elif node.value is not None and node.local in tracked:
            start = found.stored.get(node, TOP) if found else blind.eval(node.value, {})
            starts[node.local] = iv.join(starts.get(node.local, start), start)
    caps: dict[ir.Stmt, Interval] = {}
    for counter, local in counting:
        far = iv.mul(steps[local], (0, iv.STEPS))
        cap = iv.add(starts.get(local, (0, 0)), far)
        if iv.within(cap, (-(1 << 62) - (1 << 48), (1 << 62) + (1 << 48))):
            caps[counter] = cap
    return caps


def analyse(
    code: Code,
    tracked: set[ir.Local],
    given: dict[ir.Local, Interval],
    calls: Calls | None = None,
) -> Ranges | None:
    """The ranges of a function's ints; None where that takes too long."""
    caps = counter_caps(code, tracked, None, given)
    for _ in range(2):
        found = Ranges(tracked, caps, calls)
        found.given = given
        try:
            found.block(code.body, dict(given))
        except TooLargeError:
            return None
        again = counter_caps(code, tracked, found, given)
        if again == caps:
            break
        caps = again
    return found
