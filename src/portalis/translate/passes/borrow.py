"""Parameters that a function only reads are references: `fn f(xs: &List<Int>)`.

A parameter qualifies if no use of it needs the value itself: it is never assigned,
captured, stored or returned, only borrowed by operations or handed on to a
parameter that qualifies, too. Callers then lend what they have and clone nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import Node, changed, of
from portalis.translate.ir.taking import BORROWS, direct, looked_through, parts
from portalis.translate.ir.walk import bodies, children, every
from portalis.translate.passes.callers import all_functions
from portalis.translate.passes.held import parts_of


def run(crate: ir.CrateIR) -> None:
    functions = {f.path: f for m in crate.modules for f in m.functions}
    candidates: dict[ir.Local, ir.FunctionDef] = {
        p: f for f in functions.values() if not f.is_generator for p in f.params if may_lend(p)
    }
    uses = _Uses(functions, candidates)
    for function in functions.values():
        uses.body(function.body)
    for local in candidates.keys() - uses.needs_value():
        local.by_ref = True
    for node in takers(crate):
        if node.path in functions:
            node.refs = [p.by_ref for p in functions[node.path].params]
            if isinstance(node, ir.Call) and keep_early_reads(node):
                changed(f for m in crate.modules for f in (*m.functions, m.init) if f)


def may_lend(local: ir.Local) -> bool:
    return local.storage == "plain" and not local.mutable and not local.ty.is_copy


def takers(crate: ir.CrateIR) -> Iterator[ir.Call | ir.FunctionValue | ir.DynamicFunction]:
    """Everything that may call a function."""
    yield from of_kind(crate, ir.Call)
    yield from of_kind(crate, ir.FunctionValue)
    yield from of_kind(crate, ir.DynamicFunction)
    for module in crate.modules:
        yield from (cls.init for cls in module.classes if cls.init is not None)


def of_kind(crate: ir.CrateIR, kind: type[Node]) -> Iterator[Node]:
    """The nodes of exactly this kind, in functions and elsewhere."""
    for function in all_functions(crate):
        yield from of(function, kind)
    for part in parts_of(crate):
        yield from (node for node in every(part) if type(node) is kind)


def keep_early_reads(node: ir.Call) -> bool:
    """An argument that a later one assigns to has been read before: it is cloned. Whether
    there is one."""
    found = False
    for i, arg in enumerate(node.args):
        local = direct(arg)
        if local is None or not node.refs[i] or not local.mutable:
            continue
        later = (n for a in node.args[i + 1 :] for n in every(a))
        if any(isinstance(n, ir.Assign) and n.local is local for n in later):
            node.args[i] = ir.Block(arg.ty, [], arg)
            found = True
    return found


class _Uses:
    """What happens to candidates: uses that need the value, and where it is handed on."""

    def __init__(
        self, functions: dict[str, ir.FunctionDef], candidates: dict[ir.Local, ir.FunctionDef]
    ) -> None:
        self.functions = functions
        self.candidates = candidates
        self.taken: set[ir.Local] = set()
        # Parameter → variables that are arguments for it.
        self.handed: dict[ir.Local, list[ir.Local]] = {}

    def needs_value(self) -> set[ir.Local]:
        found = set(self.taken)
        stack = list(found)
        # What is no candidate takes the value.
        for param in self.handed:
            if param not in self.candidates:
                stack.append(param)
                found.add(param)
        while stack:
            for local in self.handed.get(stack.pop(), ()):
                if local not in found:
                    found.add(local)
                    stack.append(local)
        return found

    def body(self, body: list[ir.Stmt]) -> None:
        for node in body:
            self.node(node)

    def node(self, node: ir.Expr | ir.Stmt) -> None:
        if isinstance(node, ir.Op):
            for operand in node.operands.values():
                self.operand(operand.value, operand.mode)
            return
        match node:
            case ir.Lit():
                return
            case ir.RustClosure() | ir.GeneratorExpr() | ir.FunctionValue() | ir.DynamicFunction():
                # Captured values are clones of their own.
                for inner in every(node):
                    self.taken.update(c for c in children(inner) if isinstance(c, ir.Local))
            case ir.Call():
                self.taken.update(node.captures)
                self.call(node)
            case ir.For():
                self.operand(node.iterable, "ref")
            case ir.SetField():
                self.operand(node.obj, "ref")
                self.operand(node.value, "own")
            case ir.Expr():
                for part, mode in parts(node):
                    self.operand(part, mode)
            case _:
                for child in children(node):
                    if isinstance(child, ir.Expr):
                        self.operand(child, "own")
        for body in bodies(node):
            self.body(body)

    def operand(self, node: ir.Expr, mode: str) -> None:
        inner = looked_through(node, mode)
        if inner is not None:
            for part, how in inner:
                self.operand(part, how)
            return
        if mode in BORROWS and direct(node) is not None:
            return
        if isinstance(node, ir.Var):
            self.taken.add(node.local)
            return
        self.node(node)

    def call(self, node: ir.Call) -> None:
        callee = self.functions.get(node.path)
        for i, arg in enumerate(node.args):
            if isinstance(arg, ir.Var) and callee is not None:
                self.handed.setdefault(callee.params[i], []).append(arg.local)
            else:
                self.operand(arg, "own")
