"""Functions, classes, globals and modules as Rust text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from portalis.core.faults import Fault, attempt
from portalis.translate.emit.function import FunctionEmitter
from portalis.translate.emit.text import MARK, doc_comment, string_literal
from portalis.translate.emit.types import rust
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import RECEIVER
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import Scope, every, locals_in

HEADER = """#![allow(unused, non_snake_case, non_upper_case_globals, non_camel_case_types, unreachable_code)]
#![allow(clippy::all)]
use portalis_runtime::prelude::*;
use std::rc::Rc;
"""


@dataclass(eq=False, slots=True)
class Home:
    """The module whose items are written, and what failed in it, by Python line."""

    name: str
    python_file: str
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def text(self, what: str, line: int, write: Callable[[], str], end: str = "\n") -> str:
        """What `write` makes; a stop of the program in its place if that fails."""
        made = attempt(write)
        if isinstance(made, str):
            return made
        self.faults.append((line, made))
        parts = (what, made.code, f"{self.python_file}:{line}", str(made))
        return f"refused({', '.join(map(string_literal, parts))}){end}"


def module(node: ir.ModuleIR, is_main: bool, home: Home) -> str:
    out = []
    if node.doc:
        out.append(doc_comment(node.doc, "//!"))
    out.append("\n" + HEADER)
    for item in node.globals:
        out.append(global_def(item))
    methods: dict[str, list[ir.FunctionDef]] = {}
    for function in node.functions:
        owner, _, _ = function.name.rpartition("::")
        methods.setdefault(owner, []).append(function)
    for cls in node.classes:
        out.append(class_def(cls, methods.get(cls.name.partition("::")[2], []), home))
    for function in methods.get("", []):
        out.append(function_def(function, home))
    if node.init is not None:
        out.append(init(node.init, is_main, home))
    return localise("\n".join(out), node.rust_name)


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def localise(text: str, module_name: str) -> str:
    """Paths of the module's own items need no `crate::module::`; strings stay."""
    prefix = f"crate::{module_name}::"
    out: list[str] = []
    at = 0
    for found in _STRING.finditer(text):
        out += [text[at : found.start()].replace(prefix, ""), found.group()]
        at = found.end()
    return "".join([*out, text[at:].replace(prefix, "")])


def global_def(node: ir.GlobalDef) -> str:
    name = node.path.partition("::")[2]
    return (
        f"thread_local! {{ pub static {name}: Slot<{rust(node.ty)}> = const {{ Slot::empty() }}; }}"
    )


def init(node: ir.FunctionDef, is_main: bool, home: Home) -> str:
    emitter = FunctionEmitter(home.name, node.result)
    body = "".join(
        home.text("<module>", s.line, partial(emitter.statement, s), ";\n") for s in node.body
    )
    guard = ""
    if not is_main:
        guard = (
            "thread_local! { static DONE: std::cell::Cell<bool> = "
            "const { std::cell::Cell::new(false) }; }\n"
            "if DONE.replace(true) { return Ok(()); }\n"
        )
    return f"/// The module's top level.\npub fn init() -> Result<()> {{\n{guard}{body}Ok(())\n}}\n"


def function_def(node: ir.FunctionDef, home: Home) -> str:
    name = node.name.rpartition("::")[2]
    params = [_captured(c) for c in node.captures] + [_param(p) for p in node.params]
    result = rust(node.result)
    doc = doc_comment(node.doc) if node.doc else ""
    mark = f"{MARK}{node.line}{MARK}" if node.line else ""
    head = f"{doc}{mark}pub fn {name}({', '.join(params)}) -> Result<{result}> {{\n"
    body = home.text(node.python_name, node.line, lambda: function_body(node, home.name))
    return f"{head}{body}}}\n"


