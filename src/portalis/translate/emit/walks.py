"""`for` loops over what Rust can walk without a `Result` an item.

`plain_walk` gives the text of an infallible Rust iterator for an iterable expression,
or None where walking may raise: then the loop asks each item for its error. `gathered`
makes a chain of iterators of a loop that only appends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portalis.translate.emit.text import is_one_call, ok
from portalis.translate.emit.types import rust
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.taking import walked
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import Scope, every

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter

_WORDS = re.compile(r"\w+")

# Operations that change nothing and, on such operands, run nothing of the program's.
QUIET = frozenset(("getitem", "len", "+", "-", "*", "neg"))
INERT = frozenset(("int", "i64", "float", "num", "bool", "str", "list", "vartuple", "range"))


def plain_walk(emitter: ExpressionEmitter, value: ir.Expr) -> str | None:
    if walked(value) is None:
        return None
    special = _SPECIAL.get(value.name) if isinstance(value, ir.Op) else None
    if special is not None:
        assert isinstance(value, ir.Op)
        return special(emitter, value)
    return f"{emitter.recv(value)}.iter()"


def _range(emitter: ExpressionEmitter, value: ir.Op) -> str:
    walk = emitter.range_walk(value)
    return f"({walk}).map(Int::from)" if ".." in walk else f"{walk}.map(Int::from)"


def _reversed(emitter: ExpressionEmitter, value: ir.Op) -> str:
    return f"{emitter.recv(value.operands['x'].value)}.reversed()"


def _enumerate(emitter: ExpressionEmitter, value: ir.Op) -> str:
    items = plain_walk(emitter, value.operands["items"].value)
    first = emitter.as_i64(value.operands["start"].value)
    return f"({first}i64..).zip({items}).map(|(i, x)| (Int::from(i), x))"


def _zip(emitter: ExpressionEmitter, value: ir.Op) -> str:
    walks = [plain_walk(emitter, o.value) for name, o in value.operands.items() if name != "strict"]
    if len(walks) == 2:
        return f"{walks[0]}.zip({walks[1]})"
    return f"{walks[0]}.zip({walks[1]}).zip({walks[2]}).map(|((a, b), c)| (a, b, c))"


_SPECIAL = {"range": _range, "reversed": _reversed, "enumerate": _enumerate, "zip": _zip}


# Kinds of which `Py::to_value` is what makes a dynamic value.
_BOXED = frozenset("int float bool str bytes list dict set vartuple inst".split())


def boxed(emitter: ExpressionEmitter, node: ir.Op) -> str | None:
    """A walk that does nothing but to make items dynamic; None: it does more."""
    closure = node.operands["f"].value
    assert isinstance(closure, ir.RustClosure)
    match closure.body:
        case ir.Coerce(value=ir.Var(local=local)) as made:
            kind = "" if made.source.is_owned else made.source.kind
            if local in closure.params and kind in _BOXED and made.ty.kind == "value":
                return f"iter::boxed({emitter.iterator(node.operands['xs'].value)})"
    return None


def _slice_in_place(emitter: ExpressionEmitter, loop: ir.For, push: ir.Op) -> str | None:
    """Walks `xs[a:b]` without a copy, where nothing in the loop can change a list."""
    sliced = loop.iterable
    if not (isinstance(sliced, ir.Op) and sliced.name == "getslice" and sliced.ty.kind == "list"):
        return None
    for node in every(Scope(loop.body)):
        if node is push or isinstance(node, (ir.Declare, ir.Eval, ir.Var, ir.Lit, ir.Coerce)):
            continue
        if not (isinstance(node, ir.Op) and node.name in QUIET):
            return None
        if any(o.value.ty.kind not in INERT for o in node.operands.values()):
            return None
    template = sliced.template.replace(".getslice(", ".slice_iter(")
    return emitter.recv(ir.Op(sliced.ty, template, sliced.operands, True))


def gathered(emitter: ExpressionEmitter, node: ir.Block, into: Type) -> str | None:
    """`[f(x) for x in xs]` as an iterator chain that `into` collects, where one loop
    only appends."""
    if len(node.body) != 2 or node.ty.kind != "list":
        return None
    start, loop = node.body
    if not (isinstance(start, ir.Declare) and isinstance(loop, ir.For) and loop.body):
        return None
    *before, last = loop.body
    push = last.value if isinstance(last, ir.Eval) else None
    if not (
        isinstance(push, ir.Op)
        and push.name == "list.append"
        and isinstance(start.value, ir.ListLit)
        and all(isinstance(s, ir.Declare) and s.value is not None for s in before)
        and isinstance(node.value, ir.Var)
        and node.value.local is start.local
    ):
        return None
    walk = (
        emitter.i64_walk(loop)
        or _slice_in_place(emitter, loop, push)
        or plain_walk(emitter, loop.iterable)
    )
    if walk is not None and ".." in walk:
        walk = f"({walk})"
    if walk is None or loop.target.storage != "plain":
        return None
    item = push.operands["x"].value
    inner = emitter.inner(item.ty)
    text = inner.block(before) + inner.own(item)
    mutable = "mut " if loop.target.mutable else ""
    head = f"{walk}.map(|{mutable}{identifier(loop.target.name)}|"
    whole = rust(into).replace("<", "::<", 1)
    if "?" not in text and "await" not in text:
        body = f"{{ {text} }}" if before else text
        return f"{whole}::from({head} {body}).collect::<Vec<_>>())"
    if "await" in text:
        return None
    result = f"Result<{rust(item.ty)}>"
    return emitter.fail(
        f"{whole}::collect({head} -> {result} {{ {inner.block(before)}{ok(inner.own(item))} }}))"
    )


def searched(emitter: ExpressionEmitter, node: ir.Block) -> str | None:
    """`any(… for …)` and `all(… for …)` over one iterable as Rust's own."""
    found = search_of(node)
    if found is None:
        return None
    loop, test, is_any = found
    walk = emitter.i64_walk(loop) or plain_walk(emitter, loop.iterable)
    inner = emitter.inner(test.ty)
    name = identifier(loop.target.name)
    before = inner.block(loop.body[:-1])
    if walk is None:
        walk, before = emitter.iterator(loop.iterable), f"let {name} = {name}?;\n{before}"
    elif ".." in walk:
        walk = f"({walk})"
    asked = inner.own(test)
    if asked.startswith("(") and is_one_call(asked, 0):
        asked = asked[1:-1]
    if "await" in before + asked:
        return None
    mentioned = name in _WORDS.findall(before + asked)
    mutable = "mut " if loop.target.mutable else "" if mentioned else "_"
    head = f"|{mutable}{name}|"
    word = "any" if is_any else "all"
    if "?" in before + asked:
        asked = f"{{ {before}{ok(asked)} }}" if before else ok(asked)
        return emitter.fail(f"iter::{word}_that({walk}, {head} {asked})")
    return f"{walk}.{word}({head} {f'{{ {before}{asked} }}' if before else asked})"


