"""Function objects that take any arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.translate.emit.text import (
    rust_path,
    string_literal,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import locals_in

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter


def dynamic_function(emitter: ExpressionEmitter, node: ir.DynamicFunction) -> str:
    """A function that binds any arguments by its signature, as CPython does."""
    inner = type(emitter)(emitter.module, node.result)
    by_kind: dict[str, list[ir.DynamicParam]] = {}
    for param in node.params:
        by_kind.setdefault(param.kind, []).append(param)
    positional = by_kind.get("positional", [])
    names = ", ".join(string_literal(p.name) for p in positional)
    keywords = ", ".join(
        f"({string_literal(p.name)}, {'true' if p.default is not None else 'false'})"
        for p in by_kind.get("keyword", [])
    )
    required = sum(p.default is None for p in positional)
    signature = (
        f"static SIGNATURE: Signature = Signature {{ name: {string_literal(node.python_name)}, "
        f"params: &[{names}], positional_only: 0, required: {required}, "
        f"keyword_only: &[{keywords}], star: {'true' if by_kind.keys() & {'star', 'star_list'} else 'false'}, "
        f"double_star: {'true' if 'double_star' in by_kind else 'false'} }};"
    )
    args = [f"{identifier(c.name)}.clone()" for c in node.captures]
    position = {"positional": 0, "keyword": 0}
    for param in node.params:
        if param.kind == "star_list":
            args.append("std::mem::take(&mut bound.star)")
        elif param.kind == "star":
            args.append("Tuple::from(std::mem::take(&mut bound.star))")
        elif param.kind == "double_star":
            args.append("Dict::from_items(std::mem::take(&mut bound.double_star))?")
        else:
            table = "values" if param.kind == "positional" else "keyword_only"
            taken = f"bound.{table}[{position[param.kind]}].take()"
            position[param.kind] += 1
            if param.default is None:
                args.append(f'{taken}.expect("bound")')
            else:
                args.append(
                    f"match {taken} {{ Some(v) => v, None => {inner.kept(param.default)} }}"
                )
    first = len(node.captures)
    for i, by_ref in enumerate(node.refs):
        if by_ref:
            text = args[first + i]
            args[first + i] = f"&({text})" if text.startswith("match ") else f"&{text}"
    path = rust_path(node.path, emitter.module)
    taken_locals = dict.fromkeys(node.captures)
    for param in node.params:
        if param.default is not None:
            taken_locals.update(locals_in(param.default))
    clones = " ".join(
        f"let {identifier(c.name)} = {identifier(c.name)}.clone();" for c in taken_locals
    )
    name = string_literal(node.python_name.rpartition(".")[2])
    return (
        f"{{ {signature} {clones} Value::Func(DynFunc::new({name}, move |args| {{ "
        f"let mut bound = SIGNATURE.bind(args)?; "
        f"Ok({path}({', '.join(args)})?.to_value()) }})) }}"
    )
