"""Statements as Rust text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from portalis.translate.emit import examples
from portalis.translate.emit.expression import ExpressionEmitter
from portalis.translate.emit.leaving import Exit
from portalis.translate.emit.text import (
    MARK,
    exception_parts,
    ok,
    rust_path,
    shared_param,
    string_literal,
    tried_result,
)
from portalis.translate.emit.types import rust
from portalis.translate.emit.unpacking import handed_on, items_assigned, items_taken
from portalis.translate.emit.walks import plain_walk
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.names import rust_identifier as identifier
from portalis.translate.ir.walk import Scope, every

# An operator that Rust has with `=` too, on numbers that it copies.
_STEP = re.compile(r"\(\{(\w+)\} ([-+*&|^]) \{(\w+)\}\)")
_MACHINE = frozenset(("i64", "float"))
_WORDS = re.compile(r"\w+")
_BAIL = re.compile(rf"(?:{MARK}\d+{MARK})?bail!\((.*)\);\n", re.DOTALL)


def literally(test: ir.Expr) -> bool | None:
    """The answer of a comparison of two string literals: `__name__ == "__main__"`."""
    if not (isinstance(test, ir.Op) and test.name == "==" and len(test.operands) == 2):
        return None
    sides = [o.value for o in test.operands.values()]
    texts = [s.value for s in sides if isinstance(s, ir.Lit) and isinstance(s.value, str)]
    return texts[0] == texts[1] if len(texts) == 2 else None


def label_of(label: str, body: str) -> str:
    """`'label: ` where the body leaves by it."""
    return f"'{label}: " if f"'{label}" in body else ""


def stops(node: ir.Stmt) -> bool:
    """The text has Rust's type of what does not come back."""
    match node:
        case ir.Return() | ir.Raise():
            return True
        case ir.Eval(value=ir.Op(raises=False) as value):
            return value.ty.kind == "never"
        case ir.If():
            tested = literally(node.test) is None
            return tested and all(b and stops(b[-1]) for b in (node.then, node.other))
        case ir.While(test=None, orelse=[]):
            inside = every(Scope(node.body))
            return not any(isinstance(n, ir.Break) and n.label == node.label for n in inside)
    return False


def leaves(body: list[ir.Stmt]) -> bool:
    """The end of the block is not reached."""
    return bool(body) and isinstance(body[-1], (ir.Return, ir.Raise, ir.Break, ir.Continue))


def takes_all(handler: ir.Handler) -> bool:
    return not handler.classes or "BASE_EXCEPTION" in handler.classes


def sole_name(handlers: list[ir.Handler]) -> ir.Local | None:
    """The local of `except BaseException as name`, if the handler begins by moving what was
    caught there."""
    if not handlers or not takes_all(handlers[0]) or not handlers[0].body:
        return None
    first, caught = handlers[0].body[0], handlers[0].caught
    if not isinstance(first, ir.Declare) or first.local.storage != "plain":
        return None
    value = first.value
    moves = isinstance(value, ir.Var) and value.local is caught and value.moved
    return first.local if moves else None


def pattern(items: list[ir.Local]) -> str:
    names = [f"{'mut ' if i.mutable else ''}{identifier(i.name)}" for i in items]
    return f"({', '.join(names)}{',' if len(names) == 1 else ''})"


