"""Functions, classes, globals and modules as Rust text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from portalis.core.faults import Fault, attempt
from portalis.translate.emit import class_tests, unions
from portalis.translate.emit.closures import bound_parameters, signature
from portalis.translate.emit.function import FunctionEmitter, stops
from portalis.translate.emit.parentheses import LITERALS
from portalis.translate.emit.text import MARK, doc_comment, ok, string_literal
from portalis.translate.emit.types import rust
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import of
from portalis.translate.ir.names import RECEIVER
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import locals_in

_LEADING_MARK = re.compile(rf"{MARK}\d+{MARK}")
HEADER = "use portalis_runtime::prelude::*;\n"


@dataclass(eq=False, slots=True)
class Home:
    """The module whose items are written, and what failed in it, by Python line. methods:
    paths of the crate's functions that take `self`."""

    name: str
    python_file: str
    methods: Collection[str] = ()
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def text(self, what: str, line: int, write: Callable[[], str], end: str = "\n") -> str:
        """What `write` makes; a stop of the program in its place if that fails."""
        made = attempt(write)
        if isinstance(made, str):
            return made
        self.faults.append((line, made))
        parts = (what, made.code, f"{self.python_file}:{line}", str(made))
        return f"refused({', '.join(map(string_literal, parts))}){end}"


def module(node: ir.ModuleIR, is_main: bool, closes: bool, home: Home) -> str:
    """closes: when a value goes can be told."""
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
        out.append(class_def(cls, methods, home))
    out += map(unions.definition, node.unions)
    told: set[tuple[str, str]] = set()
    for function in methods.get("", []):
        if function.doc and (function.python_name, function.doc) in told:
            function.doc = ""  # a version for other types, next to one that says it
        told.add((function.python_name, function.doc))
        out.append(function_def(function, home))
    if node.init is not None:
        held = [g for g in node.globals if closes and is_main and g.ty.holds_code]
        out.append(init(node.init, is_main, held, home))
    return imported(localise("\n".join(out), node.rust_name))


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def localise(text: str, module_name: str) -> str:
    """Paths of the module's own items need no `crate::module::`; strings stay."""
    prefix = f"crate::{module_name}::"
    if prefix not in text:
        return text
    out: list[str] = []
    at = 0
    for found in _STRING.finditer(text):
        out += [text[at : found.start()].replace(prefix, ""), found.group()]
        at = found.end()
    return "".join([*out, text[at:].replace(prefix, "")])


# A class of another module, its descriptor, or a variable of it.
_FOREIGN = re.compile(r"\bcrate::(\w+)::([A-Z]\w+)\b")
# What macros and the standard prelude mean by these words.
_TAKEN = frozenset(
    "Box Clone Copy Default Drop Eq Err Fn FnMut FnOnce From Hash Into Iterator None Ok Option Ord"
    " PartialEq PartialOrd Result Self Send Some String Sync ToString Vec".split()
)


def imported(text: str) -> str:
    """With a `use` for each item of another module that only one thing here can be."""
    bare = _QUIET.sub(" ", text)
    homes: dict[str, set[str]] = {}
    for found in _FOREIGN.finditer(bare):
        homes.setdefault(found[2], set()).add(found[1])
    alone = Counter(_CAPITAL.findall(_FOREIGN.sub("", bare)))
    short = {
        name: min(modules)
        for name, modules in homes.items()
        if len(modules) == 1 and not alone[name] and name not in _TAKEN
    }
    if not short:
        return text
    out: list[str] = []
    at = 0
    for string in _QUIET.finditer(text):
        out += [_shortened(text[at : string.start()], short), string.group()]
        at = string.end()
    body = "".join([*out, _shortened(text[at:], short)])
    uses: dict[str, list[str]] = {}
    for name, home in sorted(short.items()):
        uses.setdefault(home, []).append(name)
    lines = "".join(
        f"use crate::{m}::{{{', '.join(names)}}};\n" for m, names in sorted(uses.items())
    )
    return body.replace(HEADER, HEADER + lines, 1)


