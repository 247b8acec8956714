"""Targets of assignment: names, attributes, items, unpacking."""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.lattice import MAYBE_OBJECTS, VALUE, Ty
from portalis.translate.frontend.program import Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    attribute_stores,
    call,
    closure,
    iteration,
    operators,
    precedence,
    row_calls,
)
from portalis.translate.lower.coerce import always_raises, coerce, flow_into, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.match_rows import item_of, iterator

# More targets than a tuple of Rust is made of at once.
_MOST_AT_ONCE = 12


def assign(frame: Frame, target: ast.expr, value: ir.Expr) -> list[ir.Stmt]:
    """`target = value`, the value being evaluated already or evaluated first."""
    if isinstance(target, ast.Name):
        variable = frame.engine.program.names[target]
        if not isinstance(variable, Variable):
            raise Refusal("PT104", target, f"{target.id!r} cannot be assigned here")
        _check_submodule(frame, target, variable)
        store = closure.store_variable(frame, variable, value)
        note(frame, variable, ty_of(value))
        return [store]
    if isinstance(target, ast.Attribute):
        return attribute_stores.set_(frame, target, value)
    if isinstance(target, ast.Subscript):
        return _set_item(frame, target, value)
    if isinstance(target, (ast.Tuple, ast.List)):
        return unpack(frame, target, value)
    raise Refusal("PT201", target, f"assignment to {type(target).__name__} is not translated")


def _check_submodule(frame: Frame, target: ast.Name, variable: Variable) -> None:
    """A package's variable is not what an import of its submodule puts in its place later.

    Raises:
        Refusal: the program has such a submodule, and the package did not import it before.
    """
    home = variable.module
    if not variable.is_global or home is None:
        return
    module = frame.engine.program.modules.get(f"{home.name}.{variable.name}")
    if module is not None and not any(
        module in frame.engine.imports.get(statement, ()) and statement.lineno < target.lineno
        for statement in home.imports()
    ):
        reason = f"{variable.name} names a module of {home.name}, too, which takes its place"
        raise Refusal("PT206", target, reason)


def note(frame: Frame, variable: Variable, ty: Ty) -> None:
    """The variable now holds a `ty`, whatever its slot may hold."""
    if variable.changes_elsewhere:
        return
    slot = frame.read(variable.cell)
    if slot.optional and not ty.optional and ty.kind not in ("none", "never", "value"):
        frame.narrow[variable] = slot.required()
    else:
        frame.narrow.pop(variable, None)


def _simple(value: ir.Expr) -> bool:
    return isinstance(value, (ir.Lit, ir.Var))


def held(frame: Frame, value: ir.Expr, out: list[ir.Stmt], stem: str) -> ir.Expr:
    """`value` in a temporary, so that what follows is evaluated after it."""
    if _simple(value):
        return value
    local = frame.temp(ty_of(value), stem)
    out.append(ir.Declare(frame.line, local, value))
    return ir.Var(local.ty, local)


def _set_item(frame: Frame, target: ast.Subscript, value: ir.Expr) -> list[ir.Stmt]:
    out: list[ir.Stmt] = []
    # Python evaluates the value first, then the container and the index.
    container_node, index = target.value, target.slice
    if not (_pure(container_node) and _pure(index)):
        value = held(frame, value, out, "value")
    for part in (container_node, index):
        value = precedence.before(frame, value, part, out)
    container = frame.expr(container_node)
    cls = operators.user_class(ty_of(container))
    if cls is not None and call.always_has(cls, "__setitem__"):
        made = call.method_exprs(
            frame, target, container, "__setitem__", [frame.expr(index), value]
        )
        return [*out, ir.Eval(frame.line, made)]
    if isinstance(index, ast.Slice) and ty_of(container).kind not in MAYBE_OBJECTS:
        bounds = [
            frame.expr(b) if b is not None else none()
            for b in (index.lower, index.upper, index.step)
        ]
        step = operators.operation(frame, target, "setslice", [container, *bounds, value])
    else:
        step = operators.operation(frame, target, "setitem", [container, frame.expr(index), value])
    return [*out, ir.Eval(frame.line, step)]


def _pure(node: ast.expr) -> bool:
    """Evaluating it before or after another expression makes no difference."""
    return not any(
        isinstance(n, (ast.Call, ast.Subscript, ast.NamedExpr, ast.Yield, ast.Await))
        for n in trees.walk(node)
    ) or all(
        not isinstance(n, (ast.Call, ast.NamedExpr, ast.Yield, ast.Await)) for n in trees.walk(node)
    )


def unpack(frame: Frame, target: ast.Tuple | ast.List, value: ir.Expr) -> list[ir.Stmt]:

    value = call.as_plain_tuple(frame, target, value)
    ty = ty_of(value)
    error = row_calls.exception("type_error", "cannot unpack non-iterable NoneType object")
    if ty.kind == "none":
        value = always_raises(frame, error, value)
    elif ty.optional:
        value = coerce(frame, value, ty.required(), error)
    ty = ty_of(value)
    elements = target.elts
    starred = [i for i, e in enumerate(elements) if isinstance(e, ast.Starred)]
    if isinstance(value, ir.TupleLit) and len(value.items) == len(elements) and not starred:
        return _parallel(frame, elements, value)
    out: list[ir.Stmt] = []
    if ty.kind == "tuple" and not ty.optional:
        return _unpack_fixed(frame, target, value, starred, out)
    return _unpack_any(frame, target, value, starred, out)


