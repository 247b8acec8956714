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
from portalis.translate.ir.gathered import of
from portalis.translate.ir.taking import BORROWS, looked_through, parts, walked
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import Scope, bodies, bound_in, children, every, locals_in
from portalis.translate.passes.callers import all_functions, constructors, open_paths

# What an operation of the runtime may be lent where it says so.
CONTAINERS = frozenset(("list",))
# What the fields of are read and written by whoever borrows it.
OBJECTS = frozenset(("inst",))
NOTHING: frozenset[str] = frozenset()

# A variable or parameter, or the path of a function: its result.
Node = ir.Local | str


class Owners:
    """`handles`: the nodes that need a handle, and why."""

    def __init__(self, crate: ir.CrateIR) -> None:
        self.functions = {f.path: f for f in all_functions(crate)}
        made = constructors(crate)
        given = {made.get(path, path) for path in open_paths(crate)} | set(made.values())
        closed = self.functions.keys() - given if crate.is_program else set[str]()
        classes = [c for m in crate.modules for c in m.classes]
        self.makers = makers_of(classes, self.functions)
        self.raised = {c.root for c in classes if c.is_exception}
        self.nodes = {
            n for f in self.functions.values() for n in self._nodes_of(f, f.path in closed)
        }
        self.handles: dict[Node, str] = {}
        # Node → what needs a handle if it does.
        self.leaning: dict[Node, list[Node]] = {}
        for function in self.functions.values():
            _Uses(self, function).block(function.body)
        self._spread()

    def owns(self, node: Node) -> bool:
        return node in self.nodes and node not in self.handles

    def is_held(self, ty: Type) -> bool:
        """It can be held without a handle."""
        return ty.kind in CONTAINERS or (ty.kind in OBJECTS and ty.name not in self.raised)

    def _nodes_of(self, function: ir.FunctionDef, closed: bool) -> Iterable[Node]:
        """closed: all its calls are known."""
        if function.is_generator or function.suspends:
            return
        if closed and self.is_held(function.result):
            yield function.path
        declared = [n.local for n in of(function, ir.Declare)]
        held = [*(p for p in function.params if p.by_ref or closed), *declared]
        for local in held:
            # What an exception keeps, it clones.
            if local.storage == "plain" and self.is_held(local.ty) and local not in function.kept:
                yield local

    def needs_handle(self, node: Node, why: str) -> None:
        if node in self.nodes:
            self.handles.setdefault(node, why)

    def lean(self, node: Node, on: Node) -> None:
        if on in self.nodes:
            self.leaning.setdefault(on, []).append(node)
        else:
            self.needs_handle(node, "of a handle")

    def store(self, target: Node, value: ir.Expr) -> None:
        sources = self.made_of(value)
        if sources is None:
            self.needs_handle(target, "stored")
        for source in sources or ():
            self.lean(target, source)

    def made_of(self, value: ir.Expr) -> list[Node] | None:
        """What must own what it holds for `value` to be a container or an object that nothing
        else holds; None: something else may hold it."""
        match value:
            case ir.ListLit():
                return []
            case ir.Op():
                return [] if value.makes else None
            case ir.Call():
                return self.makers.get(value.path, [value.path])
            case ir.Var():
                return [value.local] if value.moved else None
            case ir.Block():
                return self.made_of(value.value)
            case ir.IfExp():
                then, other = self.made_of(value.then), self.made_of(value.other)
                return None if then is None or other is None else [*then, *other]
            case ir.Coerce() if value.source == value.ty:
                return self.made_of(value.value)
        return None

    def _spread(self) -> None:
        stack = list(self.handles)
        while stack:
            for node in self.leaning.get(stack.pop(), ()):
                if node in self.nodes and node not in self.handles:
                    self.handles[node] = "of a handle"
                    stack.append(node)


def makers_of(
    classes: Iterable[ir.ClassDef], functions: dict[str, ir.FunctionDef]
) -> dict[str, list[Node]]:
    """What makes an object that is no other class's struct → the object in its `__init__`."""
    found: dict[str, list[Node]] = {}
    for cls in classes:
        if cls.root == cls.name and not cls.is_exception and not cls.is_plain:
            init = functions.get(cls.init.path) if cls.init is not None else None
            if cls.init is None:
                found[f"{cls.name}::new"] = []
            elif init is not None and init.params:
                found[f"{cls.name}::new"] = [init.params[0]]
    return found


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
                self.take(node.obj, "ref", OBJECTS)
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
            self.take(part, "iter", CONTAINERS)
            if isinstance(part, ir.Var) and gives_up(node, part.local):
                self.needs_handle(part.local, "given up while it is walked")

    def take(self, node: ir.Expr, mode: str, lends: frozenset[str] = NOTHING) -> None:
        """lends: the kinds of which the place needs what is in them, and keeps no handle."""
        inner = looked_through(node, mode)
        if inner is not None:
            for part, how in inner:
                self.take(part, how, lends)
        elif isinstance(node, ir.Var):
            if not (node.ty.kind in lends if mode in BORROWS else node.moved):
                self.needs_handle(node.local, "lent" if mode in BORROWS else "a second name")
        elif isinstance(node, ir.Op):
            # What is mapped on its way is walked when the operation around it walks.
            through = lends and mode == "iter" and node.name == "map_items"
            for operand in node.operands.values():
                lent = operand.lends or (through and operand.mode == "iter")
                self.take(operand.value, operand.mode, CONTAINERS if lent else NOTHING)
        else:
            self.expr(node)

    def expr(self, node: ir.Expr) -> None:
        match node:
            case ir.Lit():
                pass
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
            case ir.FieldGet():
                self.take(node.obj, "ref", OBJECTS if is_field_of_owner(node) else NOTHING)
                if node.fallback is not None:
                    self.take(node.fallback, "own")
            case ir.VirtualCall():
                # The receiver is asked for its class.
                for _, arm in node.arms:
                    self.take(arm, "own")
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
            self.take(arg, "ref" if by_ref else "own", CONTAINERS | OBJECTS)


def is_field_of_owner(node: ir.FieldGet) -> bool:
    """What has the field may be an object without a handle: emission clones none."""
    return node.definite or isinstance(node.obj, ir.Var)


def gives_up(loop: ir.For, local: ir.Local) -> bool:
    """The body assigns the variable or takes its value away."""
    return any(
        (isinstance(node, ir.Assign) and node.local is local)
        or (isinstance(node, ir.Var) and node.local is local and node.moved)
        for node in every(Scope([*loop.body, *loop.orelse]))
    )