_QUIET = re.compile(LITERALS, re.VERBOSE | re.DOTALL)
_CAPITAL = re.compile(r"\b[A-Z]\w+\b")


def _shortened(text: str, short: Mapping[str, str]) -> str:
    return _FOREIGN.sub(lambda found: found[2] if found[2] in short else found[0], text)


def global_def(node: ir.GlobalDef) -> str:
    name = node.path.partition("::")[2]
    return f"global!({name}: {rust(node.ty)});"


def init(node: ir.FunctionDef, is_main: bool, held: list[ir.GlobalDef], home: Home) -> str:
    """held: what goes when the program ends."""
    emitter = FunctionEmitter(home.name, node.result, home.methods)
    texts = [home.text("<module>", s.line, partial(emitter.statement, s), ";\n") for s in node.body]
    body = "".join(asked_once(texts))
    guard = ""
    if held:
        ends = "".join(f"crate::{g.path}.with(|slot| slot.take());\n" for g in held)
        whole = f"let py_result = (|| -> Result<()> {{\n{body}Ok(())\n}})();\n{ends}py_result\n"
        return f"/// The module's top level.\npub fn init() -> Result<()> {{\n{whole}}}\n"
    if not is_main:
        guard = (
            "thread_local! { static DONE: std::cell::Cell<bool> = "
            "const { std::cell::Cell::new(false) }; }\n"
            "if DONE.replace(true) { return Ok(()); }\n"
        )
    return f"/// The module's top level.\npub fn init() -> Result<()> {{\n{guard}{body}Ok(())\n}}\n"


_ASKS = re.compile(r"crate::\w+::init\(\)\?;\n")


def asked_once(texts: list[str]) -> Iterator[str]:
    """Without what asks again for a module that the statement before asks for."""
    last = ""
    for text in texts:
        bare = _LEADING_MARK.sub("", text)
        if bare != last or not _ASKS.fullmatch(bare):
            yield text
        last = bare


def function_def(node: ir.FunctionDef, home: Home) -> str:
    name = node.name.rpartition("::")[2]
    body = home.text(node.python_name, node.line, lambda: function_body(node, home))
    mentioned = frozenset(_WORD.findall(body))
    params = [_captured(c) for c in node.captures] + [_param(p, mentioned) for p in node.params]
    result = rust(node.result)
    doc = doc_comment(node.doc) if node.doc else ""
    mark = f"{MARK}{node.line}{MARK}" if node.line else ""
    word = "fn"
    if node.suspends:
        word = "async fn"
        params.append(f"yielder: &Yielder<{rust(node.generator_item)}>")
    hint = "#[inline]\n" if node.inline else ""
    head = f"{doc}{hint}{mark}pub {word} {name}({', '.join(params)}) -> Result<{result}> {{\n"
    return f"{head}{body}}}\n"


def function_body(node: ir.FunctionDef, home: Home) -> str:
    if node.is_generator:
        return made_generator(node, home)
    if node.kept and not node.suspends:
        return keeping(node, home)
    return plain_body(node, node.body, home)


def keeping(node: ir.FunctionDef, home: Home) -> str:
    """The body of a function whose locals an exception takes along."""
    emitter = FunctionEmitter(home.name, node.result, home.methods)
    at = len(node.kept)
    assert all(isinstance(s, ir.Declare) for s in node.body[:at])
    kept = "".join(f"{identifier(x.name)}, " for x in node.kept)
    return (
        f"{emitter.block(node.body[:at])}let py_result = (|| -> Result<{rust(node.result)}> {{\n"
        f"{plain_body(node, node.body[at:], home)}}})();\n"
        f"py_result.inspect_err(|py_error| py_error.keep(({kept})))\n"
    )


