"""Expressions as Rust text.

`own(e)` is text of an owned value, `ref(e)` of a reference, `recv(e)` of a method
receiver. A fallible operation's text ends in `?`, or leaves the enclosing `try` block
by its label, as `Exit` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Self

from portalis.translate.emit import closures, coercions, displays, dynamics, unions
from portalis.translate.emit.leaving import Exit, delegated
from portalis.translate.emit.literals import literal, typed_literal
from portalis.translate.emit.places import in_field, is_optional_field, is_sure, lent_fields
from portalis.translate.emit.receivers import TAKEN
from portalis.translate.emit.text import I64_MAX, i64_literal, rust_path, string_literal
from portalis.translate.emit.types import is_copy, rust
from portalis.translate.emit.walks import boxed, gathered, searched
from portalis.translate.ir import nodes as ir
from portalis.translate.ir import types as t
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.taking import direct
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import Scope, bound_in, locals_in

_INFIX_TEMPLATE = re.compile(r"\(?\{\w+\} \S+ \{\w+\}\)?")

# What Rust borrows by itself.
_COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))

# A constructor whose type arguments only the row's result knows.
_UNTYPED = re.compile(r"(List|Set|FrozenSet|Dict|Deque|Tuple)::(?=\w+\()")

# Brackets, and what may make an expression of several parts.
_TELLING = re.compile(r"[()\[\]{} &*|!-]")

# The runtime's function that reads a local and says whose it is when it is unbound.
_READ_SLOT = {"local": "shared_local", "free": "shared", "global": "shared_name"}
_READ_MAYBE = {"local": "bound", "free": "bound", "global": "bound_name"}


_TESTS_OF_NONE = ("{x}.is_none()", "{x}.is_some()")


class ExpressionEmitter:
    """One function's expressions; statements inside them are the subclass's."""

    def __init__(self, module: str, result: Type, methods: Collection[str] = ()) -> None:
        """methods: paths of functions that take `self`."""
        self.module = module
        self.methods = methods
        self.result = result
        self.exits: list[Exit] = [Exit("fn")]
        # What an error becomes on its way out of the handlers that are open, innermost last:
        # Rust text of `error`.
        self.handling: list[str] = []
        # Locals of around a closure that hold a value in it, bound or not outside.
        self.taken: Collection[ir.Local] = ()
        # Variables around a generator expression, which Python calls free in it.
        self.free: Collection[ir.Local] = ()

    def inner(self, result: Type | None = None) -> Self:
        """For the body of a closure: errors leave the closure."""
        return type(self)(self.module, result or self.result, self.methods)

    def fail(self, text: str) -> str:
        """The value of a `Result` expression, its error leaving to where it goes."""
        top = self.exits[-1]
        if self.handling:
            text = f"{text}.map_err(|error| {self.handling[-1]})"
        if top.kind == "fn":
            return f"{text}?"
        macro = "tr" if top.kind == "try" else "trf"
        return f"{macro}!('{top.label}, {text})"

    def leave_with(self, error: str) -> str:
        top = self.exits[-1]
        if top.kind == "fn":
            return f"return Err({error})"
        if top.kind == "try":
            return f"break '{top.label} Err({error})"
        return f"break '{top.label} Flow::Raise({error})"

    def range_walk(self, value: ir.Op) -> str:
        parts = [o.value for o in value.operands.values()]
        if len(parts) == 1:
            parts = [ir.Lit(parts[0].ty, 0), *parts]
        if len(parts) == 2:
            parts.append(ir.Lit(parts[0].ty, 1))
        if all(self.is_i64(p) for p in parts):
            texts = [self.as_i64(p) for p in parts]
            if isinstance(parts[2], ir.Lit) and parts[2].value == 1:
                return f"{texts[0]}..{texts[1]}"
            if isinstance(parts[2], ir.Lit) and parts[2].value != 0:
                return f"range_i64({', '.join(texts)})"
            return self.fail(f"checked_range_i64({', '.join(texts)})")
        whole = self.fail(f"Range::new({', '.join(self.ref(p) for p in parts)})")
        return f"{whole}.iter_i64()"

    def is_i64(self, value: ir.Expr) -> bool:
        if isinstance(value, ir.Lit):
            return isinstance(value.value, int) and abs(value.value) < 2**62
        return value.ty.kind == "i64" or (
            isinstance(value, ir.Coerce) and value.source.kind == "i64"
        )

    def as_i64(self, value: ir.Expr) -> str:
        if isinstance(value, ir.Lit):
            return i64_literal(int(value.value))  # type: ignore[arg-type]
        if isinstance(value, ir.Coerce) and value.source.kind == "i64":
            return self.own(value.value)
        if value.ty.kind == "i64":
            return self.own(value)
        return f"{self.recv(value)}.saturating_i64()"

    def own(self, node: ir.Expr) -> str:
        return _EXPRESSIONS[type(node)](self, node)

    def ref(self, node: ir.Expr) -> str:
        if isinstance(node, ir.Var):
            local = node.local
            name = identifier(local.name)
            if local.storage == "plain":
                return name if local.by_ref else f"&{name}"
        if isinstance(node, ir.TupleItem) and isinstance(node.value, ir.Var):
            if node.value.local.storage == "plain":
                return f"&{identifier(node.value.local.name)}.{node.position}"
        if (inside := self.inside_option(node)) is not None:
            return inside
        if isinstance(node, ir.Coerce) and node.ty.is_owned and not node.source.is_owned:
            # rustc does not look through a reference to a `match` by itself.
            return f"&*{self.recv(node.value)}"
        if isinstance(node, ir.Coerce) and node.source.kind == "never":
            return self.own(node)  # nothing to borrow: it stands for a reference as it is
        return f"&{self.atom(self.typed(node))}"

    def lent(self, node: ir.Expr) -> str:
        """A reference where Rust knows what it is of, and looks through a handle by itself."""
        if isinstance(node, ir.Coerce) and node.ty.is_owned and not node.source.is_owned:
            text = self.ref(node.value)
            # Of what `?` gives it does not.
            held = isinstance(node.value, (ir.Var, ir.FieldGet)) and "?" not in text
            if node.ty.kind == "inst" and held and "!" not in text:
                return text
        return self.ref(node)

    def inside_option(self, node: ir.Expr) -> str | None:
        """A reference to what a local's Option or union holds."""
        if not isinstance(node, ir.Coerce) or not node.is_unwrapping or direct(node) is None:
            return None
        if node.source.kind == "union":
            return f"({unions.out_of(self.ref(node.value), node.source, node.ty)})"
        held = f"{self.recv(node.value)}.as_ref()"
        if node.on_none:
            return self.fail(f"{held}.ok_or_else(|| {node.on_none})")
        return f'{held}.expect("excluded by a test")'

    def recv(self, node: ir.Expr) -> str:
        """A receiver: borrowed by the method call itself."""
        if isinstance(node, ir.Var) and node.local.storage == "plain":
            return identifier(node.local.name)
        if isinstance(node, ir.TupleItem) and isinstance(node.value, ir.Var):
            if node.value.local.storage == "plain":
                return f"{identifier(node.value.local.name)}.{node.position}"
        if (inside := self.inside_option(node)) is not None:
            return inside
        return self.atom(self.typed(node))

    def typed(self, node: ir.Expr) -> str:
        """The owned value where Rust infers no type for what never comes."""
        if coercions.never_comes(node):
            return f"({self.own(node)} as {rust(node.ty)})"
        text = self.own(node)
        return f"None::<{rust(node.ty.args[0])}>" if text == "None" else text

    @staticmethod
    def atom(text: str) -> str:
        """Text that a prefix or postfix operator can be put next to."""
        simple = text.replace("_", "a").replace("::", "").replace(".", "")
        if simple.isalnum():
            return text
        depth = 0
        for found in _TELLING.finditer(text):
            char = found[0]
            if char in "([{":
                depth += 1
            elif char in ")]}":
                depth -= 1
            elif depth == 0 and (char != "!" or not text[: found.start()].isidentifier()):
                return f"({text})"
        return f"({text})" if text.startswith("{") else text

    def lit(self, node: ir.Lit) -> str:
        return literal(node)

    def var(self, node: ir.Var) -> str:
        local = node.local
        name = identifier(local.name)
        if local.storage == "slot":
            read = _READ_SLOT["free" if local in self.free else local.scope]
            return self.fail(f"{read}(&{name}, {string_literal(local.python_name)})")
        if local.storage == "maybe" and local not in self.taken:
            read = _READ_MAYBE[local.scope]
            if name == local.python_name:
                return self.fail(f"{read}!({name})")
            return self.fail(f"{read}(&{name}, {string_literal(local.python_name)})")
        return name if node.moved or is_copy(node.ty) else f"{name}.clone()"

    def op(self, node: ir.Op) -> str:
        if node.name == "tuple from list":
            items = node.operands["xs"].value
            chain = gathered(self, items, node.ty) if isinstance(items, ir.Block) else None
            if chain is not None:
                return chain
            if isinstance(items, ir.ListLit):
                given = ", ".join(map(self.typed, items.items))
                return f"{rust(node.ty).replace('<', '::<', 1)}::from(vec![{given}])"
        if node.name == "map_items" and (walk := boxed(self, node)) is not None:
            return walk
        if node.template in _TESTS_OF_NONE and is_optional_field(place := node.operands["x"].value):
            assert isinstance(place, ir.FieldGet)
            return node.template.format(x=self.place(place))
        if (text := in_field(self, node)) is not None:
            return self.fail(text) if node.raises else text
        values: dict[str, str] = {k: rust(v) for k, v in node.generics.items()}
        template = dynamics.as_method(self, node)
        infix = _INFIX_TEMPLATE.fullmatch(node.template) is not None
        bare = lent_fields(self, node)
        if infix:
            bare |= self.bare_operands(node)
        for name, operand in node.operands.items():
            if name in bare:
                values[name] = bare[name]
            elif operand.mode == "ref" and f"{{{name}}}." in template:
                values[name] = self.recv(operand.value)
            else:
                values[name] = self.operand(operand)
                if infix and operand.mode == "own":
                    values[name] = self.atom(values[name])
        values |= typed_literal(node)
        untyped = _UNTYPED.match(template)
        if untyped is not None and rust(node.ty).removeprefix("Own").startswith(f"{untyped[1]}<"):
            template = f"{rust(node.ty).replace('<', '::<', 1)}::{template[untyped.end() :]}"
        if infix and template.split(" ")[1] in _COMPARISONS:
            if all(text.startswith("&") for text in values.values()):
                values = {name: text[1:] for name, text in values.items()}
        text = template.format_map(values)
        return self.fail(text) if node.raises else text

    def bare_operands(self, node: ir.Op) -> dict[str, str]:
        """Operands of an int operator that may stay i64: the runtime's operators take
        one i64 beside an Int; a comparison may have two."""
        found: dict[str, str] = {}
        for name, operand in node.operands.items():
            value = operand.value
            if operand.mode != "ref" or value.ty.kind != "int":
                return {}
            if isinstance(value, ir.Lit) and isinstance(value.value, int):
                if abs(value.value) < I64_MAX:
                    found[name] = i64_literal(value.value)
            elif isinstance(value, ir.Coerce) and value.source.kind == "i64":
                found[name] = self.atom(self.own(value.value))
        if len(found) == len(node.operands) and node.ty.kind != "bool":
            del found[next(iter(found))]
        literal = all(isinstance(o.value, ir.Lit) for o in node.operands.values())
        return {} if literal and len(found) == len(node.operands) else found

    def operand(self, operand: ir.Operand) -> str:
        return _MODES[operand.mode](self, operand.value)

    def opt_ref(self, value: ir.Expr) -> str:
        if value.ty.kind == "none":
            return "None"
        if isinstance(value, ir.Coerce) and value.ty.kind == "opt":
            if value.source.kind == "none":
                return "None"
            if value.source == value.ty.args[0]:
                return f"Some({self.ref(value.value)})"
        return f"{self.recv(value)}.as_ref()"

    def values(self, value: ir.Expr) -> str:
        assert isinstance(value, ir.TupleLit)
        return f"vec![{', '.join(self.own(i) for i in value.items)}]"

    def shows(self, value: ir.Expr) -> str:
        assert isinstance(value, ir.TupleLit)
        return ", ".join(self.show(i) for i in value.items)

    def show(self, value: ir.Expr) -> str:
        if isinstance(value, ir.Op):
            if value.template == "{text}":
                return f"&{self.op(value)}"
            if value.name == "piece":
                return self.op(value)
        if isinstance(value, ir.Lit) and isinstance(value.value, str):
            return f"&{string_literal(value.value)}"
        return self.ref(value)

    def slice(self, value: ir.Expr) -> str:
        assert isinstance(value, ir.ListLit)
        return f"&[{', '.join(self.own(i) for i in value.items)}]"

    def index(self, value: ir.Expr) -> str:
        if self.is_i64(value):
            return self.as_i64(value)
        return self.fail(f"{self.recv(value)}.to_index()")

    def iterator(self, value: ir.Expr) -> str:
        if isinstance(value, ir.Op) and value.name == "map_items":
            return self.op(value)
        if value.ty.kind == "value":
            return self.fail(f"dynamic::iter({self.ref(value)})")
        return f"{self.recv(value)}.py_iter()"

    def literal(self, value: ir.Expr) -> str:
        assert isinstance(value, ir.Lit)
        return string_literal(str(value.value))

    def closure(self, value: ir.Expr) -> str:
        assert isinstance(value, ir.RustClosure)
        return self.make_closure(value, ", ".join, "|{}|")

    def func_closure(self, value: ir.Expr) -> str:
        assert isinstance(value, ir.RustClosure)
        params = "".join(f"{identifier(p.name)}, " for p in value.params)
        types = "".join(f"{rust(p.ty)}, " for p in value.params)
        return closures.rust_closure(self, value, f"|({params}): ({types})|")

    def make_closure(
        self, value: ir.RustClosure, join: Callable[[list[str]], str], form: str
    ) -> str:
        params = join([f"{identifier(p.name)}: {rust(p.ty)}" for p in value.params])
        return closures.rust_closure(self, value, form.format(params))

    def call(self, node: ir.Call) -> str:
        args = [
            self.var(ir.Var(c.ty, c))
            if c.storage == "maybe"
            else f"{identifier(c.name)}.clone()"
            if not is_copy(c.ty) or c.storage == "slot"
            else identifier(c.name)
            for c in node.captures
        ]
        refs = node.refs or [False] * len(node.args)
        if node.path in self.methods and (receiver := self.receiver(node)) is not None:
            rest = zip(node.args[1:], refs[1:], strict=True)
            others = ", ".join(self.lent(a) if by_ref else self.own(a) for a, by_ref in rest)
            text = f"{receiver}.{node.path.rpartition('::')[2]}({others})"
            return self.fail(text) if node.raises else text
        args += [
            self.lent(a) if by_ref else self.own(a)
            for a, by_ref in zip(node.args, refs, strict=True)
        ]
        path = rust_path(node.path, self.module)
        text = f"{path}({', '.join(args)})"
        if node.delegates is not None:
            text = delegated(node.delegates, path, args)
        return self.fail(text) if node.raises else text

    def receiver(self, node: ir.Call) -> str | None:
        """What stands before the dot of a method's call, if nothing but the method can be
        meant there."""
        owner, _, name = node.path.rpartition("::")
        if name in TAKEN or node.captures or node.delegates is not None or not node.args:
            return None
        first = node.args[0]
        by_ref = bool(node.refs and node.refs[0])
        # Rust looks through a handle by itself.
        suffixes = ("", "Fields") if by_ref else ("",)
        if not any(rust(first.ty) + suffix == f"crate::{owner}" for suffix in suffixes):
            return None
        if not by_ref:
            return self.atom(self.own(first))
        if isinstance(first, ir.Coerce):
            if not (first.ty.is_owned and not first.source.is_owned):
                return None
            return self.recv(first.value)
        return self.recv(first)

    def delegate(self, node: ir.Delegate) -> str:
        return self.own(node.value)

    def call_value(self, node: ir.CallValue) -> str:
        args = "".join(f"{self.own(a)}, " for a in node.args)
        return self.fail(f"{self.recv(node.callee)}.call(({args}))")

    def function_value(self, node: ir.FunctionValue) -> str:
        names = [f"a{i}" for i in range(len(node.params))]
        pattern = "".join(f"{n}, " for n in names)
        types = "".join(f"{rust(p)}, " for p in node.params)
        given = iter(names)
        inner = self.inner(node.result)
        refs = node.refs or [False] * len(node.fixed)
        fixed_text = [
            ("&" if by_ref else "")
            + (next(given) if fixed is None else inner.atom(inner.kept(fixed)))
            for fixed, by_ref in zip(node.fixed, refs, strict=True)
        ]
        fixed_locals = [x for f in node.fixed if f is not None for x in locals_in(f)]
        args = [f"{identifier(c.name)}.clone()" for c in node.captures] + fixed_text
        path = rust_path(node.path, self.module)
        label = string_literal(node.python_name)
        closure = f"move |({pattern}): ({types})| {path}({', '.join(args)})"
        listed = ", ".join(map(string_literal, node.param_names))
        made = f"Func::{closures.maker(node)}({label}, {closures.item(node)}{closure})"
        text = f"{made}.taking(&[{listed}]){closures.documented(node)}"
        taken = list(dict.fromkeys([*node.captures, *fixed_locals]))
        if not taken:
            return text
        clones = " ".join(closures.taken_along(self, c) for c in taken)
        return f"{{ {clones} {text} }}"

    def kept(self, node: ir.Expr) -> str:
        """An owned value inside a closure that may run again."""
        if isinstance(node, ir.Var) and node.local.storage == "plain":
            return f"{identifier(node.local.name)}.clone()"
        return self.own(node)

    def coerce(self, node: ir.Coerce) -> str:
        return coercions.convert(self, node)

    def place(self, node: ir.FieldGet) -> str:
        """The cell that holds the field."""
        return f"{self.recv(node.obj)}.{identifier(node.field)}"

    def field_get(self, node: ir.FieldGet) -> str:
        holder = node.obj
        if is_sure(node) and is_sure(holder):
            # The holder is looked into where it lies.
            assert isinstance(holder, ir.FieldGet)
            return f"{self.place(holder)}.peek(|x| x.{identifier(node.field)}.read())"
        slot = self.place(node)
        if node.fallback is not None:
            return (
                f"match {slot}.get() {{ Some(value) => value, None => {self.own(node.fallback)} }}"
            )
        if node.definite:
            return f"{slot}.read()"
        if holder.ty.kind == "inst" and node.python_name == identifier(node.field):
            return self.fail(f"field!({self.recv(holder)}, {node.python_name})")
        name = string_literal(node.python_name)
        if isinstance(holder, ir.Var):
            return self.fail(f"attribute(&{slot}, {self.recv(holder)}.class.name, {name})")
        return self.fail(
            f"{{ let holder = {self.recv(holder)}.clone(); "
            f"attribute(&holder.{identifier(node.field)}, holder.py_class().name, {name}) }}"
        )

    def global_get(self, node: ir.GlobalGet) -> str:
        path = rust_path(node.path, self.module)
        return self.fail(f"load(&{path}, {string_literal(node.python_name)})")

    def if_exp(self, node: ir.IfExp) -> str:
        test = self.condition(node.test)
        return f"if {test} {{ {self.typed(node.then)} }} else {{ {self.own(node.other)} }}"

    def bool_op(self, node: ir.BoolOp) -> str:
        return "(" + f" {node.op} ".join(self.boolean(i) for i in node.items) + ")"

    def boolean(self, node: ir.Expr) -> str:
        text = self.own(node)
        return f"({text})" if text.startswith(("if ", "match ")) else text

    def not_(self, node: ir.Not) -> str:
        if node.value.ty.kind == "never":
            return self.typed(ir.Coerce(node.ty, node.value, node.value.ty))
        return f"!{self.atom(self.own(node.value))}"

    def block_expr(self, node: ir.Block) -> str:
        chain = gathered(self, node, node.ty) or searched(self, node)
        if chain is not None:
            return chain
        body = self.block(node.body)
        value = self.own(node.value)
        if not body:
            return value
        if isinstance(node.value, ir.Var) and node.value.local.storage == "plain":
            last = identifier(node.value.local.name)
            if node.value.local in bound_in(Scope(node.body)):
                value = last
        return f"{{\n{body}{value}\n}}"

    def diverge(self, node: ir.Diverge) -> str:
        parts = "".join(self.statement(ir.Eval(0, p)) for p in node.parts)
        return f"{{\n{parts}unreachable!()\n}}"

    def generator(self, node: ir.GeneratorExpr) -> str:
        item = rust(node.ty.args[0])
        inner = self.inner(t.NONE)
        inner.free = [c for c in node.captures if c.scope == "local"]
        body = inner.block(node.body)
        clones = "".join(
            f"let {identifier(c.name)} = {identifier(c.name)}.clone();\n" for c in node.captures
        )
        return (
            f"{{\n{clones}generator(move |yielder: Yielder<{item}>| async move {{\n{body}"
            f"Ok::<(), Exc>(())\n}})\n}}"
        )

    def virtual_call(self, node: ir.VirtualCall) -> str:
        this = identifier(node.receiver.name)
        out = ""
        for i, (classes, arm) in enumerate(node.arms):
            text = self.own(arm)
            if i == len(node.arms) - 1:
                out += f"{{ {text} }}"
            else:
                listed = ", ".join(f"&{c}" for c in classes)
                test = f"is({listed})" if len(classes) == 1 else f"is_any(&[{listed}])"
                out += f"if class.{test} {{ {text} }} else "
        return f"{{ let class = {this}.class; {out} }}"

    def block(self, body: list[ir.Stmt]) -> str:
        """Statements inside an expression."""
        raise NotImplementedError

    def statement(self, node: ir.Stmt) -> str:
        """One of them."""
        raise NotImplementedError

    def condition(self, test: ir.Expr) -> str:
        text = self.own(test)
        # A block in the head of `if` reads better in parentheses, and must be.
        return f"({text})" if text.startswith("{") else text

    def i64_walk(self, node: ir.For) -> str | None:
        """A walk over a range whose items are i64, as the loop variable is."""
        value = node.iterable
        if value.ty.kind != "range" or node.target.ty.kind != "i64":
            return None
        if isinstance(value, ir.Op) and value.name == "range":
            return self.range_walk(value)
        return f"{self.recv(value)}.iter_i64()"


