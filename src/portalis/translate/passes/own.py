"""Lists that one variable owns have no handle: `OwnList` instead of `List`.

An owned list is what a Rust programmer's `Vec` local is: it lies in its variable, is
lent as `&OwnList` to what uses it, and moves where it is returned or stored. It has no
`clone`, so that a second name for it is an error of rustc and never a copy. Where a
handle is wanted after all (an element of another container, a field), the last use
turns the list into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.taking import BORROWS
from portalis.translate.ir.walk import Scope, bodies, every, map_parts
from portalis.translate.passes.joins import JOINED
from portalis.translate.passes.owners import Owners

# Constructors that emission writes for the type that is asked for.
_CONSTRUCTOR = re.compile(r"List::\w+\(")

# Methods that have a form which gives an owner.
_MAKES_OWNER = re.compile(r"\.(add|copy|getslice|mul)\(")

# What the place of an expression takes: a handle, an owner, or either.
HANDLE, OWNER, EITHER = "handle", "owner", "either"


def run(crate: ir.CrateIR) -> None:
    owners = Owners(crate)
    for function in owners.functions.values():
        _mark(function, owners)
    for function in owners.functions.values():
        _Rewriter(function, owners).block(function.body)


def _mark(function: ir.FunctionDef, owners: Owners) -> None:
    declared = (n.local for n in every(Scope(function.body)) if isinstance(n, ir.Declare))
    for local in dict.fromkeys((*function.params, *declared)):
        if owners.owns(local):
            local.ty = local.ty.owned()
    if owners.owns(function.path):
        function.result = function.returns = function.result.owned()


class _Rewriter:
    """One function's expressions, each made what its place takes."""

    def __init__(self, function: ir.FunctionDef, owners: Owners) -> None:
        self.function = function
        self.owners = owners

    def block(self, body: Iterable[ir.Stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ir.Stmt) -> None:
        match node:
            case ir.Declare() | ir.Assign() if node.value is not None:
                node.value = self.expr(node.value, self.wanted(node.local))
            case ir.Return() if node.value is not None:
                node.value = self.expr(node.value, self.wanted(self.function.path))
            case ir.For():
                node.iterable = self.lent(node.iterable)
            case _:
                map_parts(node, lambda part: self.expr(part, HANDLE))
        for body in bodies(node):
            self.block(body)

    def wanted(self, node: ir.Local | str) -> str:
        return OWNER if self.owners.owns(node) else HANDLE

    def expr(self, node: ir.Expr, want: str) -> ir.Expr:
        made = self.inside(node, want)
        if made.ty.is_owned and want == HANDLE:
            return ir.Coerce(made.ty.shared(), made, made.ty)
        return made

    def inside(self, node: ir.Expr, want: str) -> ir.Expr:
        """The expression, owned if it must be or comes so."""
        match node:
            case ir.Var():
                node.ty = node.local.ty if self.owners.owns(node.local) else node.ty
            case ir.Call():
                self.call(node)
            case ir.Op():
                return self.operation(node, want)
            case ir.Block():
                self.block(node.body)
                node.value = self.expr(node.value, EITHER if want == HANDLE else want)
                node.ty = node.value.ty if node.value.ty.is_owned else node.ty
            case ir.IfExp() if want == OWNER:
                node.test = self.expr(node.test, HANDLE)
                node.then, node.other = self.expr(node.then, want), self.expr(node.other, want)
                node.ty = node.then.ty
            case ir.Coerce() if node.source == node.ty:
                node.value = self.expr(node.value, want)
                node.ty = node.source = node.value.ty
            case ir.ListLit():
                node.items = [self.expr(item, HANDLE) for item in node.items]
                node.ty = node.ty.owned() if want == OWNER else node.ty
            case _:
                map_parts(node, lambda part: self.expr(part, HANDLE))
                for body in bodies(node):
                    self.block(body)
        return node

    def operation(self, node: ir.Op, want: str) -> ir.Expr:
        for name, operand in node.operands.items():
            if node.template != JOINED or name != "a":
                operand.value = self.operand(operand)
        if node.template == JOINED:
            left = node.operands["a"]
            left.value = self.expr(left.value, EITHER)
            node.ty = left.value.ty
        if want != OWNER or node.ty.is_owned:
            return node
        if _CONSTRUCTOR.match(node.template):
            node.ty = node.ty.owned()
            return node
        made = _MAKES_OWNER.sub(r".own_\1(", node.template)
        if made == node.template:
            return ir.Coerce(node.ty.owned(), node, node.ty)
        node.template, node.ty = made, node.ty.owned()
        return node

    def operand(self, operand: ir.Operand) -> ir.Expr:
        value = operand.value
        if operand.mode == "shows" and isinstance(value, ir.TupleLit):
            value.items = [self.expr(item, EITHER) for item in value.items]
            return value
        # An owner that is borrowed lends: it would be none otherwise.
        borrowed = operand.mode in BORROWS and isinstance(value, ir.Var)
        return self.lent(value) if operand.lends or borrowed else self.expr(value, HANDLE)

    def lent(self, node: ir.Expr) -> ir.Expr:
        """What is only looked into needs no handle."""
        return self.expr(node, OWNER if isinstance(node, ir.ListLit) else EITHER)

    def call(self, node: ir.Call) -> None:
        callee = self.owners.functions.get(node.path)
        for i, arg in enumerate(node.args):
            param = callee.params[i] if callee is not None else None
            owned = param is not None and self.owners.owns(param)
            if not (node.refs and node.refs[i]):
                node.args[i] = self.expr(arg, OWNER if owned else HANDLE)
            elif isinstance(arg, ir.Var) and arg.local.storage == "plain":
                node.args[i] = self.inside(arg, HANDLE)
            elif owned:
                made = self.lent(arg)
                lent = ir.Coerce(made.ty.owned(), made, made.ty)
                node.args[i] = made if made.ty.is_owned else lent
            else:
                node.args[i] = self.expr(arg, HANDLE)
        if callee is not None and self.owners.owns(node.path):
            node.ty = callee.result
