"""Comprehensions as loops in a block, generator expressions as lazy bodies."""

from __future__ import annotations

import ast
from collections.abc import Callable

from portalis.core import trees
from portalis.translate.frontend.lattice import BOOL, VALUE, Ty
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    assign,
    comparing,
    iteration,
    narrowing,
    operators,
    row_calls,
)
from portalis.translate.lower.coerce import diverge, flow_into
from portalis.translate.lower.context import Frame, as_type, ty_of

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Leaf = Callable[[], list[ir.Stmt]]


def loops(frame: Frame, generators: list[ast.comprehension], leaf: Leaf) -> list[ir.Stmt]:
    """The nested `for` and `if` of a comprehension around what `leaf` gives."""
    if not generators:
        return leaf()
    head, rest = generators[0], generators[1:]
    source = iteration.walked(frame, head.iter)
    if ty_of(source).kind == "never":
        return [ir.Eval(frame.line, source)]
    saved = dict(frame.narrow)
    target, before = assign.loop_target(frame, head.target, source)
    tests: list[ir.Expr] = []
    for condition in head.ifs:
        value, yes, _ = narrowing.test(frame, condition)
        tests.append(value)
        frame.narrow.update(yes)
    body = loops(frame, rest, leaf)
    frame.narrow = saved
    if tests:
        joined = tests[0] if len(tests) == 1 else ir.BoolOp(as_type(BOOL), "&&", tests)
        body = [ir.If(frame.line, joined, body, [])]
    loop = ir.For(frame.line, frame.label("each"), target, source, [*before, *body], [])
    return [*fresh_slots(frame, head), loop]


def fresh_slots(frame: Frame, generator: ast.comprehension) -> list[ir.Stmt]:
    """Closures made in a comprehension share its variable, anew each time it runs."""
    out: list[ir.Stmt] = []
    for node in trees.walk(generator.target):
        if isinstance(node, ast.Name):
            target = frame.engine.program.names.get(node)
            if isinstance(target, Variable) and target.slotted:
                out.append(ir.Declare(frame.line, frame.local(target)))
    return out


def listed(frame: Frame, node: ast.expr, kind: str = "") -> ir.Expr:
    """A list, set or dict comprehension, or a generator expression taken whole."""
    assert isinstance(node, Comprehension)
    if isinstance(node, ast.DictComp):
        return _dict(frame, node)
    kind = kind or ("set" if isinstance(node, ast.SetComp) else "list")
    cell = frame.site(node, "items")
    ty = Ty(kind, (cell,))
    out = frame.temp(ty, "out")
    empty: ir.Expr = ir.SetLit(as_type(ty), []) if kind == "set" else ir.ListLit(as_type(ty), [])

    def leaf() -> list[ir.Stmt]:
        item = flow_into(frame, frame.expr(node.elt), cell)
        me = ir.Var(as_type(ty), out)
        name = "set.add" if kind == "set" else "list.append"
        return [ir.Eval(frame.line, row_calls.method(frame, node, name, me, [item]))]

    body = loops(frame, node.generators, leaf)
    declare: list[ir.Stmt] = [ir.Declare(frame.line, out, empty)]
    return ir.Block(as_type(ty), declare + body, ir.Var(as_type(ty), out))


def of_generator(frame: Frame, node: ast.GeneratorExp, name: str) -> ir.Expr | None:
    """`list(… for …)`, `set(… for …)`, `tuple(… for …)`: built as a comprehension."""
    if name == "list":
        return listed(frame, node)
    if name == "set":
        return listed(frame, node, "set")
    if name == "tuple":
        whole = listed(frame, node)
        ty = Ty("vartuple", ty_of(whole).args)
        operands = {"xs": ir.Operand(whole, lends=True)}
        return ir.Op(
            as_type(ty), "Tuple::from({xs}.into_vec())", operands, False, name="tuple from list"
        )
    return None


def _dict(frame: Frame, node: ast.DictComp) -> ir.Expr:
    ty = Ty("dict", (frame.site(node, "key"), frame.site(node, "item")))
    out = frame.temp(ty, "out")

    def leaf() -> list[ir.Stmt]:
        key = flow_into(frame, frame.expr(node.key), ty.args[0])
        item = flow_into(frame, frame.expr(node.value), ty.args[1])
        me = ir.Var(as_type(ty), out)
        return [ir.Eval(frame.line, operators.operation(frame, node, "setitem", [me, key, item]))]

    body = loops(frame, node.generators, leaf)
    declare: list[ir.Stmt] = [ir.Declare(frame.line, out, ir.DictLit(as_type(ty), []))]
    return ir.Block(as_type(ty), declare + body, ir.Var(as_type(ty), out))


