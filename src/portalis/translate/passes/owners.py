"""Which containers have one owner: what no second handle is ever needed for.

A node is a variable, a parameter or a function's result whose type is a container. It
owns what it holds if all that is stored in it is made there or given up by another owner,
and if each use of it lends what it holds or is its last. A parameter that is a reference
owns nothing but needs no handle either, if each use lends. Everything is taken to be so
until a use or a store says otherwise; what leans on a node that needs a handle needs one.

Runs after `moves`: a use that is not the last one is a second name.
"""

from __future__ import annotations

from collections.abc import Iterable

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.taking import BORROWS, looked_through, parts, walked
from portalis.translate.ir.walk import Scope, bodies, bound_in, children, every, locals_in
from portalis.translate.passes.callers import all_functions, constructors, open_paths

# Kinds whose content can be held without a handle.
KINDS = frozenset(("list",))

# A variable or parameter, or the path of a function: its result.
Node = ir.Local | str


class Owners:
    """`handles`: the nodes that need a handle, and why."""

    def __init__(self, crate: ir.CrateIR) -> None:
        self.functions = {f.path: f for f in all_functions(crate)}
        made = constructors(crate)
        given = {made.get(path, path) for path in open_paths(crate)} | set(made.values())
        closed = self.functions.keys() - given if crate.is_program else set[str]()
        self.nodes = {n for f in self.functions.values() for n in nodes_of(f, f.path in closed)}
        self.handles: dict[Node, str] = {}
        # Node → what needs a handle if it does.
        self.leaning: dict[Node, list[Node]] = {}
        for function in self.functions.values():
            _Uses(self, function).block(function.body)
        self._spread()

    def owns(self, node: Node) -> bool:
        return node in self.nodes and node not in self.handles

    def needs_handle(self, node: Node, why: str) -> None:
        if node in self.nodes:
            self.handles.setdefault(node, why)

    def lean(self, node: Node, on: Node) -> None:
        if on in self.nodes:
            self.leaning.setdefault(on, []).append(node)
        else:
            self.needs_handle(node, "of a handle")

    def store(self, target: Node, value: ir.Expr) -> None:
        sources = made_of(value)
        if sources is None:
            self.needs_handle(target, "stored")
        for source in sources or ():
            self.lean(target, source)

    def _spread(self) -> None:
        stack = list(self.handles)
        while stack:
            for node in self.leaning.get(stack.pop(), ()):
                if node in self.nodes and node not in self.handles:
                    self.handles[node] = "of a handle"
                    stack.append(node)


def nodes_of(function: ir.FunctionDef, closed: bool) -> Iterable[Node]:
    """closed: all its calls are known."""
    if function.is_generator or function.suspends:
        return
    if closed and function.result.kind in KINDS:
        yield function.path
    declared = [n.local for n in every(Scope(function.body)) if isinstance(n, ir.Declare)]
    held = [*(p for p in function.params if p.by_ref or closed), *declared]
    for local in held:
        # What an exception keeps, it clones.
        if local.storage == "plain" and local.ty.kind in KINDS and local not in function.kept:
            yield local


def made_of(value: ir.Expr) -> list[Node] | None:
    """What must own what it holds for `value` to be a container that nothing else holds;
    None: something else may hold it."""
    match value:
        case ir.ListLit():
            return []
        case ir.Op():
            return [] if value.makes else None
        case ir.Call():
            return [value.path]
        case ir.Var():
            return [value.local] if value.moved else None
        case ir.Block():
            return made_of(value.value)
        case ir.IfExp():
            then, other = made_of(value.then), made_of(value.other)
            return None if then is None or other is None else [*then, *other]
        case ir.Coerce() if value.source == value.ty:
            return made_of(value.value)
    return None