def search_of(node: ir.Block) -> tuple[ir.For, ir.Expr, bool] | None:
    """The loop, what it asks of each item, and whether one that has it is enough."""
    match node:
        case ir.Block(
            body=[
                ir.Declare(local=found, value=ir.Lit(value=bool(start))),
                ir.While(test=None, orelse=[], body=[ir.For(orelse=[]) as loop, ir.Break()]),
            ],
            value=ir.Var(local=given),
        ) if given is found and loop.target.storage == "plain":
            pass
        case _:
            return None
    *before, last = loop.body or [ir.Break(0, "")]
    tests = tests_before(last, found)
    if not tests or any(not isinstance(s, ir.Declare) or s.value is None for s in before):
        return None
    if not start:
        return loop, joined("&&", tests), True
    *conditions, hit = tests
    if not isinstance(hit, ir.Not):
        return None
    refuted: list[ir.Expr] = [ir.Not(test.ty, test) for test in conditions]
    return loop, joined("||", [*refuted, hit.value]), False


def tests_before(node: ir.Stmt, found: ir.Local) -> list[ir.Expr]:
    """The conditions under which the search ends with what it found; none if it does more."""
    match node:
        case ir.If(test=hit, other=[], then=[ir.Assign(local=told), ir.Break()]) if told is found:
            return [hit]
        case ir.If(test=condition, other=[], then=[inner]):
            inside = tests_before(inner, found)
            return [condition, *inside] if inside else []
    return []


def joined(op: str, tests: list[ir.Expr]) -> ir.Expr:
    return tests[0] if len(tests) == 1 else ir.BoolOp(tests[0].ty, op, tests)