def plain_body(node: ir.FunctionDef, statements: list[ir.Stmt], home: Home) -> str:
    emitter = FunctionEmitter(home.name, node.result, home.methods)
    *rest, last = statements or [ir.Return(0, None)]
    body = "let _frame = enter_frame()?;\n" if node.recursive and not node.suspends else ""
    body += emitter.block(rest)
    if isinstance(last, ir.Return):
        value = emitter.own(last.value) if last.value is not None else "()"
        return body + (f"{MARK}{last.line}{MARK}" if last.line else "") + f"{ok(value)}\n"
    if node.result.kind == "none" and isinstance(last, ir.Eval) and last.value.ty.kind == "none":
        call = ok(emitter.own(last.value))
        if not call.startswith("Ok("):
            return body + (f"{MARK}{last.line}{MARK}" if last.line else "") + f"{call}\n"
    if isinstance(last, ir.Raise):
        end = emitter.statement(last).removesuffix(";\n")
        mark = _LEADING_MARK.match(end)
        start = mark.end() if mark else 0
        return f"{body}{end[:start]}{end[start:].removeprefix('return ')}\n"
    body += emitter.statement(last)
    if stops(last):
        # Without a semicolon what stops stands for any value.
        return body.removesuffix(";\n") + "\n" if isinstance(last, ir.Eval) else body
    return body + ("Ok(())\n" if node.result.kind == "none" else "unreachable!()\n")


def made_generator(node: ir.FunctionDef, home: Home) -> str:
    emitter = FunctionEmitter(home.name, node.returns, home.methods)
    make = "coroutine" if node.is_coroutine else "generator"
    head = f"move |yielder: Yielder<{rust(node.generator_item)}>| async move"
    first = node.body[0] if node.body else None
    whole = first.value if isinstance(first, ir.Return) else None
    if isinstance(whole, ir.Call) and node.is_maker and not node.at_once:
        return f"Ok({make}({head} {{ {ok(emitter.own(whole))} }}))\n"
    returns = rust(node.returns)
    if node.at_once and whole is not None:
        return f"Ok({make}_at_once(move || -> Result<{returns}> {{ {ok(emitter.own(whole))} }}))\n"
    body = emitter.block(node.body)
    end = "()" if returns == "()" else "unreachable!()"
    return f"Ok({make}({head} {{\n{body}Ok::<{returns}, Exc>({end})\n}}))\n"


_KEEPS = (ir.RustClosure, ir.GeneratorExpr, ir.FunctionValue, ir.DynamicFunction)


def receivers(crate: ir.CrateIR) -> Iterator[str]:
    """Paths of the functions that take `self`, once it is settled."""
    for module in crate.modules:
        structs = {name for c in module.classes for name in (c.name, f"{c.name}Fields")}
        for function in module.functions:
            owner = function.path.rpartition("::")[0]
            if owner not in structs:
                continue
            take_receiver(function, f"crate::{owner}")
            first = function.params[0] if function.params else None
            if first is not None and first.name == RECEIVER:
                yield function.path


def take_receiver(node: ir.FunctionDef, owner: str) -> None:
    """`self` of a method of its own struct becomes Rust's receiver, unless a closure
    must own it under a name."""
    if not node.params or node.captures or node.is_generator:
        return
    me = node.params[0]
    plain = me.python_name == "self" and me.storage == "plain" and not me.mutable
    if not plain or rust(me.ty) != owner:
        return
    kept = any(me in locals_in(item) for kind in _KEEPS for item in of(node, kind))
    if not kept:
        me.name = RECEIVER


_WORD = re.compile(r"\w+")


def _param(local: ir.Local, mentioned: frozenset[str]) -> str:
    """mentioned: the words of the body; a parameter that is not among them says so."""
    if local.name == RECEIVER:
        return "&self" if local.by_ref else "self"
    mutable = "mut " if local.mutable and local.storage == "plain" else ""
    by_ref = "&" if local.by_ref else ""
    name = identifier(local.name)
    if name not in mentioned and not name.startswith(("_", "r#")):
        name = f"_{name}"
        while name in mentioned:
            name += "_"
    return f"{mutable}{name}: {by_ref}{rust(local.ty)}"


def _captured(local: ir.Local) -> str:
    ty = f"Rc<Slot<{rust(local.ty)}>>" if local.storage == "slot" else rust(local.ty)
    return f"{identifier(local.name)}: {ty}"


