"""Lists and objects that one variable owns have no handle: `OwnList` instead of `List`, the
struct of a class's fields instead of the class.

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
from portalis.translate.ir.gathered import changed, of
from portalis.translate.ir.taking import BORROWS
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import bodies, map_parts
from portalis.translate.passes.borrow import takers
from portalis.translate.passes.joins import JOINED
from portalis.translate.passes.owners import CONTAINERS, Owners, is_field_of_owner

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
    classes = {c.name: c for m in crate.modules for c in m.classes}
    rewritten = [f for f in owners.functions.values() if _may_own(f, owners)]
    for function in rewritten:
        _Rewriter(function.path, owners, classes).block(function.body)
    outside = _Rewriter("", owners, classes)
    for cls in classes.values():
        for protocol in cls.protocols:
            protocol.arms = [(names, outside.expr(arm, HANDLE)) for names, arm in protocol.arms]
        for method in cls.dynamic:
            method.value = outside.expr(method.value, HANDLE)
    # What takes functions is the same as before.
    _rename(crate, classes)
    changed(rewritten)


def _may_own(function: ir.FunctionDef, owners: Owners) -> bool:
    """Whether something in the function is without a handle, or may be."""
    if owners.owns(function.path) or of(function, ir.ListLit):
        return True
    mentioned = dict.fromkeys(node.local for node in of(function, ir.Var))
    declared = (node.local for node in of(function, ir.Declare))
    if any(map(owners.owns, (*mentioned, *declared))):
        return True
    return any(_takes_owners(call, owners) for call in of(function, ir.Call))


def _takes_owners(call: ir.Call, owners: Owners) -> bool:
    callee = owners.functions.get(call.path)
    params = callee.params if callee is not None else ()
    return call.path in owners.makers or any(map(owners.owns, (call.path, *params)))


def _rename(crate: ir.CrateIR, classes: dict[str, ir.ClassDef]) -> None:
    """Methods that take an object without a handle stand with its fields."""
    moved: dict[str, str] = {}
    for function in (f for m in crate.modules for f in m.functions):
        owner, _, name = function.path.rpartition("::")
        cls = classes.get(owner)
        if cls is not None and cls.root == cls.name and function.params:
            me = function.params[0]
            if me.python_name == "self" and me.ty == Type("inst", (), owner, True):
                moved[function.path] = f"{owner}Fields::{name}"
                function.path = moved[function.path]
                function.name = f"{function.name.rpartition('::')[0]}Fields::{name}"
    for node in takers(crate) if moved else ():
        node.path = moved.get(node.path, node.path)


def _mark(function: ir.FunctionDef, owners: Owners) -> None:
    declared = (n.local for n in of(function, ir.Declare))
    for local in dict.fromkeys((*function.params, *declared)):
        if owners.owns(local):
            local.ty = local.ty.owned()
    if owners.owns(function.path):
        function.result = function.returns = function.result.owned()


class _Rewriter:
    """One function's expressions, each made what its place takes."""

    def __init__(self, path: str, owners: Owners, classes: dict[str, ir.ClassDef]) -> None:
        self.path = path
        self.owners = owners
        self.classes = classes

    def block(self, body: Iterable[ir.Stmt]) -> None:
        for node in body:
            self.statement(node)

    def statement(self, node: ir.Stmt) -> None:
        match node:
            case ir.Declare() | ir.Assign() if node.value is not None:
                node.value = self.expr(node.value, self.wanted(node.local))
            case ir.Return() if node.value is not None:
                node.value = self.expr(node.value, self.wanted(self.path))
            case ir.For():
                node.iterable = self.lent(node.iterable)
            case ir.SetField():
                node.obj = self.expr(node.obj, EITHER)
                node.value = self.expr(node.value, HANDLE)
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
            case ir.Lit():
                pass
            case ir.Var():
                node.ty = node.local.ty if self.owners.owns(node.local) else node.ty
            case ir.Call():
                self.call(node, want)
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
            case ir.FieldGet():
                node.obj = self.expr(node.obj, EITHER if is_field_of_owner(node) else HANDLE)
                if node.fallback is not None:
                    node.fallback = self.expr(node.fallback, HANDLE)
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
            value.items = [self.shown(item) for item in value.items]
            return value
        # An owner that is borrowed lends: it would be none otherwise.
        borrowed = operand.mode in BORROWS and isinstance(value, ir.Var)
        lends = operand.lends and value.ty.kind in CONTAINERS
        return self.lent(value) if lends or borrowed else self.expr(value, HANDLE)

    def shown(self, node: ir.Expr) -> ir.Expr:
        return self.lent(node) if node.ty.kind in CONTAINERS else self.expr(node, HANDLE)

    def lent(self, node: ir.Expr) -> ir.Expr:
        """What is only looked into needs no handle."""
        made = isinstance(node, ir.ListLit) or (
            isinstance(node, ir.Call)
            and node.path in self.owners.makers
            and all(map(self.owners.owns, self.owners.makers[node.path]))
        )
        return self.expr(node, OWNER if made else EITHER)

    def call(self, node: ir.Call, want: str) -> None:
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
        if want == OWNER and node.path in self.owners.makers:
            name = node.path.removesuffix("::new")
            self.classes[name].makes_owner = True
            node.path, node.ty = f"{name}Fields::new", node.ty.owned()
