"""An example of a docstring as one line of the runtime's macro for it.

It is written out as a call of the runner's `start` and a `try` around what the example
does; its body becomes a closure, which errors leave.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portalis.translate.emit.text import is_one_call, string_literal
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
_LEAVING = (ir.Return, ir.Yield, ir.Delegate, ir.While, ir.Break, ir.Continue, ir.RustClosure)
_WORDS = re.compile(r"\w+")


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
    inner = emitter.inner()
    body = body_of(inner, tried.body)
    parts = [identifier(runner.name), str(line), string_literal(source), string_literal(want)]
    parts += [] if tuple(rest) == _USUAL else map(str, rest)
    return f"example!({', '.join(parts)}, || {body});"


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


def body_of(emitter: FunctionEmitter, body: list[ir.Stmt]) -> str:
    """The Result of the statements; a value that is only shown is not named before."""
    match body:
        case [ir.Declare(local=shown, value=ir.Expr() as value), ir.Eval(value=put)]:
            name = identifier(shown.name)
            made, text = emitter.own(value), emitter.own(put)
            once = _WORDS.findall(text).count(name) == 1
            if once and f"&{name}.py_repr()?" in text and made.endswith("?") and made[0] != "{":
                return result(text.replace(name, emitter.atom(made)))
        case [ir.Eval(value=value)] if value.ty.kind == "none":
            return result(emitter.own(value))
    return f"{{\n{emitter.block(body)}Ok(())\n}}"


def result(text: str) -> str:
    """What gives nothing, as a Result."""
    opened = text.find("(")
    known = text.endswith(")?") and is_one_call(text[:-1], opened)
    return text[:-1] if known else f"{{ {text}; Ok(()) }}"
