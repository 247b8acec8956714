"""Generators and coroutines that another one runs in its own place: `await f()`.

A function that is delegated to becomes two: its steps, and the maker of the object
that runs them. Who delegates calls the steps: through the channel of the generator
around them if they may suspend, else as any other function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portalis.core.graphs import strong_components
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed
from portalis.translate.ir.walk import bodies, children, map_parts
from portalis.translate.passes.callers import all_functions


@dataclass(eq=False, slots=True)
class Known:
    """A generator function: the delegations in it, and whether it yields of itself."""

    function: ir.FunctionDef
    delegates: list[ir.Delegate] = field(default_factory=list)
    suspends: bool = False


def run(crate: ir.CrateIR) -> None:
    known = {f.path: _look(f) for f in all_functions(crate) if f.is_generator}
    wanted = {d.call.path for k in known.values() for d in k.delegates} & known.keys()
    if not wanted:
        return
    changed(found.function for found in known.values())
    _spread(known)
    taken = {f.path for f in all_functions(crate)}
    steps = {path: _steps(known[path], taken) for path in sorted(wanted)}
    inside = _rings(known)
    for path, found in known.items():
        if found.delegates:
            _Direct(path, steps, inside).block(found.function.body)
    for module in crate.modules:
        module.functions = [
            made
            for f in module.functions
            for made in ([steps[f.path], _maker(f, steps[f.path])] if f.path in steps else [f])
        ]


def _look(function: ir.FunctionDef) -> Known:
    out = Known(function)
    for node in _own(function.body):
        if isinstance(node, ir.Delegate):
            out.delegates.append(node)
        elif isinstance(node, ir.Yield) or (isinstance(node, ir.Op) and node.name == "yield"):
            out.suspends = True
    return out


def _own(body: list[ir.Stmt]) -> Iterator[ir.Expr | ir.Stmt]:
    """What the function itself evaluates: not the objects it delegates through, nor what
    closures and generator expressions do later."""
    stack: list[ir.Expr | ir.Stmt] = list(body)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, (ir.GeneratorExpr, ir.RustClosure)):
            continue
        if isinstance(node, ir.Delegate):
            stack += node.call.args
            continue
        for inner in bodies(node):
            stack += inner
        stack += [c for c in children(node) if isinstance(c, ir.Expr)]
        if isinstance(node, ir.Block):
            stack.append(node.value)


def _spread(known: dict[str, Known]) -> None:
    """Whoever delegates to what suspends does so, too."""
    grown = True
    while grown:
        grown = False
        for found in known.values():
            if not found.suspends and any(
                known[d.call.path].suspends if d.call.path in known else True
                for d in found.delegates
            ):
                found.suspends = grown = True


def _rings(known: dict[str, Known]) -> dict[str, int]:
    """The component of each in the graph of who delegates to whom."""
    edges = {path: [d.call.path for d in found.delegates] for path, found in known.items()}
    components = strong_components(edges, lambda path: edges.get(path, ()))
    return {path: i for i, component in enumerate(components) for path in component}


def _steps(found: Known, taken: set[str]) -> ir.FunctionDef:
    function = found.function
    ending = "__steps"
    while f"{function.path}{ending}" in taken:
        ending += "_"
    return replace(
        function,
        path=f"{function.path}{ending}",
        name=f"{function.name}{ending}",
        result=function.returns,
        doc="",
        is_generator=False,
        suspends=found.suspends,
    )


def _maker(function: ir.FunctionDef, steps: ir.FunctionDef) -> ir.FunctionDef:
    params = [replace(p, storage="plain", mutable=False) for p in function.params]
    captures = [replace(c) for c in function.captures]
    args: list[ir.Expr] = [ir.Var(p.ty, p) for p in params]
    how = ir.Delegation(steps.suspends, whole=True)
    call = ir.Call(function.returns, steps.path, args, captures=captures, delegates=how)
    return replace(
        function,
        params=params,
        captures=captures,
        body=[ir.Return(function.line, call)],
        is_maker=True,
        at_once=not steps.suspends,
        locals=[],
    )


@dataclass(eq=False, slots=True)
class _Direct:
    """Turns delegations of the function at `path` into calls of steps."""

    path: str
    steps: dict[str, ir.FunctionDef]
    rings: dict[str, int]

    def block(self, body: list[ir.Stmt]) -> None:
        for node in body:
            self.inside(node)

    def inside(self, node: ir.Expr | ir.Stmt) -> None:
        if isinstance(node, (ir.GeneratorExpr, ir.RustClosure)):
            return
        map_parts(node, self.expr)
        for body in bodies(node):
            self.block(body)

    def expr(self, node: ir.Expr) -> ir.Expr:
        self.inside(node)
        if not isinstance(node, ir.Delegate):
            return node
        call, steps = node.call, self.steps[node.call.path]
        how = ir.Delegation(
            steps.suspends,
            boxed=self.rings[call.path] == self.rings[self.path],
            leaving="in_coroutine" if steps.is_coroutine else "in_generator",
        )
        return ir.Call(node.ty, steps.path, call.args, captures=call.captures, delegates=how)
