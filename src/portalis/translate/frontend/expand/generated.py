"""`@contextmanager`: the generator cut at its one yield into a class.

What comes before the yield is `__enter__`, what comes after is `__exit__`, which
raises the body's exception where the yield stood; locals become attributes. A generator
of another shape stays one, in a class that resumes it. Source: CPython's
Lib/contextlib.py (3.11), `_GeneratorContextManager`.
"""

from __future__ import annotations

import ast
import copy

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Scope,
    Unit,
    bodies,
    fill,
    own_nodes,
    parse_at,
)

_ME = "_portalis_self"


class _Unknown(Exception):  # noqa: N818 - an outcome, not an error
    """A shape that is left to be refused."""


def expand(unit: Unit) -> bool:
    if not any(p.partition(".")[0] == "contextlib" for p in unit.origins()):
        return False
    for body, scope in bodies(unit.tree):
        position = 0
        while position < len(body):
            statement = body[position]
            if isinstance(statement, ast.FunctionDef) and _is_manager(unit, statement):
                try:
                    made = _class(unit, statement, scope)
                    if isinstance(scope, ast.ClassDef):
                        _before(unit, scope, made)
                    else:
                        body[position : position + 1] = [made]
                except _Unknown:
                    body[position : position + 1] = _kept(unit, statement, scope)
                    position += 2
            position += 1
    return True


_RESUMED = """\
class {cls}:
    def __init__(self, generator):
        self.generator = generator
    def __enter__(self):
        try:
            return next(self.generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None
    def __exit__(self, kind, error, trace):
        if error is None:
            try:
                next(self.generator)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.generator.throw(error)
        except StopIteration as stopped:
            return stopped is not error
        except BaseException as raised:
            if raised is not error:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")
"""


def _kept(unit: Unit, node: ast.FunctionDef, scope: Scope) -> list[ast.stmt]:
    """The generator under another name, the class, and the function that makes a manager."""
    cls, inner = unit.fresh("Resumed"), unit.fresh(f"generator_{node.name}")
    outer = parse_at(f"def {node.name}():\n    return {cls}({inner}())", node)[0]
    assert isinstance(outer, ast.FunctionDef)
    args = node.args
    outer.args = ast.arguments(
        args.posonlyargs, args.args, args.vararg, args.kwonlyargs, args.kw_defaults, args.kwarg,
        args.defaults,
    )  # fmt: skip
    given = [a.arg for a in (*args.posonlyargs, *args.args)]
    made: list[ast.stmt] = parse_at(_RESUMED.format(cls=cls), node)
    if isinstance(scope, ast.ClassDef):
        inner = f"{given.pop(0)}.{inner}"
        _in_front(unit, scope, made[0])
        made = []
    if args.vararg is not None:
        given.append(f"*{args.vararg.arg}")
    given += [f"{a.arg}={a.arg}" for a in args.kwonlyargs]
    if args.kwarg is not None:
        given.append(f"**{args.kwarg.arg}")
    outer.body = parse_at(f"return {cls}({inner}({', '.join(given)}))", node)
    node.args = copy.deepcopy(args)
    node.args.defaults = []
    node.args.kw_defaults = [None] * len(args.kwonlyargs)
    node.python_name = node.name  # type: ignore[attr-defined]
    node.name = inner.rpartition(".")[2]
    node.decorator_list = []
    return [*made, node, outer]


def _in_front(unit: Unit, cls: ast.ClassDef, made: ast.stmt) -> None:
    for block, _ in bodies(unit.tree):
        if cls in block:
            block.insert(block.index(cls), made)
            return


def _is_manager(unit: Unit, node: ast.FunctionDef) -> bool:
    return (
        len(node.decorator_list) == 1
        and unit.path(node.decorator_list[0]) == "contextlib.contextmanager"
    )


def _before(unit: Unit, cls: ast.ClassDef, made: ast.ClassDef) -> None:
    """A method's manager stands before the method's class; the method makes one."""
    method = next(
        s
        for s in cls.body
        if isinstance(s, ast.FunctionDef) and s.name == made.name and _is_manager(unit, s)
    )
    name = unit.fresh(f"manager_{made.name}")
    made.name = name
    given = [*method.args.posonlyargs, *method.args.args]
    method.decorator_list = []
    method.body = parse_at(f"return {name}({', '.join(a.arg for a in given)})", method)
    _in_front(unit, cls, made)