def function_body(node: ir.FunctionDef, module_name: str) -> str:
    if node.is_generator:
        item = rust(node.generator_item)
        emitter = FunctionEmitter(module_name, node.result, in_generator=True)
        body = emitter.block(node.body)
        return (
            f"Ok(generator(move |yielder: Yielder<{item}>| async move {{\n{body}"
            "Ok::<(), Exc>(())\n}))\n"
        )
    emitter = FunctionEmitter(module_name, node.result)
    *rest, last = node.body or [ir.Return(0, None)]
    body = "let _frame = enter_frame()?;\n" if node.recursive else ""
    body += emitter.block(rest)
    if isinstance(last, ir.Return):
        value = emitter.own(last.value) if last.value is not None else "()"
        return body + (f"{MARK}{last.line}{MARK}" if last.line else "") + f"Ok({value})\n"
    body += emitter.statement(last)
    if node.result.kind == "none":
        body += "Ok(())\n"
    elif not isinstance(last, ir.Raise):
        body += "#[allow(unreachable_code)]\nunreachable!()\n"
    return body


_KEEPS = (ir.RustClosure, ir.GeneratorExpr, ir.FunctionValue, ir.DynamicFunction)


def take_receiver(node: ir.FunctionDef, owner: str) -> None:
    """`self` of a method of its own struct becomes Rust's receiver, unless a closure
    must own it under a name."""
    if not node.params or node.is_generator:
        return
    me = node.params[0]
    plain = me.python_name == "self" and me.storage == "plain" and not me.mutable
    if not plain or rust(me.ty) != owner:
        return
    kept = any(
        isinstance(item, _KEEPS) and me in locals_in(item) for item in every(Scope(node.body))
    )
    if not kept:
        me.name = RECEIVER


def _param(local: ir.Local) -> str:
    if local.name == RECEIVER:
        return "&self" if local.by_ref else "self"
    mutable = "mut " if local.mutable and local.storage == "plain" else ""
    by_ref = "&" if local.by_ref else ""
    return f"{mutable}{identifier(local.name)}: {by_ref}{rust(local.ty)}"


def _captured(local: ir.Local) -> str:
    ty = f"Rc<Slot<{rust(local.ty)}>>" if local.storage == "slot" else rust(local.ty)
    return f"{identifier(local.name)}: {ty}"


def class_def(node: ir.ClassDef, methods: list[ir.FunctionDef], home: Home) -> str:
    name = node.name.partition("::")[2]
    descriptor = (
        f"pub static {name.upper()}_CLASS: Class = Class {{ name: {string_literal(node.python_name)}, "
        f"module: {string_literal(node.module)}, mro: &[{', '.join('&' + b for b in node.bases)}] }};\n"
    )
    if node.is_plain:
        return descriptor
    out = [descriptor]
    if node.root == node.name:
        out.append(struct(node, name, home))
    else:
        doc = doc_comment(node.doc) if node.doc else ""
        out.append(f"{doc}pub struct {name};\n")
    root = f"crate::{node.root}"
    body = [constructor(node, name, root, home.name)]
    for method in methods:
        take_receiver(method, f"crate::{node.name}")
    body += [function_def(m, home) for m in methods]
    out.append(f"impl {name} {{\n{''.join(body)}}}\n")
    return "".join(out)


def struct(node: ir.ClassDef, name: str, home: Home) -> str:
    doc = doc_comment(node.doc) if node.doc else ""
    fields = "".join(f"pub {identifier(f.name)}: Slot<{rust(f.ty)}>,\n" for f in node.fields)
    empty = "".join(f"{identifier(f.name)}: Slot::empty(),\n" for f in node.fields)
    extra = "pub args: Slot<Value>,\n" if node.is_exception else ""
    extra_empty = "args: Slot::new(Value::tuple(Vec::new())),\n" if node.is_exception else ""
    exception = ""
    if node.is_exception:
        exception = (
            "pub fn set_args(&self, args: Vec<Value>) { self.0.args.set(Value::tuple(args)); }\n"
            "pub fn py_args(&self) -> Value { self.0.args.read() }\n"
            "pub fn args_str(&self) -> Result<Str> { instance::exception_text(&self.0.args.read()) }\n"
            "pub fn to_exc(&self) -> Exc { Exc::from_object(self.0.class, "
            "instance::tuple_items(&self.0.args.read()), self.to_value()) }\n"
        )
    return (
        f"{doc}#[derive(Clone)]\npub struct {name}(pub Rc<{name}Fields>);\n"
        f"pub struct {name}Fields {{\npub class: &'static Class,\n{extra}{fields}}}\n"
        f"impl {name} {{\n"
        f"pub(crate) fn alloc(class: &'static Class) -> {name} {{\n{name}(Rc::new({name}Fields {{ class,\n"
        f"{extra_empty}{empty}}}))\n}}\n{exception}}}\n"
        f"{instance(node, name, home)}instance!({name});\n"
    )


