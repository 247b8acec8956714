"""Sets that are built only to be counted: `len(set(x + i for i in …))`, `len(a & b)`.

What is in such a set is asked once, by its length: it needs neither CPython's table nor
its order. Ints have no equality of their own that could notice; what two sets have in
common is looked for in any case.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, of
from portalis.translate.ir.types import Type
from portalis.translate.ir.walk import Scope, every, locals_in

DISTINCT = Type("distinct")
LENGTH = "{x}.len()"
COMMON = "{a}.intersection_set({b})"
COLLECTED = "Set::collect({items})"


def run(crate: ir.CrateIR) -> None:
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            for node in of(function, ir.Op):
                if node.template == LENGTH:
                    changed([function])
                    items = node.operands["x"].value
                    if isinstance(items, ir.Op) and items.template == COMMON:
                        node.template = "{a}.common_len({b})"
                        node.operands, node.raises = items.operands, items.raises
                    elif items.ty.kind == "set" and items.ty.args[0].kind == "int":
                        count(items)
                        ask_inside(node, items)


def ask_inside(length: ir.Op, items: ir.Expr) -> None:
    """The set stays where it was made: the block that makes it gives its length."""
    if isinstance(items, ir.Block) and items.ty is DISTINCT:
        asked = ir.Op(length.ty, LENGTH, {"x": ir.Operand(items.value, "recv")}, False)
        length.template = "{x}"
        length.operands = {"x": ir.Operand(ir.Block(length.ty, items.body, asked))}


def count(items: ir.Expr) -> None:
    """Makes `items`, a set that only its length is asked of, one that only counts."""
    if isinstance(items, ir.Op) and items.template == COLLECTED:
        items.template = items.template.replace("Set", "Distinct")
        items.ty = DISTINCT
    elif isinstance(items, ir.Block) and (out := built(items)) is not None:
        for node in every(items):
            if isinstance(node, ir.Var) and node.local is out:
                node.ty = DISTINCT
            elif isinstance(node, ir.Declare) and node.local is out:
                assert node.value is not None
                node.value.ty = DISTINCT
        out.ty = items.ty = DISTINCT


def built(items: ir.Block) -> ir.Local | None:
    """The local in which a set comprehension builds its set, adding to it only."""
    start = items.body[0] if items.body else None
    last = items.value
    if not (
        isinstance(start, ir.Declare)
        and isinstance(start.value, ir.SetLit)
        and not start.value.items
        and isinstance(last, ir.Var)
        and last.local is start.local
        and last.local.storage == "plain"
    ):
        return None
    added = 0
    for node in every(Scope(items.body)):
        if isinstance(node, ir.Op) and node.name == "set.add":
            me = node.operands["self"].value
            added += isinstance(me, ir.Var) and me.local is start.local
        elif isinstance(node, (ir.RustClosure, ir.GeneratorExpr, ir.FunctionValue)):
            if start.local in locals_in(node):
                return None
    mentioned = sum(
        isinstance(node, ir.Var) and node.local is start.local for node in every(Scope(items.body))
    )
    return start.local if added == mentioned == 1 else None
