"""Function objects that take any arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from portalis.translate.emit.text import (
    ok,
    rust_path,
    shared_param,
    string_literal,
)
from portalis.translate.emit.types import rust
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import Scope, bound_in, locals_in

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter


def maker(node: ir.FunctionValue | ir.DynamicFunction) -> str:
    """The constructor of a function object."""
    return "item" if node.once else "new"


def item(node: ir.FunctionValue | ir.DynamicFunction) -> str:
    """What it takes after the name: where the function is, if that is its identity."""
    return f"{string_literal(node.path)}, " if node.once else ""


def documented(node: ir.FunctionValue | ir.DynamicFunction) -> str:
    """What gives a function object its docstring."""
    return f".documented(Some({string_literal(node.doc)}))" if node.doc is not None else ""


def signature(name: str, params: Sequence[ir.DynamicParam]) -> str:
    """The static that binds dynamic arguments to these parameters."""
    by_kind: dict[str, list[ir.DynamicParam]] = {}
    for param in params:
        by_kind.setdefault(param.kind, []).append(param)
    only = by_kind.get("positional_only", [])
    positional = [*only, *by_kind.get("positional", [])]
    names = ", ".join(string_literal(p.name) for p in positional)
    maker = "method" if len(only) == 1 else "new"
    parts = [f"Signature::{maker}({string_literal(name)}, &[{names}])"]
    if len(only) > 1:
        parts.append(f"positional_only({len(only)})")
    if optional := sum(p.default is not None for p in positional):
        parts.append(f"optional({optional})")
    keywords = ", ".join(
        f"({string_literal(p.name)}, {'true' if p.default is not None else 'false'})"
        for p in by_kind.get("keyword", [])
    )
    if keywords:
        parts.append(f"keyword_only(&[{keywords}])")
    if by_kind.keys() & {"star", "star_list"}:
        parts.append("star()")
    if "double_star" in by_kind:
        parts.append("double_star()")
    return f"static SIGNATURE: Signature = {'.'.join(parts)};"


def bound_parameters(
    params: Sequence[ir.DynamicParam], default: Callable[[ir.Expr], str]
) -> list[str]:
    """Each parameter taken out of `py_bound`, what `SIGNATURE.bind` gave."""
    out: list[str] = []
    position = {"value": 0, "keyword": 0}
    for param in params:
        if param.kind == "star_list":
            out.append("std::mem::take(&mut py_bound.star)")
        elif param.kind in ("star", "double_star"):
            out.append(_rest(param))
        else:
            one = "keyword" if param.kind == "keyword" else "value"
            at = position[one]
            position[one] += 1
            if param.default is None:
                out.append(f"py_bound.{one}({at})")
            else:
                out.append(_optional(_TABLES[one], at, default(param.default)))
    return out


_TABLES = {"value": "values", "keyword": "keyword_only"}


def _optional(table: str, at: int, default: str) -> str:
    """What was given, or the default, whose text is looked at once it is needed."""
    taken = f"py_bound.{table}[{at}].take()"
    if _CONSTANT.fullmatch(default):
        return f"{taken}.unwrap_or({default})"
    return f"match {taken} {{ Some(v) => v, None => {default} }}"


# Values that cost nothing to make, whether they are needed or not.
_CONSTANT = re.compile(r'Value::(None|Bool\((true|false)\)|from\(-?\d+\)|lit\("(?:[^"\\]|\\.)*"\))')


def _rest(param: ir.DynamicParam) -> str:
    """What `*` or `**` takes, as what the function's variable holds from the start to the end."""
    held = param.ty.args[0] if param.ty.kind == "opt" else param.ty
    if param.kind == "star":
        text = "py_bound.star()"
    else:
        boxed = held.kind == "value" or held.args[0].kind == "value"
        text = "py_bound.double_star()?" if boxed else "py_bound.double_star_by_str()?"
    if held.kind == "value":
        text += ".to_value()"
    return f"Some({text})" if param.ty.kind == "opt" else text


def _fitting(param: ir.DynamicParam, text: str) -> str:
    """`text` as what the function takes: in what never runs that may be no dynamic value."""
    if param.kind in ("star", "star_list", "double_star") or param.ty.kind == "value":
        return text
    return f"cast::<{rust(param.ty)}>(&({text}))?"


def taken_along(emitter: ExpressionEmitter, local: ir.Local) -> str:
    """A closure's own copy of a local, which has a value by now."""
    name = identifier(local.name)
    read = emitter.var(ir.Var(local.ty, local)) if local.storage == "maybe" else f"{name}.clone()"
    return f"let {name} = {read};"


def dynamic_function(emitter: ExpressionEmitter, node: ir.DynamicFunction) -> str:
    """A function that binds any arguments by its signature, as CPython does."""
    taken_locals = dict.fromkeys(node.captures)
    for param in node.params:
        if param.default is not None:
            taken_locals.update(locals_in(param.default))
    inner = emitter.inner(node.result)
    inner.taken = taken_locals
    args = [f"{identifier(c.name)}.clone()" for c in node.captures]
    given = zip(node.params, bound_parameters(node.params, inner.kept), strict=True)
    args += [_fitting(param, text) for param, text in given][int(node.implied) :]
    first = len(node.captures)
    for i, by_ref in enumerate(node.refs):
        if by_ref:
            text = args[first + i]
            args[first + i] = f"&({text})" if text.startswith("match ") else f"&{text}"
    path = rust_path(node.path, emitter.module)
    clones = " ".join(taken_along(emitter, c) for c in taken_locals)
    name = string_literal(node.python_name)
    # Names of its own: what it takes along may be called `args`.
    bind = "bind_method" if node.implied else "bind"
    return (
        f"{{ {signature(node.called_name or node.python_name, node.params)} {clones} "
        f"Value::Func(DynFunc::{maker(node)}({name}, {item(node)}move |py_given| {{ "
        f"let mut py_bound = SIGNATURE.{bind}(py_given)?; "
        f"Ok({path}({', '.join(args)})?.to_value()) }}){documented(node)}) }}"
    )


def rust_closure(emitter: ExpressionEmitter, value: ir.RustClosure, head: str) -> str:
    """A closure that owns what it uses, so that it may outlive the frame."""
    inside = bound_in(Scope([], value.body)) | set(value.params)
    taken = [x for x in locals_in(Scope([], value.body)) if x not in inside]
    inner = emitter.inner(value.ty)
    body = inner.own(value.body)
    slots = "".join(
        f"{shared_param(identifier(p.name))} " for p in value.params if p.storage == "slot"
    )
    text = f"move {head} -> Result<{rust(value.ty)}> {{ {slots}{ok(body)} }}"
    if not taken:
        return text
    clones = " ".join(f"let {identifier(x.name)} = {identifier(x.name)}.clone();" for x in taken)
    return f"{{ {clones} {text} }}"
