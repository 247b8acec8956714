"""What a `**` parameter gathers: one dict of dynamic values, but each name has its own type.

Where a function only looks names up that the source spells out, and hands the whole on as
`**`, the values that callers give for a name are all that a look-up of it finds. Functions
that hand on to each other share the types of their names.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.lattice import VALUE, Cell, Ty
from portalis.translate.frontend.program import Function, Param, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.lower.coerce import coerce
from portalis.translate.lower.context import Engine, Frame, ty_of

_LOOK_UPS = ("get", "pop")


@dataclass(eq=False, slots=True)
class Record:
    """The types of the names that functions which hand on to each other gather."""

    names: dict[str, Cell] = field(default_factory=dict)
    # What comes under names that only running the program tells.
    others: Cell = field(default_factory=Cell)

    def cell(self, name: str) -> Cell:
        return self.names.setdefault(name, Cell())

    def cells(self) -> list[Cell]:
        return [*self.names.values(), self.others]


def gathering(function: Function) -> Param | None:
    return next((p for p in function.params if p.kind == "double_star"), None)


def record_of(engine: Engine, function: Function) -> Record | None:
    """None: the function does something else with what it gathers, or gathers nothing."""
    if function not in engine.records:
        param = gathering(function)
        is_record = param is not None and _is_looked_up(engine, function, param.variable)
        engine.records[function] = Record() if is_record else None
    return engine.records[function]


def _is_looked_up(engine: Engine, function: Function, variable: Variable) -> bool:
    """All that happens to the variable are look-ups by name, and `**` of a call."""
    parents = trees.parents(function.node)
    names = [
        n
        for n in trees.walk(function.node)
        if isinstance(n, ast.Name) and engine.program.names.get(n) is variable
    ]
    return bool(names) and all(_is_look_up(parents, n) for n in names)


def _is_look_up(parents: dict[ast.AST, ast.AST], node: ast.Name) -> bool:
    around = parents.get(node)
    match around:
        case ast.keyword(arg=None):
            return True
        case ast.Subscript(value=value, slice=ast.Constant(value=str()), ctx=ast.Load()):
            return value is node
        case ast.Compare(left=ast.Constant(value=str()), ops=[ast.In() | ast.NotIn()]):
            return True
        case ast.Attribute(attr=attr) if attr in _LOOK_UPS:
            call = parents.get(around)
            return isinstance(call, ast.Call) and call.func is around and _names_key(call)
    return False


def _names_key(call: ast.Call) -> bool:
    key = call.args[0] if call.args else None
    is_text = isinstance(key, ast.Constant) and isinstance(key.value, str)
    return is_text and not call.keywords and len(call.args) <= 2


def source_of(frame: Frame, value: ir.Expr | None) -> Function | None:
    """The function whose gathered names `value` is, where they have types of their own."""
    if not isinstance(value, ir.Var):
        return None
    function: Function | None = frame.function
    while function is not None:
        param = gathering(function)
        if param is not None and frame.locals.get(param.variable) is value.local:
            return function if record_of(frame.engine, function) is not None else None
        function = function.parent
    return None


def gathered(
    frame: Frame,
    function: Function,
    item: Cell,
    named: dict[str, ir.Expr],
    rest: Ty | None,
    source: Function | None,
) -> None:
    """A call gives these names, and those of a mapping with such values, or of a `source`."""
    record = record_of(frame.engine, function)
    if record is None:
        return
    frame.flow(VALUE, item)
    for name, value in named.items():
        frame.flow(ty_of(value), record.cell(name))
    if source is not None:
        _share(frame, source, function)
    elif rest is not None:
        frame.flow(rest, record.others)


def anything(engine: Engine, function: Function, ty: Ty) -> None:
    """Any name may come with such a value."""
    record = record_of(engine, function)
    if record is not None:
        engine.lattice.flow(ty, record.others)


def _share(frame: Frame, source: Function, target: Function) -> None:
    engine = frame.engine
    mine, theirs = record_of(engine, source), record_of(engine, target)
    if mine is None or theirs is None or mine is theirs:
        return
    for name, cell in theirs.names.items():
        engine.lattice.unify(mine.cell(name), cell)
    engine.lattice.unify(mine.others, theirs.others)
    for function, record in engine.records.items():
        if record is theirs:
            engine.records[function] = mine


def looked_up(frame: Frame, node: ast.expr, call: ast.AST, made: ir.Expr) -> ir.Expr:
    """`made`, a look-up in what `node` names, as what comes under that name."""
    target = frame.engine.program.names.get(node) if isinstance(node, ast.Name) else None
    if not isinstance(target, Variable) or target.owner is None:
        return made
    param = gathering(target.owner)
    if param is None or param.variable is not target or not record_of(frame.engine, target.owner):
        return made
    default: Ty | None = None
    if isinstance(call, ast.Call):
        key = call.args[0]
        if len(call.args) > 1:
            default = ty_of(frame.expr(call.args[1]))
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "get":
            default = Ty("none")
    else:
        assert isinstance(call, ast.Subscript)
        key = call.slice
    assert isinstance(key, ast.Constant)
    return known(frame, call, target.owner, str(key.value), made, default)


def known(
    frame: Frame, node: ast.AST, source: Function, name: str, made: ir.Expr, default: Ty | None
) -> ir.Expr:
    """`made`, the value under a name that `source` gathers or else the default, typed."""
    record = record_of(frame.engine, source)
    if record is None or ty_of(made).kind != "value":
        return made
    cell = frame.site(node, "keyword", name)
    for each in (record.cell(name), record.others):
        frame.flow(frame.read(each), cell)
    if default is not None:
        frame.flow(default, cell)
    return coerce(frame, made, frame.read(cell))