_MODES: dict[str, Callable[[ExpressionEmitter, ir.Expr], str]] = {
    "own": ExpressionEmitter.own,
    "ref": ExpressionEmitter.ref,
    "recv": ExpressionEmitter.recv,
    "optref": ExpressionEmitter.opt_ref,
    "rust_none": lambda emitter, value: "None",
    "values": ExpressionEmitter.values,
    "shows": ExpressionEmitter.shows,
    "slice": ExpressionEmitter.slice,
    "i64": ExpressionEmitter.as_i64,
    "index": ExpressionEmitter.index,
    "iter": ExpressionEmitter.iterator,
    "literal": ExpressionEmitter.literal,
    "closure": ExpressionEmitter.closure,
    "move_closure": ExpressionEmitter.closure,
    "func_closure": ExpressionEmitter.func_closure,
    "own_ref": ExpressionEmitter.recv,
}
_EXPRESSIONS: dict[type[ir.Expr], Callable[..., str]] = {
    ir.Lit: ExpressionEmitter.lit,
    ir.Var: ExpressionEmitter.var,
    ir.Op: ExpressionEmitter.op,
    ir.Call: ExpressionEmitter.call,
    ir.Delegate: ExpressionEmitter.delegate,
    ir.CallValue: ExpressionEmitter.call_value,
    ir.FunctionValue: ExpressionEmitter.function_value,
    ir.DynamicFunction: closures.dynamic_function,
    ir.Coerce: ExpressionEmitter.coerce,
    ir.FieldGet: ExpressionEmitter.field_get,
    ir.GlobalGet: ExpressionEmitter.global_get,
    ir.ListLit: displays.list_lit,
    ir.TupleLit: displays.tuple_lit,
    ir.SetLit: displays.set_lit,
    ir.DictLit: displays.dict_lit,
    ir.TupleItem: displays.tuple_item,
    ir.IfExp: ExpressionEmitter.if_exp,
    ir.BoolOp: ExpressionEmitter.bool_op,
    ir.Not: ExpressionEmitter.not_,
    ir.Block: ExpressionEmitter.block_expr,
    ir.Diverge: ExpressionEmitter.diverge,
    ir.GeneratorExpr: ExpressionEmitter.generator,
    ir.VirtualCall: ExpressionEmitter.virtual_call,
    ir.UnionMatch: unions.match,
}