def _parallel(frame: Frame, elements: list[ast.expr], value: ir.TupleLit) -> list[ir.Stmt]:
    """`a, b = b, a`: every value into a temporary, then the stores."""
    out: list[ir.Stmt] = []
    cells = ty_of(value).args
    held_values: list[ir.Expr] = []
    for item, cell in zip(value.items, cells, strict=True):
        if isinstance(item, ir.Lit):
            held_values.append(item)
            continue
        local = frame.temp(frame.read(cell), "t")
        out.append(ir.Declare(frame.line, local, item))
        held_values.append(ir.Var(local.ty, local))
    for element, item in zip(elements, held_values, strict=True):
        out += assign(frame, element, item)
    return out


def _unpack_fixed(
    frame: Frame,
    target: ast.Tuple | ast.List,
    value: ir.Expr,
    starred: list[int],
    out: list[ir.Stmt],
) -> list[ir.Stmt]:
    ty = ty_of(value)
    elements = target.elts
    cells = ty.args
    count, have = len(elements), len(cells)
    if (not starred and count != have) or (starred and have < count - 1):
        return _unpack_any(frame, target, operators.as_vartuple(frame, target, value), starred, out)
    whole = held(frame, value, out, "items")
    items: list[ir.Expr] = [
        ir.TupleItem(as_type(frame.read(cell)), whole, i) for i, cell in enumerate(cells)
    ]
    if starred:
        at = starred[0]
        rest = have - (count - 1)
        middle = items[at : at + rest]
        cell = frame.site(target, "rest")
        for item in middle:
            frame.flow(ty_of(item), cell)
        wanted = frame.read(cell)
        listed = ir.ListLit(
            as_type(Ty("list", (cell,))), [coerce(frame, i, wanted) for i in middle]
        )
        items = [*items[:at], listed, *items[at + rest :]]
    for element, item in zip(elements, items, strict=True):
        inner = element.value if isinstance(element, ast.Starred) else element
        out += assign(frame, inner, item)
    return out


def _unpack_any(
    frame: Frame,
    target: ast.Tuple | ast.List,
    value: ir.Expr,
    starred: list[int],
    out: list[ir.Stmt],
) -> list[ir.Stmt]:

    elements = target.elts
    if ty_of(value).kind == "inst":
        value = iteration.iterable(frame, target, value)
    ty = ty_of(value)
    if ty.kind == "never":
        for element in elements:
            inner = element.value if isinstance(element, ast.Starred) else element
            assign(frame, inner, ir.Diverge(value.ty, []))
        return [ir.Eval(frame.line, value)]
    if item_of(frame, ty.required()) is None or ty.optional:
        value = coerce(frame, value, VALUE)
        ty = VALUE
    item = item_of(frame, ty)
    assert item is not None
    cell = frame.site(target, "unpacked")
    frame.flow(item, cell)
    wanted = frame.read(cell)
    count = len(elements)
    fixed = not starred and 0 < count <= _MOST_AT_ONCE
    taken = Ty("tuple", (cell,) * count) if fixed else Ty("list", (cell,))
    dynamic = ty.kind == "value"
    kept = not starred and ty.kind in ("list", "vartuple") and item.same(wanted)
    if starred:
        at = starred[0]
        name = "unpack_value_starred" if dynamic else "unpack_starred"
        template = f"{name}({{xs}}, {at}, {count - at - 1})"
    elif dynamic:
        template = f"unpack_value::<{count}, {{R}}>({{xs}})"
    elif kept:
        template = f"{{xs}}.unpack::<{count}>().map(<{{R}}>::from)"
    else:
        template = f"unpack_exact::<_, {count}, {{R}}>({{xs}})"
    source = (
        ir.Operand(value, "ref", lends=kept)
        if dynamic or kept
        else ir.Operand(iterator(frame, value, wanted), "iter", lends=True)
    )
    generics = {"T": as_type(wanted), "R": as_type(taken)}
    op = ir.Op(as_type(taken), template, {"xs": source}, True, generics, name="unpack")
    if fixed:
        return _unpack_fixed(frame, target, op, starred, out)
    local = frame.temp(taken, "items")
    out.append(ir.Declare(frame.line, local, op))
    whole = ir.Var(local.ty, local)
    for i, element in enumerate(elements):
        if isinstance(element, ast.Starred):
            tail = len(elements) - i - 1
            part: ir.Expr = ir.Op(
                as_type(taken),
                f"unpacked_rest(&{{xs}}, {i}, {tail})",
                {"xs": ir.Operand(whole, "own_ref", lends=True)},
                False,
            )
            out += assign(frame, element.value, part)
        else:
            position = i if not starred or i < starred[0] else -(len(elements) - i)
            part = ir.Op(
                as_type(wanted),
                f"unpacked({{xs}}, {position})",
                {"xs": ir.Operand(whole, "ref", lends=True)},
                False,
                pure=True,
            )
            out += assign(frame, element, part)
    return out


def loop_target(frame: Frame, target: ast.expr, source: ir.Expr) -> tuple[ir.Local, list[ir.Stmt]]:
    """The local a `for` binds, and what the body does first."""
    item = item_of(frame, ty_of(source))
    if item is None:
        raise Refusal("PT202", target, "what is iterated here is not known")
    if isinstance(target, ast.Name):
        variable = frame.engine.program.names[target]
        assert isinstance(variable, Variable)
        frame.flow(item, variable.cell)
        plain = not (variable.slotted or variable.is_global or variable.maybe_unbound)
        if plain and frame.read(variable.cell).same(item):
            frame.narrow.pop(variable, None)
            return frame.local(variable), []
    local = frame.temp(item, "item")
    stores = assign(frame, target, ir.Var(local.ty, local))
    return local, stores


def flow_target(frame: Frame, target: ast.expr, value: ir.Expr) -> ir.Expr:
    return flow_into(frame, value, frame.site(target))