class FunctionEmitter(ExpressionEmitter):
    """Emits the body of one function."""

    def block(self, body: list[ir.Stmt]) -> str:
        if len(body) < 2:
            return "".join(self.statement(s) for s in body)
        out = []
        statements = handed_on(body)
        at = 0
        while at < len(statements):
            first = statements[at]
            at += 1
            shown = examples.example(self, first, statements[at]) if at < len(statements) else None
            if shown is not None:
                mark = f"{MARK}{first.line}{MARK}" if first.line else ""
                out.append(f"{mark}{shown}\n")
                at += 1
                continue
            text, count = self.unpacked(first, statements[at:])
            if text:
                out.append(text)
                at += count
                continue
            out.append(self.statement(first))
        return "".join(out)

    def unpacked(self, first: ir.Stmt, following: list[ir.Stmt]) -> tuple[str, int]:
        """A tuple that is taken apart, and how many of the statements that follow say so."""
        if not isinstance(first, ir.Declare) or first.value is None:
            return "", 0
        mark = f"{MARK}{first.line}{MARK}" if first.line else ""
        if items := items_taken(first.local, following):
            head = f"let {pattern(items)}: {rust(first.local.ty)}"
        elif items := items_assigned(first.local, following):
            names = "".join(f"{identifier(i.name)}, " for i in items)
            head = f"({names})"
        else:
            return "", 0
        return f"{mark}{head} = {self.own(first.value)};\n", len(items)

    def statement(self, node: ir.Stmt) -> str:
        mark = f"{MARK}{node.line}{MARK}" if node.line else ""
        emit: Callable[[FunctionEmitter, ir.Stmt], str] = _STATEMENTS[type(node)]
        text = emit(self, node)
        return f"{mark}{text}\n" if text else ""

    def declare(self, node: ir.Declare) -> str:
        local = node.local
        name = identifier(local.name)
        ty = rust(local.ty)
        if local.storage == "slot":
            if local.is_param:
                return shared_param(name)
            start = (
                f"Slot::new({self.own(node.value)})" if node.value is not None else "Slot::empty()"
            )
            return f"let {name}: Rc<Slot<{ty}>> = Rc::new({start});"
        if local.storage == "maybe":
            start = f"Some({self.own(node.value)})" if node.value is not None else "None"
            return f"let mut {name}: Option<{ty}> = {start};"
        mutable = "mut " if local.mutable else ""
        if node.value is None:
            return f"let {mutable}{name}: {ty};"
        return f"let {mutable}{name}: {ty} = {self.own(node.value)};"

    def assign(self, node: ir.Assign) -> str:
        value, local = node.value, node.local
        step = _STEP.fullmatch(value.template) if isinstance(value, ir.Op) else None
        if step is not None and isinstance(value, ir.Op) and local.storage == "plain":
            first, second = (value.operands[name].value for name in (step[1], step[3]))
            same = isinstance(first, ir.Var) and first.local is local
            # Rust evaluates the right side of `+=` first, which must not change the left one.
            calm = not any(isinstance(n, ir.Block) for n in every(second))
            if same and calm and {value.ty.kind, second.ty.kind} <= _MACHINE:
                return f"{identifier(local.name)} {step[2]}= {self.own(second)};"
        return self.store(local, self.own(value))

    def store(self, local: ir.Local, text: str) -> str:
        name = identifier(local.name)
        if local.storage == "slot":
            return f"{name}.set({text});"
        if local.storage == "maybe":
            return f"{name} = Some({text});"
        return f"{name} = {text};"

    def set_global(self, node: ir.SetGlobal) -> str:
        return f"store(&{rust_path(node.path, self.module)}, {self.own(node.value)});"

    def set_field(self, node: ir.SetField) -> str:
        if node.is_noted:
            name = identifier(node.field)
            parts = [self.recv(node.obj), name, self.own(node.value)]
            if name != node.field:
                parts.append(string_literal(node.field))
            return f"set_noted!({', '.join(parts)});"
        return f"{self.recv(node.obj)}.{identifier(node.field)}.set({self.own(node.value)});"

    def delete(self, node: ir.Delete) -> str:
        name = identifier(node.local.name)
        gone = f"{name}.take()" if node.local.storage == "slot" else f"{name} = None"
        return f"{self.var(ir.Var(node.local.ty, node.local))};\n{gone};"

    def eval(self, node: ir.Eval) -> str:
        value = node.value
        # A variable that may be unbound raises when it is only mentioned.
        bound = isinstance(value, ir.Var) and value.local.storage == "plain"
        if bound or isinstance(value, ir.Lit):
            return ""
        if isinstance(value, ir.Block) and isinstance(value.value, ir.Lit):
            body = self.block(value.body)
            declares = any(isinstance(s, ir.Declare) for s in value.body)
            return f"{{\n{body}}}" if declares else body
        text = self.own(value)
        if value.ty.kind == "never" and not isinstance(value, ir.Diverge):
            if isinstance(value, ir.Op) and not value.raises:
                return f"{text};"
            return f"match {text} {{}}"
        if value.ty.kind == "none":
            return f"{text};"
        return f"let _ = {text};"

    def if_(self, node: ir.If) -> str:
        if (answer := literally(node.test)) is not None:
            return self.block(node.then if answer else node.other)
        then = self.block(node.then)
        if (needed := self.ensured(node, then)) is not None:
            return needed
        text = f"if {self.condition(node.test)} {{\n{then}}}"
        if node.other:
            if len(node.other) == 1 and isinstance(node.other[0], ir.If):
                other = self.if_(node.other[0])
                return f"{text} else {other if other.startswith('if ') else f'{{{other}}}'}"
            text += f" else {{\n{self.block(node.other)}}}"
        return text

    def ensured(self, node: ir.If, then: str) -> str | None:
        """`if !test { bail!(…) }` by the runtime's macro for it."""
        alone = len(node.then) == 1 and isinstance(node.then[0], ir.Raise) and not node.other
        if not (alone and isinstance(node.test, ir.Not) and node.test.value.ty.kind == "bool"):
            return None
        bailed = _BAIL.fullmatch(then)
        return bailed and f"ensure!({self.own(node.test.value)}, {bailed[1]});"

    def while_(self, node: ir.While) -> str:
        self.exits[-1].loops.append(node.label)
        if node.orelse:
            return self._while_else(node)
        if node.test is None:
            body = self.block(node.body)
            return f"{label_of(node.label, body)}loop {{\n{body}}}"
        test = self.condition(node.test)
        body = self.block(node.body)
        return f"{label_of(node.label, body)}while {test} {{\n{body}}}"

    def _while_else(self, node: ir.While) -> str:
        test = self.condition(node.test) if node.test is not None else "true"
        broke = f"{node.label}_broke"
        body = self.block(node.body)
        inner = f"'{node.label}_in: while {test} {{\n{body}}}"
        inner = self._rename_continue(inner, node.label)
        orelse = self.block(node.orelse)
        del broke
        return f"'{node.label}: {{\n{inner}\n{orelse}}}"

    @staticmethod
    def _rename_continue(text: str, label: str) -> str:
        """With an `else`, breaking leaves an outer block; continuing stays inside."""
        return text.replace(f"continue '{label}", f"continue '{label}_in")

    def for_(self, node: ir.For) -> str:
        self.exits[-1].loops.append(node.label)
        items = items_taken(node.target, node.body)
        head, first = self.for_head(node, pattern(items) if items else "")
        body = first + self.block(node.body[len(items) :])
        if node.orelse:
            inner = f"'{node.label}_in: for {head} {{\n{body}}}"
            inner = self._rename_continue(inner, node.label)
            return f"'{node.label}: {{\n{inner}\n{self.block(node.orelse)}}}"
        return f"{label_of(node.label, body)}for {head} {{\n{body}}}"

    def for_head(self, node: ir.For, items: str = "") -> tuple[str, str]:
        """`x in xs.iter()` and what the body does first. items: the pattern of a tuple that is
        taken apart."""
        name = identifier(node.target.name)
        mutable = "mut " if node.target.mutable else ""
        value = node.iterable
        kind = value.ty.kind
        native = self.i64_walk(node)
        if native is not None:
            return f"{mutable}{name} in {native}", ""
        if isinstance(value, ir.Op) and value.name == "range" and kind == "range":
            walk = self.range_walk(value)
            return f"{name} in {walk}", f"let {mutable}{name} = Int::from({name});\n"
        plain = plain_walk(self, value)
        if plain is not None:
            return f"{items or mutable + name} in {plain}", ""
        return (
            f"{name} in {self.iterator(value)}",
            f"let {items or mutable + name} = {self.fail(name)};\n",
        )

    def break_(self, node: ir.Break) -> str:
        return f"{self.leave_loop(node.label, 'break')};"

    def continue_(self, node: ir.Continue) -> str:
        return f"{self.leave_loop(node.label, 'continue')};"

    def return_(self, node: ir.Return) -> str:
        value = self.own(node.value) if node.value is not None else "()"
        return f"{self.leave_return(value)};"

    def raise_(self, node: ir.Raise) -> str:
        if node.value is None:
            assert node.handled is not None
            return f"{self.leave_with(f'{identifier(node.handled.name)}.clone()')};"
        error = self.own(node.value)
        if node.cause is not None:
            if node.cause.ty.kind == "none":
                error = f"{error}.raise_from(None)"
            elif node.cause.ty.kind == "opt":
                error = f"{error}.raise_from({self.own(node.cause)})"
            else:
                error = f"{error}.raise_from(Some({self.own(node.cause)}))"
        if node.handled is not None:
            error = f"{error}.during(&{identifier(node.handled.name)})"
        elif self.handling:
            error = f"(|error: Exc| {self.handling[-1]})({error})"
        return f"{self.bail(error) or self.leave_with(error)};"

    def bail(self, error: str) -> str | None:
        """`return Err(Exc::new(...))` by the runtime's macro for it."""
        if self.exits[-1].kind != "fn" or (parts := exception_parts(error)) is None:
            return None
        return f"bail!({', '.join(parts)})"

    def yield_(self, node: ir.Yield) -> str:
        return f"{self.fail(f'yielder.give({self.own(node.value)}).await')};"

    def try_(self, node: ir.Try) -> str:
        if not node.final:
            plain = [*node.body, *node.orelse]
            return self.try_except(node) if node.handlers else self.block(plain)
        place = Exit("final", f"{node.label}_final")
        self.exits.append(place)
        inner = self.try_except(node) if node.handlers else self.block([*node.body, *node.orelse])
        self.exits.pop()
        flow = f"{node.label}_flow"
        if node.chains:
            self.handling.append(f"{flow}.during(error)")
        final = self.block(node.final)
        if node.chains:
            self.handling.pop()
        result = rust(self.result)
        arms = [
            "Flow::Next => {}",
            f"Flow::Raise(error) => {{ {self.leave_with('error')}; }}",
        ]
        if place.returns:
            arms.append(f"Flow::Return(value) => {{ {self.leave_return('value')}; }}")
        for i, label in enumerate(place.breaks):
            arms.append(f"Flow::Break({i}) => {{ {self.leave_loop(label, 'break')}; }}")
        for i, label in enumerate(place.continues):
            arms.append(f"Flow::Continue({i}) => {{ {self.leave_loop(label, 'continue')}; }}")
        arms.append("_ => unreachable!()")
        joined = ",\n".join(arms)
        return (
            f"let {flow}: Flow<{result}> = '{place.label}: {{\n{inner}\nFlow::Next\n}};\n"
            f"{final}match {flow} {{\n{joined}\n}}"
        )

    def try_except(self, node: ir.Try) -> str:
        place = Exit("try", node.label)
        self.exits.append(place)
        body = self._tried(node)
        self.exits.pop()
        caught = identifier(node.handlers[0].caught.name) if node.handlers else "caught"
        handlers, name = node.handlers, caught
        renamed = sole_name(handlers)
        if renamed is not None:
            handlers = [replace(handlers[0], body=handlers[0].body[1:])]
            name = f"{'mut ' if renamed.mutable else ''}{identifier(renamed.name)}"
        text = (
            f"let {node.label}_result: Result<()> = {label_of(node.label, body)}{{\n{body}\n}};\n"
        )
        if self._is_simple(handlers):
            text += self._caught(node, handlers[0])
        else:
            chain = self.handlers(handlers, caught, node.chains)
            text += f"if let Err({name}) = {node.label}_result {{\n{chain}}}"
        if node.orelse:
            text += f" else {{\n{self.block(node.orelse)}}}"
        return text

    def _is_simple(self, handlers: list[ir.Handler]) -> bool:
        """There is one, of some classes, and what it leaves goes on as it is."""
        return len(handlers) == 1 and not takes_all(handlers[0]) and not self.handling

    def _caught(self, node: ir.Try, handler: ir.Handler) -> str:
        """The head and the body of the only handler."""
        name = identifier(handler.caught.name)
        if node.chains:
            self.handling.append(f"error.during(&{name})")
        body = self.block(handler.body)
        if node.chains:
            self.handling.pop()
        classes = ", ".join(f"&{c}" for c in handler.classes)
        taken = self.fail(f"Exc::caught({node.label}_result, &[{classes}])")
        if name in _WORDS.findall(body):
            return f"if let Some({name}) = {taken} {{\n{body}}}"
        return f"if {taken}.is_some() {{\n{body}}}"

    def _tried(self, node: ir.Try) -> str:
        """The statements that are tried, and what the block that holds them gives."""
        if leaves(node.body):
            return self.block(node.body)
        last = node.body[-1] if node.body else None
        if isinstance(last, ir.Eval) and last.value.ty.kind == "none":
            result = tried_result(node.label, self.own(last.value))
            if result is not None:
                mark = f"{MARK}{last.line}{MARK}" if last.line else ""
                return f"{self.block(node.body[:-1])}{mark}{result}"
        return f"{self.block(node.body)}Ok(())"

    def handlers(self, handlers: list[ir.Handler], caught: str, chains: bool) -> str:
        out = ""
        open_ = False
        for handler in handlers:
            name = identifier(handler.caught.name)
            bind = f"let {name} = {caught}.clone();\n" if name != caught else ""
            if chains:
                self.handling.append(f"error.during(&{name})")
            body = bind + self.block(handler.body)
            if chains:
                self.handling.pop()
            if takes_all(handler):
                out += f" else {{\n{body}}}\n" if open_ else body
                return out
            test = " || ".join(f"{caught}.matches(&{c})" for c in handler.classes)
            out += f"{' else ' if open_ else ''}if {test} {{\n{body}}}"
            open_ = True
        if all(leaves(handler.body) for handler in handlers):
            return f"{out}\n{self.leave_with(caught)};\n"
        return f"{out} else {{\n{self.leave_with(caught)};\n}}\n"

    def leave_return(self, value: str) -> str:
        for place in reversed(self.exits):
            if place.kind == "final":
                place.returns = True
                return f"break '{place.label} Flow::Return({value})"
        return f"return {ok(value)}"

    def leave_loop(self, label: str, word: str) -> str:
        for place in reversed(self.exits):
            if label in place.loops:
                break
            if place.kind == "final":
                table = place.breaks if word == "break" else place.continues
                if label not in table:
                    table.append(label)
                variant = "Break" if word == "break" else "Continue"
                return f"break '{place.label} Flow::{variant}({table.index(label)})"
        return f"{word} '{label}"


_STATEMENTS: dict[type[ir.Stmt], Callable[..., str]] = {
    ir.Declare: FunctionEmitter.declare,
    ir.Assign: FunctionEmitter.assign,
    ir.SetGlobal: FunctionEmitter.set_global,
    ir.SetField: FunctionEmitter.set_field,
    ir.Delete: FunctionEmitter.delete,
    ir.Eval: FunctionEmitter.eval,
    ir.If: FunctionEmitter.if_,
    ir.While: FunctionEmitter.while_,
    ir.For: FunctionEmitter.for_,
    ir.Break: FunctionEmitter.break_,
    ir.Continue: FunctionEmitter.continue_,
    ir.Return: FunctionEmitter.return_,
    ir.Raise: FunctionEmitter.raise_,
    ir.Try: FunctionEmitter.try_,
    ir.Yield: FunctionEmitter.yield_,
}