def constructor(node: ir.ClassDef, name: str, root: str, module_name: str) -> str:
    descriptor = f"{name.upper()}_CLASS"
    if node.init is None:
        if node.is_exception:
            return (
                f"pub fn new(args: Vec<Value>) -> Result<{root}> {{\n"
                f"let this = {root}::alloc(&{descriptor});\nthis.set_args(args);\nOk(this)\n}}\n"
            )
        return f"pub fn new() -> Result<{root}> {{ Ok({root}::alloc(&{descriptor})) }}\n"
    params = ", ".join(f"{identifier(p.name)}: {rust(p.ty)}" for p in node.init_params)
    taken = ["this", *(identifier(p.name) for p in node.init_params)]
    refs = node.init.refs or [False] * len(taken)
    taken = [f"&{name}" if by_ref else name for name, by_ref in zip(taken, refs, strict=True)]
    args = ", ".join(["this.clone()" if taken[0] == "this" else taken[0], *taken[1:]])
    path = node.init.path
    home, _, rest = path.partition("::")
    target = rest if home == module_name else f"crate::{path}"
    set_args = ""
    if node.is_exception:
        boxed = ", ".join(f"{identifier(p.name)}.to_value()" for p in node.init_params)
        set_args = f"this.set_args(vec![{boxed}]);\n"
    return (
        f"pub fn new({params}) -> Result<{root}> {{\nlet this = {root}::alloc(&{descriptor});\n"
        f"{set_args}{target}({args})?;\nOk(this)\n}}\n"
    )


# Dunder → (method of the runtime's Instance trait, its result, whether it takes `other`).
_PROTOCOL = {
    "__repr__": ("repr_method", "Str", False),
    "__str__": ("str_method", "Str", False),
    "__eq__": ("eq_method", "bool", True),
    "__ne__": ("ne_method", "bool", True),
    "__lt__": ("lt_method", "bool", True),
    "__le__": ("le_method", "bool", True),
    "__gt__": ("gt_method", "bool", True),
    "__ge__": ("ge_method", "bool", True),
    "__hash__": ("hash_method", "Int", False),
    "__len__": ("len_method", "Int", False),
    "__bool__": ("bool_method", "bool", False),
}


def instance(node: ir.ClassDef, name: str, home: Home) -> str:
    """What the runtime asks of instances; the `instance!` macro builds the rest on it."""
    methods = [
        "fn class_of(&self) -> &'static Class { self.0.class }\n",
        "fn address(&self) -> usize { Rc::as_ptr(&self.0) as *const () as usize }\n",
    ]
    for protocol in node.protocols:
        method, result, other = _PROTOCOL[protocol.dunder]
        emitter = FunctionEmitter(home.name, node.protocols[0].arms[0][1].ty)
        arms = ""
        for classes, value in protocol.arms:
            test = " || ".join(f"self.0.class.is(&{c})" for c in classes)
            answer = home.text(f"{name}.{protocol.dunder}", node.line, partial(emitter.own, value))
            if other and value.ty.kind == "value":
                arms += (
                    f"if {test} {{ return (|| -> Result<Option<bool>> {{ "
                    f"let answer = {answer}; "
                    "if matches!(answer, Value::NotImplemented) { return Ok(None); } "
                    "Ok(Some(answer.py_truth()?)) })().transpose(); }\n"
                )
                continue
            arms += f"if {test} {{ return Some((|| -> Result<{result}> {{ Ok({answer}) }})()); }}\n"
        binds = "let this = self.clone();\n"
        param = ""
        if other:
            param = ", other: &Self"
            binds += "let other = other.clone();\n"
        arms = arms.replace("this_", "this")
        methods.append(
            f"fn {method}(&self{param}) -> Option<Result<{result}>> {{\n{binds}{arms}None\n}}\n"
        )
    if node.is_exception:
        methods.append("fn exception_args(&self) -> Option<Value> { Some(self.0.args.read()) }\n")
    if node.is_copied:
        methods.append(copied(node, name))
    if node.escapes:
        methods.append(fields_by_name(node))
    methods.append(calls_by_name(node, home))
    return f"impl Instance for {name} {{\n{''.join(methods)}}}\n"


