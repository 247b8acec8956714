"""Is a crate's IR well formed? Our own bugs, found near their cause.

Each problem is a line of text with the function and the Python line. The passes'
tests run this after every pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portalis.translate.ir import nodes as ir
from portalis.translate.ir import types as t
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import Scope, children, every


def problems(crate: ir.CrateIR, declared: bool = True) -> list[str]:
    """What is wrong with `crate`; declared: locals have their declarations already."""
    signatures = {
        f.path: f for m in crate.modules for f in (*m.functions, *([m.init] if m.init else []))
    }
    out: list[str] = []
    for function in signatures.values():
        checker = _Checker(function, signatures, declared)
        checker.run()
        out += [f"{function.path}: {text}" for text in checker.found]
    return out


def fits(have: Type, want: Type) -> bool:
    """Whether a value of type `have` may stand where `want` is asked for, unconverted."""
    if have == want or "never" in (have.kind, want.kind):
        return True
    if have.kind == want.kind == "inst":
        return True  # one hierarchy shares one struct
    if have.kind == want.kind and len(have.args) == len(want.args):
        return all(map(fits, have.args, want.args))
    return False


def _says_nothing(expr: ir.Expr) -> bool:
    """Whether a row may leave the operand out: its text stands for what it is given."""
    return isinstance(expr, ir.Lit) or (isinstance(expr, ir.Var) and expr.ty == t.NONE)


class _Checker:
    def __init__(
        self, function: ir.FunctionDef, signatures: dict[str, ir.FunctionDef], declared: bool
    ) -> None:
        self.function = function
        self.signatures = signatures
        self.declared = declared
        self.found: list[str] = []
        self.line = function.line

    def report(self, text: str) -> None:
        self.found.append(f"line {self.line}: {text}")

    def run(self) -> None:
        known = {*self.function.params, *self.function.captures}
        self.block(self.function.body, known, ())
        for node in every(Scope(self.function.body)):
            if isinstance(node, ir.Stmt):
                self.line = node.line or self.line
            self.types(node)

    # -- scopes and labels
    def block(self, body: Iterable[ir.Stmt], known: set[ir.Local], labels: tuple[str, ...]) -> None:
        known = set(known)
        for node in body:
            self.line = node.line or self.line
            self.scoped(node, known, labels)
            if isinstance(node, ir.Declare):
                known.add(node.local)

    def scoped(
        self, node: ir.Stmt | ir.Expr, known: set[ir.Local], labels: tuple[str, ...]
    ) -> None:
        if isinstance(node, (ir.Break, ir.Continue)) and node.label not in labels:
            self.report(f"no loop '{node.label} here")
        if isinstance(node, (ir.While, ir.For)):
            self.loop(node, known, labels)
            return
        if isinstance(node, ir.Try):
            self.attempt(node, known, labels)
            return
        inner = known
        if isinstance(node, ir.RustClosure):
            inner = known | set(node.params)
        if isinstance(node, ir.UnionMatch):
            inner = known | {local for local, _ in node.arms}
        if isinstance(node, (ir.RustClosure, ir.GeneratorExpr)):
            labels = ()
        for child in children(node):
            if isinstance(child, ir.Local):
                is_new = isinstance(node, ir.Declare) or child in inner
                if self.declared and not is_new:
                    self.report(f"{child.name} is not declared here")
            elif isinstance(child, Scope):
                self.scope(child, inner, labels)
            else:
                self.scoped(child, inner, labels)

    def scope(self, scope: Scope, known: set[ir.Local], labels: tuple[str, ...]) -> None:
        known = set(known)
        for node in scope.body:
            self.scoped(node, known, labels)
            if isinstance(node, ir.Declare):
                known.add(node.local)
        if scope.value is not None:
            self.scoped(scope.value, known, labels)

    def loop(self, node: ir.While | ir.For, known: set[ir.Local], labels: tuple[str, ...]) -> None:
        head = node.test if isinstance(node, ir.While) else node.iterable
        if head is not None:
            self.scoped(head, known, labels)
        inside = (*labels, node.label)
        self.block(
            node.body, known | ({node.target} if isinstance(node, ir.For) else set()), inside
        )
        self.block(node.orelse, known, labels)

    def attempt(self, node: ir.Try, known: set[ir.Local], labels: tuple[str, ...]) -> None:
        self.block(node.body, known, labels)
        for handler in node.handlers:
            self.block(handler.body, known | {handler.caught}, labels)
        self.block(node.orelse, known, labels)
        self.block(node.final, known, labels)

    # -- types
    def types(self, node: ir.Stmt | ir.Expr) -> None:
        for have, want, what in self.pairs(node):
            if not fits(have, want):
                self.report(f"{what} is {have}, not {want}")

    def pairs(self, node: ir.Stmt | ir.Expr) -> Iterator[tuple[Type, Type, str]]:
        """(a type that is, the type that should be, of what)."""
        if isinstance(node, ir.Stmt):
            yield from self.of_statement(node)
        elif isinstance(node, ir.Call):
            yield from self.call(node)
        elif isinstance(node, ir.Op):
            self.operands(node)
        else:
            yield from of_choice(node)
            yield from of_container(node)

    def of_statement(self, node: ir.Stmt) -> Iterator[tuple[Type, Type, str]]:
        match node:
            case ir.Assign() | ir.Declare():
                if node.value is not None:
                    yield node.value.ty, node.local.ty, f"the value of {node.local.name}"
            case ir.Return():
                function = self.function
                if node.value is not None:
                    wanted = function.returns if function.is_generator else function.result
                    yield node.value.ty, wanted, "the result"
            case ir.If() | ir.While():
                if node.test is not None:
                    yield node.test.ty, t.BOOL, "a test"

    def operands(self, node: ir.Op) -> None:
        for name, operand in node.operands.items():
            if f"{{{name}}}" not in node.template and not _says_nothing(operand.value):
                self.report(f"{node.template!r} drops its operand {name}")

    def call(self, node: ir.Call) -> Iterator[tuple[Type, Type, str]]:
        callee = self.signatures.get(node.path)
        if callee is None:
            return
        if len(callee.params) != len(node.args):
            self.report(f"{node.path} is called with {len(node.args)} arguments")
            return
        for param, arg in zip(callee.params, node.args, strict=True):
            yield arg.ty, param.ty, f"argument {param.name} of {node.path}"


def of_choice(node: ir.Expr) -> Iterator[tuple[Type, Type, str]]:
    match node:
        case ir.Var():
            yield node.ty, node.local.ty, f"a mention of {node.local.name}"
        case ir.Coerce():
            yield node.value.ty, node.source, "the operand of a conversion"
        case ir.Not():
            yield node.value.ty, t.BOOL, "a negated value"
        case ir.BoolOp():
            for item in node.items:
                yield item.ty, t.BOOL, f"an operand of {node.op}"
        case ir.IfExp():
            yield node.test.ty, t.BOOL, "a test"
            yield node.then.ty, node.ty, "a branch"
            yield node.other.ty, node.ty, "a branch"
        case ir.UnionMatch():
            for _, arm in node.arms:
                yield arm.ty, node.ty, "an arm"
        case ir.Block():
            yield node.value.ty, node.ty, "the value of a block"


def of_container(node: ir.Expr) -> Iterator[tuple[Type, Type, str]]:
    match node:
        case ir.ListLit() | ir.SetLit() if node.ty.args:
            for item in node.items:
                yield item.ty, node.ty.args[0], "an element"
        case ir.DictLit():
            for key, value in node.items:
                yield key.ty, node.ty.args[0], "a key"
                yield value.ty, node.ty.args[1], "a value"
        case ir.TupleLit() if node.ty.kind == "tuple":
            for item, want in zip(node.items, node.ty.args, strict=True):
                yield item.ty, want, "an element"
