"""Variables and functions as values: stores, captures, `Func` objects."""

from __future__ import annotations

import ast

from portalis.translate.frontend.constants import is_literal
from portalis.translate.frontend.lattice import STR, VALUE, Asker, Ty, read
from portalis.translate.frontend.program import Class, Function, Param, Variable
from portalis.translate.ir import nodes as ir
from portalis.translate.ir.types import Type
from portalis.translate.lower import (
    comparing,
    keywords,
    names,
)
from portalis.translate.lower.coerce import coerce, flow_into
from portalis.translate.lower.context import Engine, Frame, Refusal, as_type


def store_variable(frame: Frame, target: Variable, value: ir.Expr) -> ir.Stmt:
    """`target = value`."""
    if target.constant is not None and target.is_global:
        return ir.Eval(frame.line, value)
    stored = flow_into(frame, value, target.cell)
    if target.is_global:
        return ir.SetGlobal(frame.line, names.global_path(target), stored)
    return ir.Assign(frame.line, frame.place(target), stored)


def once_defined(frame: Frame, target: Variable, value: ir.Expr) -> ir.Expr:
    """`value`, which uses a function that may not be defined yet: then NameError."""
    check = check_defined(frame, target)
    return ir.Block(value.ty, check, value) if check else value


def check_defined(frame: Frame, target: object) -> list[ir.Stmt]:
    """Raises NameError if `target` is a function whose `def` has not run."""
    flag = target.defined if isinstance(target, Variable) else None
    if flag is None or not isinstance(target, Variable) or target.entity is frame.function:
        return []
    ty = as_type(frame.read(flag.cell))
    return [ir.Eval(frame.line, ir.GlobalGet(ty, names.global_path(flag), target.name))]


def captures(frame: Frame, function: Function) -> list[ir.Local]:
    """The current frame's locals that `function` takes along."""
    return [frame.place(v) for v in function.taken]


def default_of(frame: Frame, function: Function, position: int) -> ir.Expr:
    """The default of a parameter, as the caller passes it."""
    param = function.params[position]
    assert param.default is not None
    if param.default_variable is None:
        return frame.expr(param.default)
    variable = param.default_variable
    ty = frame.read(variable.cell)
    if variable.is_global:
        return ir.GlobalGet(as_type(ty), names.global_path(variable), variable.name, True)
    local = frame.local(variable)
    return ir.Var(local.ty, local)


def evaluate_defaults(frame: Frame, function: Function) -> list[ir.Stmt]:
    """What `def` does for defaults that are not literals."""
    out: list[ir.Stmt] = []
    for param in function.params:
        if param.default is not None and param.default_variable is not None:
            assert not is_literal(param.default)
            out.append(store_variable(frame, param.default_variable, frame.expr(param.default)))
    return out


def function_value(frame: Frame, function: Function, node: ast.AST) -> ir.Expr:
    """A function that is not called here but kept, passed or returned."""
    check_decorators(function, node)
    frame.engine.reach(function)
    function.used_as_value = True
    stores = evaluate_defaults(frame, function) if isinstance(function.node, ast.Lambda) else []
    if any(
        p.kind != "positional" or p.default is not None or p.by_position_only
        for p in function.params
    ):
        value = dynamic_function(frame, function)
        return ir.Block(value.ty, stores, value) if stores else value
    required = [p for p in function.params if p.default is None]
    cells = tuple(p.variable.cell for p in required)
    result_cell = function.result
    if function.is_generator:
        result_cell = frame.site(function.node, "generator")
        frame.flow(Ty("iter", (function.yields,)), result_cell)
    ty = Ty("func", (*cells, result_cell))
    fixed: list[ir.Expr | None] = []
    for i, p in enumerate(function.params):
        if p.default is None:
            fixed.append(None)
        else:
            fixed.append(flow_into(frame, default_of(frame, function, i), p.variable.cell))
    value = ir.FunctionValue(
        as_type(ty),
        names.function_path(function),
        function.shown_qualname,
        [p.name for p in function.params],
        captures(frame, function),
        [as_type(frame.read(c)) for c in cells],
        as_type(frame.read(result_cell)),
        fixed=fixed,
        once=_made_once(function),
        doc=_doc(frame, function),
    )
    return ir.Block(as_type(ty), stores, value) if stores else value


def dynamic_params(frame: Frame, function: Function, skip: int = 0) -> list[ir.DynamicParam]:
    """The parameters after the first `skip`, open to any arguments."""
    params: list[ir.DynamicParam] = []
    for i, param in enumerate(function.params):
        if i < skip:
            continue
        cell = param.variable.cell
        default: ir.Expr | None = None
        if param.kind in ("star", "double_star"):
            open_rest(frame.engine, frame.function, function, param)
        else:
            frame.flow(VALUE, cell)
            if param.default is not None:
                default = coerce(frame, default_of(frame, function, i), VALUE)
        kind = "positional_only" if param.by_position_only else param.kind
        params.append(ir.DynamicParam(param.name, kind, as_type(frame.read(cell)), default))
    return params


def open_rest(engine: Engine, asker: Asker, function: Function, param: Param) -> Type:
    """Lets a `*` or `**` parameter take anything; gives its type."""
    cell = param.variable.cell
    flow = engine.lattice.flow
    if param.kind == "star":
        item = engine.new_cell_for(function, "star")
        flow(Ty("vartuple", (item,)), cell)
    else:
        key = engine.new_cell_for(function, "keyword names")
        item = engine.new_cell_for(function, "keywords")
        flow(STR, key)
        flow(Ty("dict", (key, item)), cell)
        keywords.anything(engine, function, VALUE)
    flow(VALUE, item)
    return as_type(read(cell, asker))


def dynamic_function(frame: Frame, function: Function) -> ir.Expr:
    """A function whose calls only CPython's own binding can match to parameters."""
    params = dynamic_params(frame, function)
    result = (
        Ty("iter", (function.yields,)) if function.is_generator else frame.read(function.result)
    )
    frame.engine.lattice.box(result)
    return ir.DynamicFunction(
        as_type(VALUE),
        names.function_path(function),
        function.shown_qualname,
        captures(frame, function),
        params,
        as_type(result),
        once=_made_once(function),
        called_name=function.called_qualname,
        doc=_doc(frame, function),
    )


def _doc(frame: Frame, function: Function) -> str | None:
    """The docstring, where the program may ask a function that is a value for it."""
    if isinstance(function.node, (ast.Lambda, ast.Module)) or not frame.engine.program.asks_docs():
        return None
    held: str | None = ast.get_docstring(function.node, clean=False)
    return getattr(function.node, "shown_doc", held)


def _made_once(function: Function) -> bool:
    """Its `def` runs at most once, so that every mention of it is the same object."""
    outside = function.parent is None or function.parent.kind == "module"
    variable = function.module.variables.get(function.name)
    if function.kind == "lambda" or not outside:
        return False
    return function.cls is not None or (variable is not None and variable.known_entity is function)


def check_decorators(function: Function, node: ast.AST) -> None:
    if function.decorators and function.kind == "function":
        text = ast.unparse(function.decorators[0])
        raise Refusal("PT205", node, f"the decorator @{text} of {function.name} is not translated")


def class_value(frame: Frame, cls: Class, node: ast.AST) -> ir.Expr:

    return ir.Op(
        as_type(VALUE), f"Value::Class(&{comparing.class_static(cls)})", {}, False, pure=True
    )
