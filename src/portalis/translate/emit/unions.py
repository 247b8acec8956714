"""Unions of classes as Rust text: the enum, a match on one, conversions to and from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.translate.emit.types import rust, union_path, variants
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.types import Type

if TYPE_CHECKING:
    from portalis.translate.emit.expression import ExpressionEmitter


def definition(ty: Type) -> str:
    name = union_path(ty).partition("::")[2]
    lines = "".join(
        f"        {variant}({rust(cls)}),\n"
        for variant, cls in zip(variants(ty), ty.args, strict=True)
    )
    return f"union! {{\n    pub enum {name} {{\n{lines}    }}\n}}\n"


def match(emitter: ExpressionEmitter, node: ir.UnionMatch) -> str:
    union = node.value.ty
    enum = rust(union)
    names = dict(zip(union.args, variants(union), strict=True))
    if all(isinstance(arm, ir.Lit) and arm.ty.kind == "bool" for _, arm in node.arms):
        chosen = [names[x.ty] for x, arm in node.arms if isinstance(arm, ir.Lit) and arm.value]
        patterns = " | ".join(f"{enum}::{name}(_)" for name in chosen)
        return f"matches!({emitter.recv(node.value)}, {patterns})" if chosen else "false"
    arms = "".join(
        f"{enum}::{names[x.ty]}({identifier(x.name)}) => {emitter.own(arm)},\n"
        for x, arm in node.arms
    )
    return f"match {emitter.ref(node.value)} {{\n{arms}}}"


def into(text: str, source: Type, target: Type) -> str:
    """An instance, or what a smaller or larger union holds: it is known to be of `target`."""
    enum, names = rust(target), dict(zip(target.args, variants(target), strict=True))
    if source.kind == "inst":
        return f"{enum}::{names[source]}({text})"
    arms = "".join(
        f"{rust(source)}::{name}(v) => {enum}::{names[arg]}(v),\n"
        for arg, name in zip(source.args, variants(source), strict=True)
        if arg in names
    )
    return f"match {text} {{\n{arms}{_others(source, set(names))}}}"


def out_of(text: str, source: Type, target: Type) -> str:
    """The instance, of the class that a test found."""
    name = dict(zip(source.args, variants(source), strict=True))[target]
    return f"match {text} {{\n{rust(source)}::{name}(v) => v,\n{_others(source, {target})}}}"


def _others(source: Type, covered: set[Type]) -> str:
    rest = any(arg not in covered for arg in source.args)
    return '_ => unreachable!("excluded by a test"),\n' if rest else ""