def class_def(node: ir.ClassDef, methods: dict[str, list[ir.FunctionDef]], home: Home) -> str:
    """methods: by the struct that they stand in."""
    name = node.name.partition("::")[2]
    bases = ", ".join(f"&{b}" for b in node.bases)
    names = f"{string_literal(node.python_name)}, {string_literal(node.module)}"
    descriptor = f"pub static {node.static_name}: Class = Class::new({names}, &[{bases}]);\n"
    if node.is_plain:
        return descriptor
    out = [descriptor]
    if node.root == node.name:
        out.append(struct(node, name, home))
    else:
        doc = doc_comment(node.doc) if node.doc else ""
        out.append(f"{doc}pub struct {name};\n")
    root = f"crate::{node.root}"
    body = constructor(node, root, home.name)
    out.append(f"impl {name} {{\n{body}{written(methods.get(name, []), home)}}}\n")
    own = f"{name}Fields"
    body = constructor(node, f"{root}Fields", home.name) if node.makes_owner else ""
    body += written(methods.get(own, []), home)
    out.append(f"impl {own} {{\n{body}}}\n" if body else "")
    return "".join(out)


def written(methods: list[ir.FunctionDef], home: Home) -> str:
    return "".join(function_def(m, home) for m in methods)


def struct(node: ir.ClassDef, name: str, home: Home) -> str:
    """The handle and its fields. rustfmt leaves a macro with braces as it is written."""
    doc = (
        "".join(f"    {line}\n" for line in doc_comment(node.doc).splitlines()) if node.doc else ""
    )
    texts = [(f.plain, f"        {identifier(f.name)}: {rust(f.ty)},\n") for f in node.fields]
    fields = "".join(text for plain, text in texts if not plain)
    plain = "".join(text for plain, text in texts if plain)
    if node.is_ordered:
        fields += "        py_order: fields::Order,\n"
    if node.is_open:
        fields += "        py_others: fields::Others,\n"
    kind = "exception" if node.is_exception else "struct"
    body = f"{{\n{fields}    }}" if fields else "{}"
    if plain:
        body += f" plain {{\n{plain}    }}"
    return (
        f"class! {{\n{doc}    pub {kind} {name}({name}Fields) {body}\n}}\n"
        f"\n{instance(node, name, home)}\n"
    )


def constructor(node: ir.ClassDef, root: str, module_name: str) -> str:
    """root: what is made: a handle of an object, or the object."""
    descriptor = node.static_name
    if node.init is None:
        if node.is_exception:
            return (
                f"pub fn new(args: Vec<Value>) -> Result<{root}> {{\n"
                f"let this = {root}::alloc(&{descriptor});\nthis.set_args(args);\nOk(this)\n}}\n"
            )
        return f"pub fn new() -> Result<{root}> {{ Ok({root}::alloc(&{descriptor})) }}\n"
    params = ", ".join(f"{identifier(p.name)}: {rust(p.ty.shared())}" for p in node.init_params)
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
    call = f"{target}({args})"
    start = f"pub fn new({params}) -> Result<{root}> {{\n"
    if not set_args and taken[0] == "&this":
        made = f"made({root}::alloc(&{descriptor}), |this| {call.replace('&this', 'this', 1)})"
        return f"{start}{made}\n}}\n"
    return f"{start}let this = {root}::alloc(&{descriptor});\n{set_args}{call}?;\nOk(this)\n}}\n"


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


