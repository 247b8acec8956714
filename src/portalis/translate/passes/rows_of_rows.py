"""`xss[i][j]` reads and writes through the outer list, without taking hold of the row.

The second index must be free of effects and errors: it is evaluated before the
first one is looked up.
"""

from __future__ import annotations

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.gathered import changed, of
from portalis.translate.ir.walk import every

GET = "{self}.get({index})"
SET = "{self}.set({index}, {value})"


def run(crate: ir.CrateIR) -> None:
    for module in crate.modules:
        for function in (*module.functions, *([module.init] if module.init else [])):
            for node in of(function, ir.Op):
                if node.template in (GET, SET) and fuse(node):
                    changed([function])


def fuse(node: ir.Op) -> bool:
    """Whether the row is one that need not be taken hold of."""
    row, index = node.operands["self"].value, node.operands["index"]
    if not is_row(row) or not is_simple(index.value):
        return False
    assert isinstance(row, ir.Op)
    operands = {
        "self": row.operands["self"],
        "row": ir.Operand(row.operands["index"].value, "index"),
        "index": index,
    }
    if node.template == SET:
        operands["value"] = node.operands["value"]
        node.template = "{self}.set2({row}, {index}, {value})"
    else:
        node.template = "{self}.get2({row}, {index})"
    node.operands = operands
    return True


def is_row(node: ir.Expr) -> bool:
    """An element of a list of lists."""
    return (
        isinstance(node, ir.Op)
        and node.template == GET
        and node.ty.kind == "list"
        and node.operands["self"].value.ty.kind == "list"
    )


def is_simple(node: ir.Expr) -> bool:
    """Cannot raise or change anything, as an index that fits 64 bits."""
    if node.ty.kind != "i64" and not isinstance(node, ir.Lit):
        return False
    return all(
        isinstance(part, ir.Lit)
        or (isinstance(part, ir.Var) and part.local.storage == "plain")
        or (isinstance(part, ir.Op) and part.pure and not part.raises)
        for part in every(node)
    )
