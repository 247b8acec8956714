"""Statements: AST to IR. `block` gives the statements and whether control falls through."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable
from typing import Any

from portalis.core import trees
from portalis.translate.frontend.lattice import BOOL, EXC, VALUE, Ty
from portalis.translate.frontend.program import (
    EXCEPTION_ALIASES,
    EXCEPTIONS,
    Class,
    Imported,
    Module,
    Variable,
)
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    annotation,
    assign,
    attribute,
    augmented,
    by_name,
    call,
    class_value,
    closure,
    comparing,
    construct,
    decorated,
    exceptions,
    held_methods,
    iteration,
    klass,
    names,
    narrowing,
    operators,
    row_calls,
)
from portalis.translate.lower import expression as expressions
from portalis.translate.lower.coerce import coerce, flow_into, none
from portalis.translate.lower.context import Frame, LoopFrame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.rows.dyn_rows import BUILTIN_CLASSES
from portalis.translate.rows.library_exceptions import LIBRARY_EXCEPTIONS

Built = tuple[list[ir.Stmt], bool]


def block(frame: Frame, body: list[ast.stmt]) -> Built:
    out: list[ir.Stmt] = []
    for statement in body:
        built, falls = one(frame, statement)
        out += built
        if not falls:
            return out, False
    return out, True


def _hides_builtin_late(frame: Frame, node: ast.stmt) -> str | None:
    """The builtin that a module statement hides although code above it uses it."""
    bound: list[ast.AST] = [node] if isinstance(node, ast.FunctionDef) else []
    if isinstance(node, ast.Assign):
        bound += [t for t in node.targets if isinstance(t, ast.Name)]
    for place in bound:
        variable = frame.engine.program.names.get(place)
        if isinstance(variable, Variable) and variable.name in _BUILTINS:
            if _first_read(frame, variable) < variable.first_store_line:
                return variable.name
    return None


_BUILTINS = frozenset(dir(builtins))


def _first_read(frame: Frame, variable: Variable) -> int:
    """The line of the module where a variable named as a builtin is read first."""
    found = frame.engine.first_reads.get(frame.module)
    if found is None:
        found = frame.engine.first_reads[frame.module] = {}
        for use in frame.module.nodes.every(ast.Name):
            if use.id in _BUILTINS and isinstance(use.ctx, ast.Load):
                target = frame.engine.program.names.get(use)
                if isinstance(target, Variable):
                    found[target] = min(found.get(target, use.lineno), use.lineno)
    return found.get(variable, sys.maxsize)


def one(frame: Frame, node: ast.stmt) -> Built:
    build = _BUILD.get(type(node))
    if build is None:
        raise Refusal("PT201", node, f"{type(node).__name__} statements are not translated")
    frame.line = frame.engine.lattice.line = node.lineno
    in_module = frame.function.kind == "module" and frame.function.cls is None
    hidden = _hides_builtin_late(frame, node) if in_module else None
    if hidden is not None:
        raise Refusal(
            "PT201", node, f"{hidden} is the builtin above this line and something else below it"
        )
    result = build(frame, node)
    return result if isinstance(result, tuple) else (result, True)


def expression(frame: Frame, node: ast.Expr) -> Built | list[ir.Stmt]:
    if isinstance(node.value, ast.Constant):
        return []
    frame.discarded = node.value
    value = frame.expr(node.value)
    frame.narrow.update(narrowing.survived(frame, node.value, value))
    return [ir.Eval(frame.line, value)], not _never_returns(frame, value)


def _never_returns(frame: Frame, value: ir.Expr) -> bool:
    """A call of something that always raises, such as sys.exit()."""
    return isinstance(value, ir.Op) and ty_of(value).kind == "never" and value.raises


def _names_a_type(frame: Frame, node: ast.expr) -> bool:
    """`Pair = tuple[int, int]`, `Json = Union[str, int]`: only annotations use it."""
    if isinstance(node, ast.Subscript):
        home = (attribute.library_path(frame, node.value) or "").rpartition(".")[0]
        return (
            _names_a_type(frame, node.value)
            or home == "collections.abc"
            or (
                isinstance(node.value, ast.Name)
                and frame.engine.program.names.get(node.value) in BUILTIN_CLASSES
            )
        )
    path = attribute.library_path(frame, node)
    return path is not None and path.partition(".")[0] in ("typing", "typing_extensions")


def assign_(frame: Frame, node: ast.Assign) -> list[ir.Stmt]:
    if _names_a_type(frame, node.value):
        return []
    held = held_methods.store(frame, node)
    if held is not None:
        return held
    if len(node.targets) == 1:
        return assign.assign(frame, node.targets[0], frame.expr(node.value))
    out: list[ir.Stmt] = []
    value = assign.held(frame, frame.expr(node.value), out, "value")
    for target in node.targets:
        out += assign.assign(frame, target, value)
    return out


def annotated(frame: Frame, node: ast.AnnAssign) -> list[ir.Stmt]:
    if node.value is None:
        return []
    value = frame.expr(node.value)
    hint = annotation.hint(frame, node.annotation)
    if hint is not None:
        annotation.suggest(frame, ty_of(value), hint)
    return assign.assign(frame, node.target, value)


def return_(frame: Frame, node: ast.Return) -> Built:
    value = frame.expr(node.value) if node.value is not None else none()
    stored = flow_into(frame, value, frame.function.result)
    return [ir.Return(frame.line, stored)], False


def if_(frame: Frame, node: ast.If) -> Built:
    condition, yes, no = narrowing.test(frame, node.test)
    saved = dict(frame.narrow)
    if isinstance(condition, ir.Lit):
        frame.narrow.update(yes if condition.value else no)
        return block(frame, node.body if condition.value else node.orelse)
    frame.narrow.update(yes)
    then, then_falls = block(frame, node.body)
    after_then = frame.narrow
    frame.narrow = {**saved, **no}
    other, other_falls = block(frame, node.orelse)
    after_other = frame.narrow
    if not then_falls:
        frame.narrow = after_other
    elif not other_falls:
        frame.narrow = after_then
    else:
        frame.narrow = {
            v: ty for v, ty in after_then.items() if v in after_other and after_other[v].same(ty)
        }
    return [ir.If(node.lineno, condition, then, other)], then_falls or other_falls


def _forget_assigned(frame: Frame, nodes: list[ast.stmt]) -> None:
    """Facts about variables that a loop or try assigns do not hold at its head."""
    for top in nodes if frame.narrow else ():
        for variable in _assigned(frame, top):
            frame.narrow.pop(variable, None)


def _assigned(frame: Frame, top: ast.stmt) -> list[Variable]:
    """The variables that a statement, or one in it, may assign; looked for once."""
    found = frame.engine.assigned.get(top)
    if found is None:
        variables: dict[Variable, None] = {}
        for node in trees.walk(top):
            target = frame.engine.program.names.get(node)
            if isinstance(target, Variable) and not (
                isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            ):
                variables[target] = None
        found = frame.engine.assigned[top] = list(variables)
    return found


def while_(frame: Frame, node: ast.While) -> Built:
    _forget_assigned(frame, node.body)
    condition, yes, no = narrowing.test(frame, node.test)
    saved = dict(frame.narrow)
    endless = isinstance(condition, ir.Lit) and bool(condition.value)
    if isinstance(condition, ir.Lit) and not condition.value:
        return block(frame, node.orelse)
    frame.narrow.update(yes)
    loop = LoopFrame(frame.label("while"))
    frame.loops.append(loop)
    body, _ = block(frame, node.body)
    frame.loops.pop()
    frame.narrow = dict(saved)
    if not _has_break(node.body):
        frame.narrow.update(no)
    orelse, else_falls = block(frame, node.orelse)
    frame.narrow = dict(saved)
    _forget_assigned(frame, node.body)
    made = ir.While(node.lineno, loop.label, None if endless else condition, body, orelse)
    falls = loop.used or (not endless and else_falls)
    if not node.orelse and not loop.used:
        frame.narrow.update(no)
    return [made], falls


def _has_break(body: list[ast.stmt]) -> bool:
    return any(isinstance(n, ast.Break) for s in body for n in trees.walk(s))


def for_(frame: Frame, node: ast.For) -> Built:
    source = iteration.walked(frame, node.iter)
    _forget_assigned(frame, node.body)
    if ty_of(source).kind == "never":
        return [ir.Eval(frame.line, source)], True
    saved = dict(frame.narrow)
    target, before = assign.loop_target(frame, node.target, source)
    loop = LoopFrame(frame.label("for"))
    frame.loops.append(loop)
    body, _ = block(frame, node.body)
    frame.loops.pop()
    frame.narrow = dict(saved)
    orelse, else_falls = block(frame, node.orelse)
    frame.narrow = saved
    _forget_assigned(frame, [node])
    made = ir.For(node.lineno, loop.label, target, source, [*before, *body], orelse)
    return [made], else_falls or loop.used


def break_(frame: Frame, node: ast.Break) -> Built:
    frame.loops[-1].used = True
    return [ir.Break(frame.line, frame.loops[-1].label)], False


def continue_(frame: Frame, node: ast.Continue) -> Built:
    return [ir.Continue(frame.line, frame.loops[-1].label)], False


def pass_(frame: Frame, node: ast.stmt) -> list[ir.Stmt]:
    return []


def assert_(frame: Frame, node: ast.Assert) -> Built:
    condition, yes, no = narrowing.test(frame, node.test)
    saved = dict(frame.narrow)
    frame.narrow.update(no)
    if node.msg is None:
        raised: ir.Expr = ir.Op(as_type(EXC), "Exc::new(&ASSERTION_ERROR, vec![])", {}, False)
    else:
        raised = ir.Op(
            as_type(EXC),
            "Exc::new(&ASSERTION_ERROR, vec![{m}])",
            {"m": ir.Operand(coerce(frame, frame.expr(node.msg), VALUE))},
            False,
        )
    frame.narrow = {**saved, **yes}
    if isinstance(condition, ir.Lit):
        if condition.value:
            return [], True
        return [ir.Raise(frame.line, raised)], False
    negated = ir.Not(as_type(BOOL), condition)
    return [ir.If(frame.line, negated, [ir.Raise(frame.line, raised)], [])], True


def exception(frame: Frame, node: ast.expr) -> ir.Expr:
    """What `raise node` raises, as an exception value."""
    entity = attribute.named_entity(frame, node)
    if isinstance(entity, Class):
        value = construct.construct(frame, node, entity, Given())
    else:
        target = frame.engine.program.names.get(node)
        if isinstance(target, str) and target in EXCEPTIONS:
            return construct.exception_value(frame, node, comparing.class_static(target), Given())
        value = frame.expr(node)
    ty = ty_of(value)
    if ty.kind in ("exc", "never") and not ty.optional:
        return value
    if ty.kind == "inst" and not ty.optional:
        assert ty.cls is not None
        if not ty.cls.is_exception:
            error = row_calls.exception("type_error", "exceptions must derive from BaseException")
            return ir.Op(as_type(EXC), error, {}, False)
        return coerce(frame, value, EXC)
    return ir.Op(
        as_type(EXC),
        "raisable({x})",
        {"x": ir.Operand(coerce(frame, value, VALUE), "ref")},
        False,
    )


def raise_(frame: Frame, node: ast.Raise) -> Built:
    handled = frame.handled[-1] if frame.handled else None
    if node.exc is None:
        if handled is None:
            error = row_calls.exception("runtime_error", "No active exception to reraise")
            return [ir.Raise(frame.line, ir.Op(as_type(EXC), error, {}, False))], False
        return [ir.Raise(frame.line, None, None, handled)], False
    raised = exception(frame, node.exc)
    if ty_of(raised).kind == "never":
        return [ir.Eval(frame.line, raised)], False
    cause: ir.Expr | None = None
    if node.cause is not None:
        if isinstance(node.cause, ast.Constant) and node.cause.value is None:
            cause = none()
        else:
            cause = exceptions.cause(exception(frame, node.cause))
    return [ir.Raise(frame.line, raised, cause, handled)], False


def try_(frame: Frame, node: ast.Try) -> Built:
    _forget_assigned(frame, node.body)
    entry = dict(frame.narrow)
    outer, frame.expects_name_error = frame.expects_name_error, _catches_name_error(node)
    body, falls = block(frame, node.body)
    frame.expects_name_error = outer
    frame_after = frame.narrow
    orelse: list[ir.Stmt] = []
    if node.orelse and falls:
        orelse, falls = block(frame, node.orelse)
        frame_after = frame.narrow
    chain: list[tuple[ir.Handler, ir.Expr | None]] = []
    ends = falls
    for handler in node.handlers:
        frame.narrow = dict(entry)
        built, dynamic, handler_falls = _handler(frame, handler)
        chain.append((built, dynamic))
        ends |= handler_falls
    handlers: list[ir.Handler] = []
    for built, dynamic in reversed(chain):
        if dynamic is None:
            handlers.insert(0, built)
        else:
            handlers = [_by_value(frame, built, dynamic, handlers)]
    frame.narrow = (
        frame_after
        if not node.handlers
        else {v: ty for v, ty in entry.items() if v in frame_after and frame_after[v].same(ty)}
    )
    final: list[ir.Stmt] = []
    if node.finalbody:
        frame.narrow = dict(entry)
        for handler in node.handlers:
            _forget_assigned(frame, handler.body)
        final, final_falls = block(frame, node.finalbody)
        ends &= final_falls
    made = ir.Try(node.lineno, frame.label("try"), body, handlers, orelse, final)
    made.chains = frame.engine.reads_context
    return [made], ends


def _catches_name_error(node: ast.Try) -> bool:
    return any(
        isinstance(n, ast.Name) and n.id == "NameError"
        for h in node.handlers
        if h.type is not None
        for n in trees.walk(h.type)
    )


def _handler(frame: Frame, handler: ast.ExceptHandler) -> tuple[ir.Handler, ir.Expr | None, bool]:
    classes: list[str] = []
    single: Class | None = None
    dynamic: ir.Expr | None = None
    if handler.type is not None:
        parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for part in parts:
            entity = attribute.named_entity(frame, part)
            target = frame.engine.program.names.get(part)
            if isinstance(entity, Class):
                classes.append(comparing.class_static(entity))
                single = entity if len(parts) == 1 else None
            elif isinstance(target, str) and target in EXCEPTIONS:
                alias = EXCEPTION_ALIASES.get(target, target)
                classes.append(comparing.class_static(alias))
            elif attribute.library_path(frame, part) in LIBRARY_EXCEPTIONS:
                path = attribute.library_path(frame, part)
                classes.append(LIBRARY_EXCEPTIONS[path or ""])
            else:
                dynamic = coerce(frame, frame.expr(handler.type), VALUE)
                break
    caught = frame.temp(EXC, "caught")
    before: list[ir.Stmt] = []
    if handler.name:
        variable = frame.engine.program.names[handler]
        assert isinstance(variable, Variable)
        value: ir.Expr = ir.Var(caught.ty, caught)
        if frame.engine.reads_context:
            # The handler needs it to its end: it is not moved.
            value = ir.Op(caught.ty, "{e}.clone()", {"e": ir.Operand(value, "recv")}, False)
        if dynamic is None and single is not None and not single.is_plain_exception:
            value = coerce(frame, value, Ty("inst", (), single))
        before.append(closure.store_variable(frame, variable, value))
        frame.narrow.pop(variable, None)
    frame.handled.append(caught)
    body, falls = block(frame, handler.body)
    frame.handled.pop()
    return ir.Handler(classes, [*before, *body], caught), dynamic, falls


def _by_value(
    frame: Frame, handler: ir.Handler, classes: ir.Expr, following: list[ir.Handler]
) -> ir.Handler:
    """`except classes:` where only running it tells which: what else comes goes on."""
    caught = handler.caught
    matches = ir.Op(
        as_type(Ty("bool")),
        "{e}.matches_value({c})",
        {"e": ir.Operand(ir.Var(caught.ty, caught), "recv"), "c": ir.Operand(classes, "ref")},
        True,
    )
    other: list[ir.Stmt] = [ir.Raise(frame.line, None, None, caught)]
    if following:
        other = [ir.Try(frame.line, frame.label("try"), other, following, [], [])]
    return ir.Handler([], [ir.If(frame.line, matches, handler.body, other)], caught)


def delete(frame: Frame, node: ast.Delete) -> list[ir.Stmt]:
    out: list[ir.Stmt] = []
    for target in node.targets:
        if isinstance(target, ast.Subscript):
            container = frame.expr(target.value)
            cls = operators.user_class(ty_of(container))
            if cls is not None and call.always_has(cls, "__delitem__"):
                made = call.method_exprs(
                    frame, target, container, "__delitem__", [frame.expr(target.slice)]
                )
            elif isinstance(target.slice, ast.Slice) and ty_of(container).kind != "value":
                s = target.slice
                bounds = [
                    frame.expr(b) if b is not None else none() for b in (s.lower, s.upper, s.step)
                ]
                made = operators.operation(frame, target, "delslice", [container, *bounds])
            else:
                made = operators.operation(
                    frame, target, "delitem", [container, frame.expr(target.slice)]
                )
            out.append(ir.Eval(frame.line, made))
        elif isinstance(target, ast.Name):
            variable = frame.engine.program.names[target]
            assert isinstance(variable, Variable)
            if variable.module is not None and variable.name in dir(builtins):
                raise Refusal("PT201", node, f"del {variable.name} would uncover the builtin")
            if variable.is_global:
                path = f"crate::{names.global_path(variable)}"
                gone = ir.Op(as_type(Ty("none")), f'unbind(&{path}, "{variable.name}")', {}, True)
                out.append(ir.Eval(frame.line, gone))
                continue
            local = frame.local(variable)
            if local.storage != "plain":
                out.append(ir.Delete(frame.line, local))
            elif _is_read(frame, variable):
                raise Refusal("PT201", node, f"del of the parameter {variable.name}")
        else:
            assert isinstance(target, ast.Attribute)
            if isinstance(attribute.named_entity(frame, target.value), (Class, Module)):
                raise Refusal("PT201", node, "del of an attribute of a class or module")
            obj = frame.expr(target.value)
            out.append(ir.Eval(frame.line, by_name.delete(frame, target, obj, target.attr)))
    return out


def _is_read(frame: Frame, variable: Variable) -> bool:
    return any(
        isinstance(n, ast.Name)
        and isinstance(n.ctx, ast.Load)
        and frame.engine.program.names.get(n) is variable
        for n in trees.walk(frame.function.node)
    )


def function_def(frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ir.Stmt]:
    function = frame.engine.program.functions[node]
    decorated.check(frame, function)
    out = closure.evaluate_defaults(frame, function)
    variable = frame.engine.program.names.get(node)
    if isinstance(variable, Variable) and variable.known_entity is None:
        value = closure.function_value(frame, function, node)
        out.append(closure.store_variable(frame, variable, value))
    elif isinstance(variable, Variable) and variable.defined is not None:
        done = ir.Lit(as_type(BOOL), True)
        out.append(ir.SetGlobal(frame.line, names.global_path(variable.defined), done))
    return out


def class_def(frame: Frame, node: ast.ClassDef) -> list[ir.Stmt]:
    cls = frame.engine.program.classes[node]
    out = klass.define(frame, cls)
    variable = frame.engine.program.names.get(node)
    if isinstance(variable, Variable) and variable.known_entity is None:
        made = class_value.class_object(frame, cls, node)
        out.append(closure.store_variable(frame, variable, made))
    return out


def import_(frame: Frame, node: ast.Import | ast.ImportFrom) -> list[ir.Stmt]:
    out: list[ir.Stmt] = []
    if node in frame.engine.cyclic:
        raise Refusal("PT102", node, frame.engine.cyclic[node])
    for module in frame.engine.imports.get(node, ()):
        out.append(
            ir.Eval(
                frame.line,
                ir.Op(as_type(Ty("none")), f"crate::{module.rust_name}::init()", {}, True),
            )
        )
    for alias, path in trees.imports_of(node):
        variable = frame.engine.program.names.get(alias)
        meaning = frame.engine.program.meanings.get(alias)
        if isinstance(variable, Variable) and isinstance(meaning, Imported):
            root = meaning.path.partition(".")[0]
            known = root in sys.stdlib_module_names or node in frame.engine.imports
            if alias.name == "*" and known:
                raise Refusal("PT201", node, f"import * from {path[:-2]}: name what is used")
            if not attribute.known_library(meaning.path) and not _is_supplemented(frame, root):
                refusal = attribute.unknown_module(path, node)
                if not known:
                    raise refusal
                # Importing it does nothing that can be seen; using it will be refused.
                if not frame.module.is_library:
                    frame.engine.note(frame.function, refusal)
        if isinstance(variable, Variable) and meaning is not None and not variable.known_entity:
            if isinstance(meaning, Variable):
                value = expressions.variable(frame, meaning, node)
            else:
                value = expressions.entity(frame, meaning, node)
            out.append(closure.store_variable(frame, variable, value))
    return out


def _is_supplemented(frame: Frame, root: str) -> bool:
    """Whether what the program names of the module is in a library module of ours."""
    return f"_{root}" in frame.engine.program.modules


def scope_only(frame: Frame, node: ast.stmt) -> list[ir.Stmt]:
    return []


# `Any`: each builder takes the node type that is its key.
_BUILD: dict[type[ast.stmt], Callable[[Frame, Any], Built | list[ir.Stmt]]] = {
    ast.Expr: expression,
    ast.Assign: assign_,
    ast.AnnAssign: annotated,
    ast.AugAssign: augmented.augmented,
    ast.Return: return_,
    ast.If: if_,
    ast.While: while_,
    ast.For: for_,
    ast.Break: break_,
    ast.Continue: continue_,
    ast.Pass: pass_,
    ast.Assert: assert_,
    ast.Raise: raise_,
    ast.Try: try_,
    ast.Delete: delete,
    ast.FunctionDef: function_def,
    ast.AsyncFunctionDef: function_def,
    ast.ClassDef: class_def,
    ast.Import: import_,
    ast.ImportFrom: import_,
    ast.Global: scope_only,
    ast.Nonlocal: scope_only,
}
