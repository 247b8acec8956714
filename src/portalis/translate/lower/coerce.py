"""Conversions between representations of one Python value."""

from __future__ import annotations

from portalis.translate.frontend.lattice import NEVER, NONE, OBJECTS, VALUE, Cell, Ty, doubt
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.context import Frame, as_type, ty_of


def none() -> ir.Expr:
    return ir.Lit(as_type(NONE), None)


def coerce(frame: Frame, expr: ir.Expr, to: Ty, on_none: str = "") -> ir.Expr:
    """`expr` as a `to`. Boxing a container makes its elements values."""
    source = ty_of(expr)
    if source is to or (source.kind == to.kind and source.same(to)):
        return expr
    if source.kind == "never" or to.kind == "never":
        return ir.Coerce(as_type(to), expr, as_type(source))
    if frame.engine.lattice.guarded and not _fits_fixed(frame, source, to):
        return _misfit(frame, expr, to)
    if to.kind == "value":
        frame.engine.lattice.box(source)
        return ir.Coerce(as_type(VALUE), expr, as_type(source))
    if source.kind == "none":
        return ir.Coerce(as_type(to), expr, as_type(source), on_none)
    if to.optional and source.kind != "value":
        inner = to.required()
        if source.optional:
            if source.required().same(inner):
                return expr
        elif not source.same(inner):
            expr = coerce(frame, expr, inner)
        return ir.Coerce(as_type(to), expr, expr.ty)
    if source.optional:
        bare = source.required()
        expr = ir.Coerce(as_type(bare), expr, as_type(source), on_none)
        return coerce(frame, expr, to, on_none)
    if source.kind == to.kind and len(source.args) == len(to.args):
        for mine, theirs in zip(source.args, to.args, strict=True):
            frame.engine.lattice.unify(mine, theirs)
        if source.cls is not to.cls or source.members != to.members:
            return ir.Coerce(as_type(to), expr, as_type(source))
        return expr
    if {source.kind, to.kind} == {"tuple", "vartuple"} and source.args and to.args:
        first = to.args[0]
        for cell in source.args:
            frame.engine.lattice.unify(first, cell)
    return ir.Coerce(as_type(to), expr, as_type(source))


def _misfit(frame: Frame, expr: ir.Expr, to: Ty) -> ir.Expr:
    """In what never runs: a value that a slot of the running program cannot hold."""
    error = 'Exc::type_error("the running program holds another type here")'
    made = ir.Op(as_type(to), f"Err::<{{T}}, Exc>({error})", {}, True, {"T": as_type(to)})
    return ir.Block(made.ty, [ir.Eval(frame.line, expr)], made)


def _fits_fixed(frame: Frame, source: Ty, to: Ty) -> bool:
    """Whether the conversion keeps what it should, though fixed cells did not grow."""
    if source.args:
        doubt()
    if to.kind == "value":
        frame.engine.lattice.box(source)
        return _is_boxed(source)
    if "none" in (source.kind, to.kind):
        return to.optional or source.kind == to.kind
    if "value" in (source.kind, to.kind):
        return True
    if source.kind in OBJECTS and to.kind in OBJECTS:
        roots = {c.root for c in to.classes()}
        return all(c.root in roots for c in source.classes())
    if source.kind == to.kind:
        if len(source.args) != len(to.args):
            return False
        for mine, theirs in zip(source.args, to.args, strict=True):
            frame.engine.lattice.unify(mine, theirs)
        return all(a.find() is b.find() for a, b in zip(source.args, to.args, strict=True))
    if (source.kind, to.kind) == ("tuple", "vartuple"):
        for cell in source.args:
            frame.engine.lattice.unify(to.args[0], cell)
        return all(cell.find() is to.args[0].find() for cell in source.args)
    return (source.kind, to.kind) in _CONVERSIONS


_CONVERSIONS = frozenset(
    (("bool", "int"), ("bool", "float"), ("bool", "num"), ("int", "float"), ("int", "num"),
     ("float", "num"), ("num", "float"), ("num", "int"), ("inst", "exc"), ("exc", "inst"),
     ("i64", "int"))
)  # fmt: skip


def _is_boxed(ty: Ty) -> bool:
    """No container of it has elements that are not values."""
    inner = [cell.find().ty for cell in ty.args]
    if ty.kind in ("tuple", "vartuple", "iter", "func"):
        return all(_is_boxed(t) for t in inner)
    return all(t.kind == "value" for t in inner)


def flow_into(frame: Frame, expr: ir.Expr, cell: Cell) -> ir.Expr:
    """Stores `expr` in a slot: the slot grows, the value takes its form."""
    frame.flow(ty_of(expr), cell)
    return coerce(frame, expr, frame.form(cell))


def diverge(*parts: ir.Expr) -> ir.Expr:
    return ir.Diverge(as_type(NEVER), list(parts))


def always_raises(frame: Frame, error: str, *parts: ir.Expr) -> ir.Expr:
    """`parts` are evaluated, then `error` (a Rust expression of type Exc) is raised.

    The result is `never`: what None lacks must not count as a dynamic value, since
    the slot that holds only None so far may turn out to hold more.
    """
    raised = ir.Op(as_type(NEVER), f"Err::<Never, Exc>({error})", {}, True)
    body: list[ir.Stmt] = [
        ir.Eval(frame.line, p) for p in parts if not isinstance(p, (ir.Lit, ir.Var))
    ]
    return ir.Block(as_type(NEVER), body, raised) if body else raised