def protocol_method(node: ir.ClassDef, name: str, protocol: ir.Protocol, home: Home) -> str:
    """A dunder of a hierarchy: by the instance's class, what that class defines."""
    method, result, other = _PROTOCOL[protocol.dunder]
    emitter = FunctionEmitter(home.name, node.protocols[0].arms[0][1].ty, home.methods)
    arms = []
    groups = [frozenset(c.removeprefix("crate::") for c in cs) for cs, _ in protocol.arms]
    tested = class_tests.tests(node, groups, home.name)
    for test, (_, value) in zip(tested, protocol.arms, strict=True):
        answer = home.text(f"{name}.{protocol.dunder}", node.line, partial(emitter.own, value))
        answer = received(answer)
        ty = "Value" if other and value.ty.kind == "value" else result
        call = ok(answer)
        if "?" in call:
            call = f"(|| -> Result<{ty}> {{ {call} }})()"
        arms.append((test, f"Some({call})" if ty == result else f"instance::answered({call})"))
    text = "".join(f"if self.0.class.{test} {{ return {call}; }}\n" for test, call in arms)
    # Of a class that nothing inherits from there are no other instances.
    alone = len(node.family) == len(arms) == 1
    body = arms[0][1] if alone else f"{text}None"
    params = "&self, other: &Self" if other else "&self"
    asked = f"fn {method}({params}) -> Option<Result<{result}>> {{\n{body}\n}}\n"
    if protocol.dunder == "__eq__":
        # Whoever defines it alone has no hash.
        defines = "true" if alone else " || ".join(f"self.0.class.{test}" for test, _ in arms)
        asked += f"fn has_eq(&self) -> bool {{ {defines} }}\n"
    return asked


def received(text: str) -> str:
    """What was written for owned `this` and `other`, for the borrowed ones of a method."""
    text = re.sub(r"\bthis_?\b", "self", text)
    return re.sub(r"&((?:self|other)\b)(?!\.)", r"\1", text)


def instance(node: ir.ClassDef, name: str, home: Home) -> str:
    """What the runtime asks of instances; the `instance!` macro builds the rest on it."""
    methods: list[str] = []
    methods += [protocol_method(node, name, protocol, home) for protocol in node.protocols]
    if node.is_exception:
        methods.append("raised!();\n")
    if node.is_copied:
        methods.append(copied(node, name))
    if node.escapes:
        methods.append(fields_by_name(node))
    methods.append(calls_by_name(node, home))
    methods.append(definers(node))
    return f"impl Instance for {name} {{\n{''.join(methods)}}}\n"


def copied(node: ir.ClassDef, name: str) -> str:
    """What the copy module asks of an instance."""
    fields = "".join(
        f"if let Some(value) = self.0.{identifier(f.name)}.get() {{\n"
        f"copy.0.{identifier(f.name)}.set(stdlib::copying::field(value, &mut memo)?);\n}}\n"
        for f in node.fields
    )
    args = "copy.0.args.set(self.py_args());\n" if node.is_exception else ""
    if node.is_ordered:
        args += "copy.0.py_order.set(fields::of(&self.0.py_order).copied());\n"
    if node.is_open:
        args += "fields::of(&copy.0.py_others).copy(&fields::of(&self.0.py_others), &mut memo)?;\n"
    return (
        "fn copied(&self, mut memo: Option<&mut stdlib::copying::Memo>) -> Option<Result<Self>> {\n"
        f"let copy = {name}::alloc(self.0.class);\n"
        "if let Some(memo) = memo.as_deref_mut() { memo.keep(self.address(), &copy); }\n"
        f"Some((|| -> Result<Self> {{\n{fields}{args}Ok(copy)\n}})())\n}}\n"
    )


def fields_by_name(node: ir.ClassDef) -> str:
    fields = [f"{identifier(f.name)} {string_literal(f.name)}" for f in node.fields]
    fields += ['args "args"'] if node.is_exception else []
    out = f"fields_by_name!({', '.join(fields)});\n" if fields else ""
    if node.is_ordered:
        out += "ordered!();\n"
    if node.is_open:
        out += f"open!({', '.join(map(string_literal, node.method_names))});\n"
    return out


def kept(
    home: Home,
    node: ir.ClassDef,
    method: ir.DynamicMethod,
    emitter: FunctionEmitter,
    value: ir.Expr,
) -> str:
    """A default of a parameter, as text."""
    return home.text(method.name, node.line, partial(emitter.own, value))