def _class(unit: Unit, node: ast.FunctionDef, scope: Scope) -> ast.ClassDef:
    if node.args.vararg or node.args.kwarg or node.args.kwonlyargs:
        raise _Unknown
    yields = [n for n in own_nodes(node.body) if isinstance(n, (ast.Yield, ast.YieldFrom))]
    if len(yields) != 1 or isinstance(yields[0], ast.YieldFrom):
        raise _Unknown
    enter, leave, value = _cut(node.body, yields[0])
    if any(isinstance(n, (ast.Return, ast.Global, ast.Nonlocal)) for n in own_nodes(enter)):
        raise _Unknown
    if any(isinstance(n, (ast.Global, ast.Nonlocal)) for n in own_nodes(leave)):
        raise _Unknown
    names = _locals(node)
    params = [*node.args.posonlyargs, *node.args.args]
    swallows = any(
        isinstance(n, (ast.ExceptHandler, ast.Return, ast.Break, ast.Continue))
        for n in own_nodes(leave)
    )
    text = (
        f"class {node.name}:\n"
        f"    def __init__({_ME}{''.join(', ' + p.arg for p in params)}):\n        pass\n"
        f"    def __enter__({_ME}):\n        _enter\n        return _value\n"
        f"    def __exit__({_ME}, _portalis_kind, _portalis_raised, _portalis_trace):\n"
        f"        _leave\n" + ("        return _portalis_raised is not None\n" if swallows else "")
    )
    made = parse_at(text, node)[0]
    assert isinstance(made, ast.ClassDef)
    init, entered, left = made.body
    assert isinstance(init, ast.FunctionDef)
    assert isinstance(entered, ast.FunctionDef)
    assert isinstance(left, ast.FunctionDef)
    init.args.args = [init.args.args[0], *params]
    init.args.defaults = node.args.defaults
    stores = "\n".join(f"{_ME}.{p.arg} = {p.arg}" for p in params)
    init.body = parse_at(stores or "pass", node)
    rename = _ToAttributes(names)
    entered.body = fill(entered.body, {"_enter": enter, "_value": value})
    entered.body = [rename.visit(s) for s in entered.body]
    left.body = fill(left.body, {"_leave": leave})
    left.body = [rename.visit(s) for s in left.body]
    for part in own_nodes(left.body):
        if isinstance(part, ast.Return) and part.value is None:
            part.value = parse_at("_portalis_raised is not None", part)[0].value  # type: ignore[attr-defined]
    # It stands where the function stood: the source's lines are its own.
    made.synthetic = False  # type: ignore[attr-defined]
    del unit, scope
    return made


def _cut(body: list[ast.stmt], mark: ast.Yield) -> tuple[list[ast.stmt], list[ast.stmt], ast.expr]:
    """(before the yield, from the yield on, what is yielded)."""
    for position, statement in enumerate(body):
        if not any(n is mark for n in trees.walk(statement)):
            continue
        before, after = body[:position], body[position + 1 :]
        if isinstance(statement, ast.Expr) and statement.value is mark:
            raised = parse_at(
                "if _portalis_raised is not None:\n    raise _portalis_raised", statement
            )
            value = mark.value or ast.copy_location(ast.Constant(None), statement)
            return before, [*raised, *after], value
        if isinstance(statement, ast.Try) and any(
            n is mark for s in statement.body for n in trees.walk(s)
        ):
            enter, leave, value = _cut(statement.body, mark)
            inner = ast.Try(leave, statement.handlers, statement.orelse, statement.finalbody)
            ast.copy_location(inner, statement)
            if enter:
                # It would need the same protection in `__enter__`.
                raise _Unknown
            return before, [inner, *after], value
        raise _Unknown
    raise _Unknown


def _locals(node: FunctionDef) -> set[str]:
    names = {a.arg for a in (*node.args.posonlyargs, *node.args.args)}
    for part in own_nodes(node.body):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            names.add(part.id)
        elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import,
                               ast.ImportFrom)):  # fmt: skip
            raise _Unknown
    for part in trees.walk(node):
        if isinstance(part, ast.comprehension):
            for name in trees.walk(part.target):
                if isinstance(name, ast.Name) and name.id in names:
                    names.discard(name.id)
                    if any(a.arg == name.id for a in node.args.args):
                        raise _Unknown
    handlers = {h.name for h in own_nodes(node.body) if isinstance(h, ast.ExceptHandler) and h.name}
    return names - handlers


class _ToAttributes(trees.Transformer):
    """Local names as attributes of the manager."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self.names:
            return node
        me = ast.copy_location(ast.Name(_ME, ast.Load()), node)
        return ast.copy_location(ast.Attribute(me, node.id, node.ctx), node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        hidden = {a.arg for a in node.args.args} & self.names
        if hidden:
            saved, self.names = self.names, self.names - hidden
            self.generic_visit(node)
            self.names = saved
        else:
            self.generic_visit(node)
        return node