def copied(node: ir.ClassDef, name: str) -> str:
    """What the copy module asks of an instance."""
    fields = "".join(
        f"if let Some(value) = self.0.{identifier(f.name)}.get() {{\n"
        f"copy.0.{identifier(f.name)}.set(stdlib::copying::field(value, &mut memo)?);\n}}\n"
        for f in node.fields
    )
    args = "copy.0.args.set(self.0.args.read());\n" if node.is_exception else ""
    return (
        "fn copied(&self, mut memo: Option<&mut stdlib::copying::Memo>) -> Option<Result<Self>> {\n"
        f"let copy = {name}::alloc(self.0.class);\n"
        "if let Some(memo) = memo.as_deref_mut() { memo.keep(self.address(), &copy); }\n"
        f"Some((|| -> Result<Self> {{\n{fields}{args}Ok(copy)\n}})())\n}}\n"
    )


def fields_by_name(node: ir.ClassDef) -> str:
    read = "".join(
        f"{string_literal(f.name)} => self.0.{identifier(f.name)}.get().map(|v| v.to_value()),\n"
        for f in node.fields
    )
    if node.is_exception:
        read += '"args" => Some(self.0.args.read()),\n'
    write = "".join(
        f"{string_literal(f.name)} => {{ self.0.{identifier(f.name)}"
        f".set(cast::<{rust(f.ty)}>(&value)?); Ok(true) }}\n"
        for f in node.fields
    )
    return (
        f"fn field(&self, name: &str) -> Option<Value> {{\nmatch name {{\n{read}_ => None,\n}}\n}}\n"
        "fn set_field(&self, name: &str, value: Value) -> Result<bool> {\n"
        f"match name {{\n{write}_ => Ok(false),\n}}\n}}\n"
    )


def calls_by_name(node: ir.ClassDef, home: Home) -> str:
    if not node.dynamic:
        return ""
    arms = ""
    for method in node.dynamic:
        cls = (
            method.cls.partition("::")[2]
            if method.cls.startswith(home.name + "::")
            else f"crate::{method.cls}"
        )
        emitter = FunctionEmitter(home.name, method.value.ty)
        names = ", ".join(string_literal(n) for n in method.names)
        take = ""
        for i, (local, default) in enumerate(zip(method.params, method.defaults, strict=True)):
            if default is None:
                take += f"let {local.name} = filled.required({i})?;\n"
            else:
                given = home.text(method.name, node.line, partial(emitter.own, default))
                take += (
                    f"let {local.name} = match filled.optional({i}) "
                    f"{{ Some(v) => v, None => {given} }};\n"
                )
        what = f"{node.python_name}.{method.name}"
        value = home.text(what, node.line, partial(emitter.own, method.value))
        value = value.replace("this_", "this")
        arms += (
            f'({string_literal(method.name)}, "{method.kind}") if self.0.class.is(&{cls}) => '
            f"Some((|| -> Result<Value> {{ let this = self.clone();\n"
            f"let filled = args.fill({string_literal(method.name)}, &[{names}])?;\n"
            f"{take}Ok({value}) }})()),\n"
        )
    return (
        "fn call_named(&self, name: &str, kind: &str, args: Args) -> Option<Result<Value>> {\n"
        f"match (name, kind) {{\n{arms}_ => None,\n}}\n}}\n"
        "fn has_named(&self, name: &str, kind: &str) -> bool {\nmatch (name, kind) {\n"
        + "".join(
            f'({string_literal(n)}, "{k}") => true,\n'
            for n, k in dict.fromkeys((m.name, m.kind) for m in node.dynamic)
        )
        + "_ => false,\n}\n}\n"
    )