def definers(node: ir.ClassDef) -> str:
    if not node.reflected or not node.escapes:
        return ""
    arms = "".join(
        f"{string_literal(name)} if self.0.class.is(&{cls}) => Some(&{definer}),\n"
        for name, cls, definer in node.reflected
    )
    return (
        "fn definer(&self, name: &str) -> Option<&'static Class> {\n"
        f"match name {{\n{arms}_ => None,\n}}\n}}\n"
    )


def calls_by_name(node: ir.ClassDef, home: Home) -> str:
    """Classes that share a method share the arm that calls it."""
    having: dict[tuple[str, str], dict[str, set[str]]] = {}
    for method in node.dynamic:
        by_body = having.setdefault((method.name, method.kind), {})
        by_body.setdefault(called(node, method, home), set()).add(method.cls)
    if not having:
        return ""
    arms = ""
    named: dict[tuple[str, frozenset[str]], list[str]] = {}
    for (name, kind), by_body in having.items():
        # Whoever overrides comes before what it overrides.
        ordered = sorted(by_body.items(), key=lambda item: len(item[1]))
        groups = [frozenset(classes) for _, classes in ordered]
        for (body, _), test in zip(
            ordered, class_tests.tests(node, groups, home.name), strict=True
        ):
            arms += f'({string_literal(name)}, "{kind}") if class.{test} => {{\n{body}}}\n'
        key = (kind, frozenset().union(*groups))
        named.setdefault(key, []).append(string_literal(name))
    listed = "".join(
        f"{_named(node, kind, classes, home)}, &[{', '.join(names)}]),\n"
        for (kind, classes), names in named.items()
    )
    return (
        "fn by_name(&self, name: &str, kind: &str, args: &mut Args) -> Result<Option<Value>> {\n"
        f"let (this, class) = (self.clone(), self.0.class);\nOk(Some(match (name, kind) {{\n{arms}"
        "_ => return Ok(None),\n}))\n}\n"
        f"fn names(&self) -> &'static [Named] {{\nstatic NAMES: &[Named] = &[{listed}];\nNAMES\n}}\n"
    )


def _named(node: ir.ClassDef, kind: str, classes: frozenset[str], home: Home) -> str:
    """The start of an entry of the table of names."""
    top = class_tests.top(node, classes)
    if top:
        return f'Named::below("{kind}", {class_tests.reference(top, home.name)}'
    listed = ", ".join(class_tests.reference(c, home.name) for c in sorted(classes))
    return f'Named::new("{kind}", &[{listed}]'


def called(node: ir.ClassDef, method: ir.DynamicMethod, home: Home) -> str:
    """Its arguments taken out of `args`, and the call."""
    emitter = FunctionEmitter(home.name, method.value.ty, home.methods)
    take = "" if method.kind == "class" else taken(node, method, home, emitter)
    what = f"{node.python_name}.{method.name}"
    value = home.text(what, node.line, partial(emitter.own, method.value))
    return f"{take}{value.replace('this_', 'this')}\n"


def taken(node: ir.ClassDef, method: ir.DynamicMethod, home: Home, emitter: FunctionEmitter) -> str:
    """Statements that bind `args` and declare what the call names."""
    params, locals_ = method.params, method.locals
    with_receiver = len(params) - len(locals_)
    bind = "bind_method" if with_receiver else "bind"
    plain = all(p.kind == "positional" and p.default is None for p in params[with_receiver:])
    if plain:
        names = ", ".join(string_literal(p.name) for p in params)
        bound = f"args.{bind}({string_literal(method.qualname)}, &[{names}])?;\n"
        places = [*["_"] * with_receiver, *(x.name for x in locals_)]
        return f"let [{', '.join(places)}] = {bound}" if locals_ else bound
    bound = f"SIGNATURE.{bind}(std::mem::take(args))?;\n"
    out = signature(method.qualname, params) + "\n"
    out += f"let mut py_bound = {bound}" if locals_ else bound
    texts = bound_parameters(params, partial(kept, home, node, method, emitter))
    for local, text in zip(locals_, texts[with_receiver:], strict=True):
        out += f"let {local.name} = {text};\n"
    return out
