"""Fields that every instance has before anything can read them need no `Option`.

Such a field is assigned by a statement of `__init__` itself, and up to there `__init__`
does nothing with `self` but assign and read fields that it has assigned: nobody else
has met the instance. What code may delete by a name that is known when it runs keeps its
slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portalis.translate.ir import nodes as ir
from portalis.translate.ir.walk import Scope, children, every
from portalis.translate.passes.borrow import expressions

_DELETED = re.compile(r'delete_attribute\(.*, "(\w+)"\)$')

# Kinds of values that have something cheap to start with.
STARTING = frozenset(("bool", "i64", "int", "float", "num", "opt", "decimal_number"))


def run(crate: ir.CrateIR) -> None:
    functions = {f.path: f for m in crate.modules for f in m.functions}
    roots: dict[str, int] = {}
    for module in crate.modules:
        for cls in module.classes:
            roots[cls.root] = roots.get(cls.root, 0) + 1
    unsure = unsure_reads(crate)
    for module in crate.modules:
        for cls in module.classes:
            init = functions.get(cls.init.path) if cls.init is not None else None
            by_name = cls.escapes or cls.is_ordered or cls.is_open
            if init is None or not init.params or cls.is_exception or by_name:
                continue
            if roots[cls.root] > 1:
                continue
            known = assigned(init)
            inside = {id(n) for n in reads(init)}
            for field in cls.fields:
                places = [n for n in unsure.get(field.name, []) if id(n) not in inside]
                field.plain = field.name in known and field.ty.kind in STARTING and not places
            plain = {f.name for f in cls.fields if f.plain}
            for node in reads(init):
                node.definite = node.definite or node.field in plain


def unsure_reads(crate: ir.CrateIR) -> dict[str, list[ir.Expr]]:
    """Reads, by the field's name, of what may not be there; and deletions."""
    out: dict[str, list[ir.Expr]] = {}
    for node in expressions(crate):
        deleted = _DELETED.match(node.template) if isinstance(node, ir.Op) else None
        if isinstance(node, ir.Op) and deleted is not None:
            out.setdefault(deleted[1], []).append(node)
        if isinstance(node, ir.FieldGet) and (not node.definite or node.fallback is not None):
            out.setdefault(node.field, []).append(node)
    return out


def reads(init: ir.FunctionDef) -> Iterator[ir.FieldGet]:
    """Reads of fields of `self` in its own `__init__`."""
    for node in every(Scope(init.body)):
        if isinstance(node, ir.FieldGet) and is_self(node.obj, init) and node.fallback is None:
            yield node


def is_self(node: ir.Expr, init: ir.FunctionDef) -> bool:
    return isinstance(node, ir.Var) and node.local is init.params[0]


def assigned(init: ir.FunctionDef) -> set[str]:
    """Fields that are there before anything but `__init__` meets the instance, and that
    `__init__` does not read before."""
    done: set[str] = set()
    early: set[str] = set()
    hidden = True
    for statement in init.body:
        nodes = list(every(Scope([statement])))
        early |= {
            n.field
            for n in nodes
            if isinstance(n, ir.FieldGet) and is_self(n.obj, init) and n.field not in done
        }
        mentions = sum(child is init.params[0] for n in nodes for child in children(n))
        own = sum(isinstance(n, (ir.FieldGet, ir.SetField)) and is_self(n.obj, init) for n in nodes)
        hidden = hidden and mentions == own
        if not hidden or any(isinstance(n, (ir.Return, ir.Yield)) for n in nodes):
            hidden = False
        elif isinstance(statement, ir.SetField) and is_self(statement.obj, init):
            done.add(statement.field)
    return done - early