class _Uses:
    """What one function does with containers."""

    def __init__(self, owners: Owners, function: ir.FunctionDef) -> None:
        self.owners = owners
        self.function = function
        self.needs_handle = owners.needs_handle

    def block(self, body: Iterable[ir.Stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ir.Stmt) -> None:
        match node:
            case ir.Declare() | ir.Assign() if node.value is not None:
                self.owners.store(node.local, node.value)
                self.take(node.value, "own")
            case ir.Return() if node.value is not None:
                self.owners.store(self.function.path, node.value)
                self.take(node.value, "own")
            case ir.For():
                self.walk(node)
            case ir.SetField():
                self.take(node.obj, "ref")
                self.take(node.value, "own")
            case ir.Declare():
                pass
            case _:
                for child in children(node):
                    if isinstance(child, ir.Expr):
                        self.take(child, "own")
                self.mention(node)
        for body in bodies(node):
            self.block(body)

    def mention(self, node: ir.Expr | ir.Stmt) -> None:
        """Variables that a node has by themselves: captured, deleted, caught."""
        for child in children(node):
            if isinstance(child, ir.Local):
                self.needs_handle(child, "captured")

    def walk(self, node: ir.For) -> None:
        self.needs_handle(node.target, "an element")
        here = walked(node.iterable)
        if here is None:
            self.take(node.iterable, "iter")
            return
        for part in here:
            self.take(part, "iter", True)
            if isinstance(part, ir.Var) and gives_up(node, part.local):
                self.needs_handle(part.local, "given up while it is walked")

    def take(self, node: ir.Expr, mode: str, lends: bool = False) -> None:
        """lends: the place needs what the container holds, and keeps no handle."""
        inner = looked_through(node, mode)
        if inner is not None:
            for part, how in inner:
                self.take(part, how, lends)
        elif isinstance(node, ir.Var):
            if not (lends if mode in BORROWS else node.moved):
                self.needs_handle(node.local, "lent" if mode in BORROWS else "a second name")
        elif isinstance(node, ir.Op):
            # What is mapped on its way is walked when the operation around it walks.
            through = lends and mode == "iter" and node.name == "map_items"
            for operand in node.operands.values():
                lent = operand.lends or (through and operand.mode == "iter")
                self.take(operand.value, operand.mode, lent)
        else:
            self.expr(node)

    def expr(self, node: ir.Expr) -> None:
        match node:
            case ir.Call():
                self.call(node)
            case ir.Block():
                self.take(node.value, "own")
                self.block(node.body)
            case ir.RustClosure() | ir.GeneratorExpr():
                self.closure(node)
            case ir.FunctionValue() | ir.DynamicFunction():
                for local in locals_in(node):
                    self.needs_handle(local, "captured")
                self.given(node)
            case _:
                for part, mode in parts(node):
                    self.take(part, mode)
                self.mention(node)

    def closure(self, node: ir.RustClosure | ir.GeneratorExpr) -> None:
        """It holds clones of what it mentions; a generator's body is left alone."""
        inside = bound_in(node) if isinstance(node, ir.RustClosure) else set()
        for local in locals_in(node):
            if local not in inside:
                self.needs_handle(local, "captured")
        if isinstance(node, ir.RustClosure):
            for param in node.params:
                self.needs_handle(param, "given by the runtime")
            self.take(node.body, "own")
        else:
            self.block(node.body)

    def given(self, node: ir.FunctionValue | ir.DynamicFunction) -> None:
        """The closures that emission writes lend their own parameters, and no more."""
        callee = self.owners.functions.get(node.path)
        fixed = node.fixed if isinstance(node, ir.FunctionValue) else None
        for i, param in enumerate(callee.params if callee is not None else ()):
            if fixed is None or (i < len(fixed) and fixed[i] is not None):
                self.needs_handle(param, "given by a closure")

    def call(self, node: ir.Call) -> None:
        for local in node.captures:
            self.needs_handle(local, "captured")
        callee = self.owners.functions.get(node.path)
        for i, arg in enumerate(node.args):
            by_ref = bool(node.refs) and node.refs[i]
            param = callee.params[i] if callee is not None else None
            if by_ref and isinstance(arg, ir.Var):
                if param is None:
                    self.needs_handle(arg.local, "lent")
                else:
                    self.owners.lean(arg.local, param)
                continue
            if param is not None and not by_ref:
                self.owners.store(param, arg)
            self.take(arg, "ref" if by_ref else "own", by_ref)


def gives_up(loop: ir.For, local: ir.Local) -> bool:
    """The body assigns the variable or takes its value away."""
    return any(
        (isinstance(node, ir.Assign) and node.local is local)
        or (isinstance(node, ir.Var) and node.local is local and node.moved)
        for node in every(Scope([*loop.body, *loop.orelse]))
    )