def any_all(frame: Frame, node: ast.GeneratorExp, is_any: bool) -> ir.Expr:
    """`any(… for …)`, `all(… for …)`: a loop that stops early."""

    found = frame.temp(BOOL, "found")
    labels: list[str] = []

    def leaf() -> list[ir.Stmt]:
        condition = comparing.truth(frame, frame.expr(node.elt))
        hit = condition if is_any else ir.Not(as_type(BOOL), condition)
        stop: list[ir.Stmt] = [
            ir.Assign(frame.line, found, ir.Lit(as_type(BOOL), is_any)),
            ir.Break(frame.line, labels[0]),
        ]
        return [ir.If(frame.line, hit, stop, [])]

    labels.append(frame.label("search"))
    body = loops(frame, node.generators, leaf)
    outer = ir.While(frame.line, labels[0], None, [*body, ir.Break(frame.line, labels[0])], [])
    declare = ir.Declare(frame.line, found, ir.Lit(as_type(BOOL), not is_any))
    return ir.Block(as_type(BOOL), [declare, outer], ir.Var(as_type(BOOL), found))


def lazy(frame: Frame, node: ast.expr) -> ir.Expr:
    """A generator expression as an iterator; its first iterable is evaluated now."""
    assert isinstance(node, ast.GeneratorExp)
    cell = frame.site(node, "yields")
    ty = Ty("iter", (cell,))
    head = node.generators[0]
    source = iteration.walked(frame, head.iter)
    if ty_of(source).kind == "never":
        return diverge(source)
    if ty_of(source) == VALUE:
        # What cannot be iterated raises here, not at the first step.
        source = row_calls.builtin(frame, head.iter, "iter", [source])
    first = frame.temp(ty_of(source), "source")
    known = ir.Var(as_type(ty_of(source)), first)
    saved_loops, frame.loops = frame.loops, []

    def leaf() -> list[ir.Stmt]:
        item = flow_into(frame, frame.expr(node.elt), cell)
        return [ir.Yield(frame.line, item)]

    saved = dict(frame.narrow)
    target, before = assign.loop_target(frame, head.target, known)
    tests: list[ir.Expr] = []
    for condition in head.ifs:
        value, yes, _ = narrowing.test(frame, condition)
        tests.append(value)
        frame.narrow.update(yes)
    body = loops(frame, node.generators[1:], leaf)
    frame.narrow = saved
    frame.loops = saved_loops
    if tests:
        joined = tests[0] if len(tests) == 1 else ir.BoolOp(as_type(BOOL), "&&", tests)
        body = [ir.If(frame.line, joined, body, [])]
    loop = ir.For(frame.line, frame.label("each"), target, known, [*before, *body], [])
    taken = _captured(frame, node)
    made = ir.GeneratorExpr(as_type(ty), [loop], [first, *taken])
    return ir.Block(as_type(ty), [ir.Declare(frame.line, first, source)], made)


def _captured(frame: Frame, node: ast.GeneratorExp) -> list[ir.Local]:
    """What the generator takes along: all that is named but in its first iterable, which is
    evaluated before."""
    program = frame.engine.program
    before = set(trees.walk(node.generators[0].iter))
    later = [n for n in trees.walk(node) if n not in before]
    around = {n.target for n in later if isinstance(n, ast.NamedExpr)}
    own = {
        program.names.get(n)
        for n in later
        if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load) and n not in around
    }
    lambdas = [program.functions[n] for n in later if isinstance(n, ast.Lambda)]
    own.update(p.variable for function in lambdas for p in function.params)
    out: dict[ir.Local, None] = {}
    for n in later:
        found = program.names.get(n)
        if isinstance(found, Variable):
            if found not in own and not found.is_global and found.known_entity is None:
                out[frame.local(found)] = None
            entity = found.known_entity
            for free in getattr(entity, "free", ()):
                out[frame.local(free)] = None
    return list(out)
