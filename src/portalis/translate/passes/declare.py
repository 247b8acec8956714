"""Puts each local's declaration where Rust wants it.

Python's locals belong to the function; Rust's to a block. A local is declared in
the innermost block that holds all its mentions, at its first assignment where
that stands directly in the block. What may be unbound, or is shared with
closures, is declared at the top. So is what may hold a generator that has something to do
when it is closed: at the function's end, the first variable first, or with the exception
that leaves the function. One walk finds every local's block, so that the pass is linear in
the size of the function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, of
from portalis.translate.ir.walk import Scope, children, locals_in
from portalis.translate.passes.assigned import read_unassigned


def run(crate: ir.CrateIR) -> None:
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            function_(function, crate.closes)


def function_(function: ir.FunctionDef, closes: bool) -> None:
    """closes: some generator has something to do when it is closed."""
    given = {*function.params, *function.captures}
    mentions = Mentions()
    mentions.collect(function.body)
    rebound = mentions.rebound_loops(given, closes)
    pending = [x for x in mentions.homes if x not in mentions.bound and x not in given]
    # The variables of a comprehension end with it.
    held = [
        x
        for x in pending
        if closes and x.may_hold_generator and x not in mentions.handled
        if not mentions.homes[x][0].in_expression
    ]
    if not function.is_generator:
        function.kept = held
    for local in held:
        mentions.homes[local] = (mentions.top, 0)
    watched = frozenset(mentions.without_value(pending))
    for local in {*read_unassigned(function.body, watched), *function.kept}:
        if local.storage == "plain":
            local.storage = "maybe"
    shared = [x for x in pending if x.storage != "plain" and x not in held]
    # Rust drops in the other order.
    top: list[ir.Stmt] = [ir.Declare(function.line, x) for x in (*reversed(held), *shared)]
    top += [ir.Declare(function.line, p) for p in function.params if p.storage == "slot"]
    by_block: dict[int, list[tuple[int, int, ir.Local, list[ir.Stmt]]]] = {}
    for number, local in enumerate(pending):
        if local.storage == "plain" and local not in held:
            home, first = mentions.homes[local]
            entry = (first, number, local, home.body)
            by_block.setdefault(id(home.body), []).append(entry)
    for entries in by_block.values():
        # From the end, so that earlier positions stay right.
        for first, _, local, body in sorted(entries, key=lambda e: (-e[0], e[1])):
            insert(local, body, first)
    for loop, target in rebound:
        loop.body.insert(0, ir.Assign(loop.line, target, ir.Var(target.ty, loop.target)))
    function.body[:0] = top
    changed([function])
    mark_mutable(function)


def insert(local: ir.Local, body: list[ir.Stmt], first: int) -> None:
    """Declares `local` at or before the statement that mentions it first."""
    if first >= len(body):
        body.append(ir.Declare(0, local))
        return
    user = body[first]
    if isinstance(user, ir.Assign) and user.local is local and local not in locals_in(user.value):
        body[first] = ir.Declare(user.line, local, user.value)
    else:
        body.insert(first, ir.Declare(user.line, local))


@dataclass(eq=False, slots=True)
class Block:
    """A list of statements and where it stands: at statement `index` of `parent`, perhaps
    in an expression of it."""

    body: list[ir.Stmt]
    parent: Block | None
    index: int
    depth: int
    in_expression: bool = False


Place = tuple[Block, int]
Entry = tuple[ir.Expr | ir.Stmt, Block, int]


def push(out: list[Entry], scope: Scope, block: Block) -> None:
    out.extend((s, block, i) for i, s in enumerate(scope.body))
    if scope.value is not None:
        out.append((scope.value, block, len(scope.body)))


def meet(a: Place, b: Place) -> Place:
    """The innermost block that holds both places, and the earlier statement of it."""
    (block, i), (other, j) = a, b
    while block is not other:
        if block.depth >= other.depth:
            assert block.parent is not None
            block, i = block.parent, block.index
        else:
            assert other.parent is not None
            other, j = other.parent, other.index
    return block, min(i, j)


_BINDING = frozenset((ir.Declare, ir.RustClosure, ir.UnionMatch, ir.Try))


@dataclass(eq=False, slots=True)
class Mentions:
    """Where the locals of a function are mentioned.

    homes: the meeting place of all mentions. inner: the same without mentions as
    the target of a loop.
    """

    homes: dict[ir.Local, Place] = field(default_factory=dict)
    inner: dict[ir.Local, Place] = field(default_factory=dict)
    bound: set[ir.Local] = field(default_factory=set)
    # Variables of handlers, which Python unbinds at their end.
    handled: set[ir.Local] = field(default_factory=set)
    loops: list[tuple[ir.For, Place, Block]] = field(default_factory=list)
    top: Block = field(default_factory=lambda: Block([], None, 0, 0))

    def collect(self, body: list[ir.Stmt]) -> None:
        stack: list[Entry] = []
        self.top = Block(body, None, 0, 0)
        push(stack, Scope(body), self.top)
        stack.reverse()
        while stack:
            node, block, index = stack.pop()
            kind = node.__class__
            if kind is ir.Lit:
                continue
            if kind is ir.Var:
                assert isinstance(node, ir.Var)
                self._mention(node.local, (block, index), False)
                continue
            if kind in _BINDING:
                self._bind(node)
            nested: list[Entry] = []
            loop_body: Block | None = None
            for child in children(node):
                if isinstance(child, ir.Local):
                    self._mention(child, (block, index), kind is ir.For)
                elif not isinstance(child, Scope):
                    nested.append((child, block, index))
                elif kind is ir.RustClosure:
                    # No block of statements: what it only uses is declared around it.
                    assert child.value is not None
                    nested.append((child.value, block, index))
                else:
                    inner = block.in_expression or isinstance(node, ir.Expr)
                    inside = Block(child.body, block, index, block.depth + 1, inner)
                    loop_body = loop_body or inside
                    push(nested, child, inside)
            if isinstance(node, ir.For):
                assert loop_body is not None
                self.loops.append((node, (block, index), loop_body))
            stack += nested[::-1]

    def _bind(self, node: ir.Expr | ir.Stmt) -> None:
        if isinstance(node, ir.Declare):
            self.bound.add(node.local)
        elif isinstance(node, ir.RustClosure):
            self.bound.update(node.params)
        elif isinstance(node, ir.UnionMatch):
            self.bound.update(local for local, _ in node.arms)
        elif isinstance(node, ir.Try):
            self.bound.update(h.caught for h in node.handlers)
            for handler in node.handlers:
                first = handler.body[0] if handler.body else None
                if isinstance(first, ir.Assign) and handler.caught in locals_in(first.value):
                    self.handled.add(first.local)

    def without_value(self, pending: list[ir.Local]) -> Iterator[ir.Local]:
        """Plain locals whose declaration cannot be their first assignment."""
        for local in pending:
            home, first = self.homes[local]
            user = home.body[first] if first < len(home.body) else None
            if local.storage == "plain" and not (
                isinstance(user, ir.Assign) and user.local is local
            ):
                yield local

    def _mention(self, local: ir.Local, place: Place, is_target: bool) -> None:
        known = self.homes.get(local)
        if known != place:
            self.homes[local] = place if known is None else meet(known, place)
        if not is_target:
            known = self.inner.get(local)
            if known != place:
                self.inner[local] = place if known is None else meet(known, place)

    def rebound_loops(self, given: set[ir.Local], closes: bool) -> list[tuple[ir.For, ir.Local]]:
        """Loops whose variable lives outside them, given a variable of their own;
        with them the variable that they are to set."""
        count: dict[ir.Local, int] = {}
        for loop, _, _ in self.loops:
            count[loop.target] = count.get(loop.target, 0) + 1
        out: list[tuple[ir.For, ir.Local]] = []
        for number, (loop, _, body) in enumerate(self.loops):
            target = loop.target
            used = self.inner.get(target)
            stays = used is None or meet(used, (body, 0))[0] is body
            if closes and target.may_hold_generator and not body.in_expression:
                stays = False
            if stays and count[target] == 1 and target not in given and target.storage == "plain":
                self.bound.add(target)
                continue
            fresh = ir.Local(f"{target.name}_t{number}", target.ty)
            self.bound.add(fresh)
            loop.target = fresh
            out.append((loop, target))
        return out


def mark_mutable(function: ir.FunctionDef) -> None:
    for local in (
        *(node.local for node in of(function, ir.Assign)),
        *(node.local for node in of(function, ir.Delete)),
    ):
        local.mutable = True
