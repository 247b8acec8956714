"""Examples of docstrings by the runtime's macros for them.

It is written out as a call of the runner's `start` and a `try` around what the example
does; its body becomes a closure, which errors leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portalis.translate.emit.coercions import never_comes
from portalis.translate.emit.text import MARK, is_one_call, string_literal
from portalis.translate.emit.types import rust
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import Scope, bound_in, every

if TYPE_CHECKING:
    from portalis.translate.emit.function import FunctionEmitter

_START = re.compile(r"doctest(_\d+)?::Runner(Fields)?::start")
_FAILED = re.compile(r"doctest(_\d+)?::Runner(Fields)?::failed")
# Where the message of an exception begins, and options, of an example that has none.
_USUAL = (-1, 0, 0)
# What cannot stand in a closure that is called where it stands.
_MARKS = re.compile(rf"{MARK}\d+{MARK}")
_LEAVING = (ir.Return, ir.Yield, ir.Delegate, ir.While, ir.Break, ir.Continue, ir.RustClosure)


def example(emitter: FunctionEmitter, start: ir.Stmt, tried: ir.Stmt) -> str | None:
    """Both statements; None if they are no example, or one that no closure can be."""
    if not isinstance(tried, ir.Try) or emitter.handling or emitter.exits[-1].kind != "fn":
        return None
    began, failed = begun(start), failure(tried)
    if began is None or failed is None or not stands_alone(tried.body):
        return None
    runner, values = began
    line, source, want, *rest = values
    assert isinstance(source, str)
    assert isinstance(want, str)
    name = identifier(runner.name)
    more = "" if tuple(rest) == _USUAL else f"; {', '.join(map(str, rest))}"
    told = f"{string_literal(source)} => {string_literal(want)}"
    begin = f"example!({name}, {line}, {told}{more});"
    inner = emitter.inner()
    return f"{begin}\n{shown(inner, name, tried.body) or runs(inner, name, tried.body)}"


def begun(node: ir.Stmt) -> tuple[ir.Local, Sequence[object]] | None:
    """The runner, and what it is told of the example that starts."""
    match node:
        case ir.Eval(value=ir.Call(path=path, args=[ir.Var(local=runner), *args])):
            values = [plain(a) for a in args]
            whole = _START.fullmatch(path) and len(values) == 6 and None not in values
            return (runner, values) if whole and runner.storage == "plain" else None
    return None


def plain(node: ir.Expr) -> object:
    """A literal, through conversions."""
    while isinstance(node, ir.Coerce):
        node = node.value
    return node.value if isinstance(node, ir.Lit) else None


def failure(node: ir.Try) -> ir.Local | None:
    """The runner that is told of what the body raises, if that is all that is done."""
    match node:
        case ir.Try(handlers=[ir.Handler(body=[*_, ir.Eval(value=ir.Call(path=path, args=args))])]):
            known = _FAILED.fullmatch(path) and not (node.orelse or node.final or node.chains)
            first = args[0] if args else None
            return first.local if known and isinstance(first, ir.Var) else None
    return None


def stands_alone(body: list[ir.Stmt]) -> bool:
    """A closure that is called at once does the same as the statements where they stand."""
    inside = bound_in(Scope(body))
    for node in every(Scope(body)):
        if isinstance(node, _LEAVING):
            return False
        if isinstance(node, ir.Assign) and node.local.storage == "plain":
            if node.local not in inside:
                return False
    return True


def shown(emitter: FunctionEmitter, runner: str, body: list[ir.Stmt]) -> str | None:
    """What only shows a value, which may be None: then it shows nothing."""
    match body:
        case [ir.Declare(local=held, value=ir.Expr() as value), rest] if not never_comes(value):
            name = identifier(held.name)
            text = _MARKS.sub("", emitter.statement(rest)).replace(name, "shown")
            macro = _SHOWING.get(text)
            made = emitter.own(value)
            if not made.endswith("?") or made[0] in "{(":
                made = f"{{ let shown: {rust(held.ty)} = {made}; shown }}"
            return macro and f"{macro}!({runner}, {made});"
    return None


_PUT = "_portalis_runner.put(&shown.py_repr()?)?;\n"
_SHOWING = {_PUT: "shows", f"if !shown.is_none() {{\n{_PUT}}}\n": "shows_some"}


def runs(emitter: FunctionEmitter, runner: str, body: list[ir.Stmt]) -> str:
    """Statements that only errors leave."""
    match body:
        case [ir.Eval(value=value)] if value.ty.kind == "none":
            text = result(emitter.own(value))
        case [ir.Declare(value=ir.Expr() as value), *_] if never_comes(value):
            text = emitter.own(value)
        case _:
            text = f"{{\n{emitter.block(body)}Ok(())\n}}"
    return f"runs!({runner}, || {text});"


def result(text: str) -> str:
    """What gives nothing, as a Result."""
    opened = text.find("(")
    known = text.endswith(")?") and is_one_call(text[:-1], opened)
    return text[:-1] if known else f"{{ {text}; Ok(()) }}"
