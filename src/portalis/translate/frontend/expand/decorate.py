"""Decorators of the program's own: each written out for the function that it decorates.

A decorator that defines a wrapper and returns it becomes, in place of the decorated
function, that wrapper: with the function's own parameters where the wrapper only
passes `*args, **kwargs` on, with the function it wraps under another name, and with
what the decorator's call computed in variables beside it. One that returns the
function itself becomes its statements. Anything else is `f = decorator(f)`.
"""

from __future__ import annotations

import ast
import copy

from portalis.core import trees
from portalis.translate.frontend.expand.decorator_shape import (
    Decorator,
    Unknown,
    bound,
    order_is_seen,
    passes_on_first,
    taken_apart,
)
from portalis.translate.frontend.expand.unit import (
    Scope,
    Unit,
    bodies,
    load,
    own_nodes,
    parse_at,
    place,
)

# Known to the elaborator, or without meaning at run time.
_KNOWN = frozenset(("property", "staticmethod", "classmethod"))
_SILENT = frozenset(
    ("typing.final", "typing.override", "typing.no_type_check", "typing_extensions.override",
     "typing_extensions.final", "functools.wraps")
)  # fmt: skip


def expand(unit: Unit) -> bool:
    changed = _drop_silent(unit)
    if not any(_is_decorated(unit, n) for n in unit.every(ast.FunctionDef)):
        return changed
    before = _mentions(unit)
    applied = False
    for body, scope in bodies(unit.tree):
        position = 0
        while position < len(body):
            statement = body[position]
            if isinstance(statement, ast.FunctionDef) and statement.decorator_list:
                applied = applied or _is_ours(unit, statement.decorator_list[-1])
                made = _apply(unit, statement, scope)
                if made is not None:
                    body[position : position + 1] = made
                    continue
            position += 1
    named = _Named(unit)
    named.visit(unit.tree)
    if not applied and not named.done:
        return changed
    # A decorator that is written out everywhere has no use left.
    gone = before - _mentions(unit)
    kept = [s for s in unit.tree.body if not (isinstance(s, ast.FunctionDef) and s.name in gone)]
    unit.tree.body = kept or [ast.copy_location(ast.Pass(), s) for s in unit.tree.body[:1]]
    return True


def _is_decorated(unit: Unit, node: ast.FunctionDef) -> bool:
    """There is something to write out, or was."""
    return hasattr(node, "python_name") or any(_is_ours(unit, d) for d in node.decorator_list)


def _mentions(unit: Unit) -> set[str]:
    """Functions of the module whose names are read somewhere, perhaps from another module."""
    found = _mentioned_elsewhere(unit)
    for n in trees.walk(unit.tree):
        if isinstance(n, ast.Attribute):
            found.add(n.attr)
        elif isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load):
            found.add(n.id)
    return found


def _mentioned_elsewhere(unit: Unit) -> set[str]:
    """Names by which other modules may mean something of this one."""
    found: set[str] = set()
    for other in unit.units.values():
        if other is not unit:
            found |= other.attributes()
            found.update(a.name for node in other.every(ast.ImportFrom) for a in node.names)
    return found


def _drop_silent(unit: Unit) -> bool:
    changed = False
    decorated: list[ast.FunctionDef | ast.ClassDef] = [*unit.every(ast.FunctionDef)]
    for node in decorated + unit.every(ast.ClassDef):
        kept = []
        for decorator in node.decorator_list:
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            path = unit.path(target)
            if path == "functools.wraps":
                node.wraps = True  # type: ignore[union-attr]
            if path not in _SILENT:
                kept.append(decorator)
        changed |= len(kept) < len(node.decorator_list)
        node.decorator_list = kept
    return changed


def _is_ours(unit: Unit, decorator: ast.expr) -> bool:
    """Not one that the elaborator or another expansion knows."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    if unit.is_builtin(target, *_KNOWN):
        return False
    if isinstance(target, ast.Attribute) and target.attr in ("setter", "getter", "deleter"):
        return False
    path = unit.path(target)
    return path is None or path.rpartition(".")[0] in unit.units


def _apply(unit: Unit, node: ast.FunctionDef, scope: Scope) -> list[ast.stmt] | None:
    """The statements for the innermost decorator; the rest stay on what they define."""
    decorator = node.decorator_list[-1]
    if not _is_ours(unit, decorator):
        return None
    outer = node.decorator_list[:-1]
    kept = outer[1:] if outer and _keeps_receiver(unit, outer[0], scope) else outer
    if not all(_is_ours(unit, d) for d in kept):
        return None
    if order_is_seen(unit, node):
        return None if isinstance(scope, ast.ClassDef) else _in_order(unit, node)
    try:
        return _specialised(unit, node, scope, taken_apart(unit, decorator), outer)
    except Unknown:
        return None if isinstance(scope, ast.ClassDef) else _assigned(unit, node, decorator, outer)


def _keeps_receiver(unit: Unit, decorator: ast.expr, scope: Scope) -> bool:
    """What is outermost on a method passes on the instance or the class that it is asked of."""
    if not isinstance(scope, ast.ClassDef):
        return False
    setter = isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter")
    return setter or unit.is_builtin(decorator, "property", "classmethod")


def _in_order(unit: Unit, node: ast.FunctionDef) -> list[ast.stmt]:
    """Decorators are made first, then defaults, then comes `f = first(second(f))`."""
    made: list[ast.stmt] = []
    held: list[ast.expr] = []
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Name):
            held.append(decorator)
            continue
        name = unit.fresh("decorator")
        target = ast.copy_location(ast.Name(name, ast.Store()), decorator)
        made.append(ast.copy_location(ast.Assign([target], decorator), decorator))
        held.append(load(name, decorator))
    return [*made, *_assigned(unit, node, held[-1], held[:-1])]


def _assigned(
    unit: Unit, node: ast.FunctionDef, decorator: ast.expr, outer: list[ast.expr]
) -> list[ast.stmt]:
    """`f = decorator(f)`, or only the call where nobody uses the name."""
    name = node.name
    inner = unit.fresh(f"plain_{name}")
    _rename(node, inner)
    value: ast.expr = load(inner, decorator)
    for each in (decorator, *reversed(outer)):
        call = ast.Call(each, [value], [])
        place_like(call, each)
        value = call
    if name in _mentioned_elsewhere(unit) or any(
        isinstance(n, ast.Name) and n.id == name for n in trees.walk(unit.tree)
    ):
        target = ast.copy_location(ast.Name(name, ast.Store()), decorator)
        return [node, ast.copy_location(ast.Assign([target], value), decorator)]
    return [node, ast.copy_location(ast.Expr(value), decorator)]


def place_like(node: ast.expr, at: ast.expr) -> None:
    for name in node._attributes:
        setattr(node, name, getattr(at, name))


def _rename(node: ast.FunctionDef, inner: str) -> None:
    if not hasattr(node, "python_name"):
        node.python_name = node.name  # type: ignore[attr-defined]
    node.name = inner
    node.decorator_list = []


def _specialised(
    unit: Unit,
    node: ast.FunctionDef,
    scope: Scope,
    deco: Decorator,
    outer: list[ast.expr],
) -> list[ast.stmt]:
    if isinstance(scope, ast.ClassDef) and (deco.before or deco.after or deco.given):
        raise Unknown
    if any(isinstance(n, ast.FunctionDef) and n is not deco.wrapper for n in deco.before):
        raise Unknown
    name = node.name
    renamed = {n: unit.fresh(n) for n in (*deco.given, *sorted(deco.names))}
    if deco.wrapper is None:
        node.decorator_list = outer
        if any(_hides(scope, s) for s in deco.before):
            raise Unknown
        first = _bindings(deco, renamed, node)
        put = _Put(unit, deco, renamed, name, name, node)
        return [*first, node, *(put.visit(copy.deepcopy(s)) for s in deco.before)]
    wrapper = copy.deepcopy(deco.wrapper)
    inner = unit.fresh(f"plain_{name}")
    put = _Put(unit, deco, renamed, inner, name, node)
    put.method = isinstance(scope, ast.ClassDef)
    passing = _takes_anything(wrapper)
    if passing is not None and not _has_parameters(unit, node, scope, deco, passing):
        passing = None
    if isinstance(scope, ast.ClassDef) and passing is None:
        raise Unknown
    _apart(unit, wrapper, node, passing)
    if passing is not None:
        wrapper.args = copy.deepcopy(node.args)
        node.args.defaults = []
        node.args.kw_defaults = [None] * len(node.args.kwonlyargs)
        put.passing = passing
    made = put.visit(wrapper)
    assert isinstance(made, ast.FunctionDef)
    _globals(made, scope, renamed)
    made.name = name
    made.decorator_list = outer
    _name_as_shown(made, deco, node, passing)
    made.synthetic = True  # type: ignore[attr-defined]
    place(made, node)
    first = _bindings(deco, renamed, node)
    before = [put.visit(copy.deepcopy(s)) for s in deco.before]
    after = [put.visit(copy.deepcopy(s)) for s in deco.after]
    for part in (*before, *after):
        place(part, node)
    _rename(node, inner)
    if outer and unit.is_builtin(outer[0], "classmethod"):
        node.decorator_list = [copy.deepcopy(outer[0])]
    return [*first, node, *before, made, *after]


def _name_as_shown(
    made: ast.FunctionDef,
    deco: Decorator,
    node: ast.FunctionDef,
    passing: tuple[str, str] | None,
) -> None:
    """What a program can see of the names of `made`, the wrapper around `node`."""
    assert deco.wrapper is not None
    shown = getattr(node, "python_name", node.name)
    if getattr(deco.wrapper, "wraps", False):
        made.python_name = shown  # type: ignore[attr-defined]
        made.shown_doc = getattr(node, "shown_doc", ast.get_docstring(node, clean=False))  # type: ignore[attr-defined]
        if hasattr(node, "python_qualname"):
            made.python_qualname = node.python_qualname  # type: ignore[attr-defined]
    else:
        made.python_name = deco.wrapper.name  # type: ignore[attr-defined]
        made.python_qualname = deco.path  # type: ignore[attr-defined]
    if passing is not None:
        made.called_name = getattr(node, "called_name", f".{shown}")  # type: ignore[attr-defined]
        inner = getattr(node, "hides_misfits", False)
        made.hides_misfits = inner or not passes_on_first(deco.wrapper, deco.func)  # type: ignore[attr-defined]


def _hides(scope: Scope, statement: ast.stmt) -> bool:
    """Whether a name that the decorator means globally is another one in `scope`."""
    if isinstance(scope, ast.Module):
        return False
    local = {
        n.id for n in trees.walk(scope) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    return any(isinstance(n, ast.Name) and n.id in local for n in trees.walk(statement))


def _bindings(deco: Decorator, renamed: dict[str, str], at: ast.AST) -> list[ast.stmt]:
    """The decorator's arguments, evaluated before the function is defined."""
    out: list[ast.stmt] = []
    for name, value in deco.given.items():
        target = ast.copy_location(ast.Name(renamed[name], ast.Store()), value)
        place(target, at)
        out.append(ast.copy_location(ast.Assign([target], value), target))
    return out


def _takes_anything(wrapper: ast.FunctionDef) -> tuple[str, str] | None:
    """The names of `*args, **kwargs`, if the wrapper takes just them."""
    args = wrapper.args
    if args.posonlyargs or args.args or args.kwonlyargs or args.vararg is None:
        return None
    return args.vararg.arg, args.kwarg.arg if args.kwarg is not None else ""


def _only_passed_on(wrapper: ast.FunctionDef, func: str, names: tuple[str, str]) -> bool:
    passed = 0
    for n in trees.walk(wrapper):
        if isinstance(n, ast.Call) and _passes_on(n, func, names):
            passed += 1 + (1 if names[1] else 0)
    uses = sum(1 for n in trees.walk(wrapper) if isinstance(n, ast.Name) and n.id in names)
    return passed == uses


def _passes_on(node: ast.Call, func: str, names: tuple[str, str]) -> bool:
    """`func(*args, **kwargs)`."""
    if not (isinstance(node.func, ast.Name) and node.func.id == func and len(node.args) == 1):
        return False
    star = node.args[0]
    if not (isinstance(star, ast.Starred) and isinstance(star.value, ast.Name)):
        return False
    double = [k for k in node.keywords if k.arg is None]
    if len(double) != len(node.keywords) or len(double) != (1 if names[1] else 0):
        return False
    if double and not (isinstance(double[0].value, ast.Name) and double[0].value.id == names[1]):
        return False
    return star.value.id == names[0]


def _fixed_calls(unit: Unit, node: ast.FunctionDef, scope: Scope) -> bool:
    """Every use of the function is a call with all arguments given by position."""
    args = node.args
    if isinstance(scope, ast.ClassDef) or args.defaults or args.kwonlyargs or args.kwarg:
        return False
    uses = [n for n in trees.walk(unit.tree) if isinstance(n, ast.Name) and n.id == node.name]
    calls = {
        id(n.func)
        for n in trees.walk(unit.tree)
        if isinstance(n, ast.Call)
        and not n.keywords
        and not any(isinstance(a, ast.Starred) for a in n.args)
    }
    named = {
        id(n.value)
        for n in trees.walk(unit.tree)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
    }
    return all(id(u) in calls or id(u) in named for u in uses)


def _has_parameters(
    unit: Unit, node: ast.FunctionDef, scope: Scope, deco: Decorator, names: tuple[str, str]
) -> bool:
    """Whether the wrapper can take the function's own parameters for its `*args, **kwargs`, and
    nobody sees it: what it does before it calls the function, a call that does not fit it does,
    too, which only calls by name tell from others."""
    assert deco.wrapper is not None
    if _fixed_calls(unit, node, scope):
        return True
    if not _only_passed_on(deco.wrapper, deco.func, names):
        return False
    return passes_on_first(deco.wrapper, deco.func) or not _is_held(unit, node, scope)


def _is_held(unit: Unit, node: ast.FunctionDef, scope: Scope) -> bool:
    """Whether the function, of a module, is somewhere used as a value in that module."""
    if not isinstance(scope, ast.Module):
        return False
    called = {id(n.func) for n in unit.every(ast.Call)}
    asked = {id(n.value) for n in unit.every(ast.Attribute)}
    uses = (n for n in unit.every(ast.Name) if n.id == node.name)
    return any(id(n) not in called and id(n) not in asked for n in uses)


def _apart(
    unit: Unit, wrapper: ast.FunctionDef, node: ast.FunctionDef, passing: tuple[str, str] | None
) -> None:
    """Renames the wrapper's locals that would be the function's parameters.

    Raises:
        Unknown: a global or builtin that the wrapper means is such a parameter.
    """
    if passing is None:
        return
    args = node.args
    params = {a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs)}
    params |= {a.arg for a in (args.vararg, args.kwarg) if a is not None}
    local = bound(wrapper.body) | {
        n.name for n in own_nodes(wrapper.body) if isinstance(n, ast.ExceptHandler) and n.name
    }
    clash = params & local
    used = {n.id for n in trees.walk(wrapper) if isinstance(n, ast.Name)}
    if params & (used - local - set(passing)):
        raise Unknown
    fresh = {n: unit.fresh(n) for n in sorted(clash)}
    for n in trees.walk(wrapper):
        if isinstance(n, ast.Name) and n.id in fresh:
            n.id = fresh[n.id]
        elif isinstance(n, ast.ExceptHandler) and n.name in fresh:
            n.name = fresh[n.name]


def _globals(made: ast.FunctionDef, scope: Scope, renamed: dict[str, str]) -> None:
    """`nonlocal` of what the decorator bound is `global` at the module's level."""
    for n in trees.walk(made):
        for block in (getattr(n, "body", None),):
            if not isinstance(block, list):
                continue
            for i, s in enumerate(block):
                if isinstance(s, ast.Nonlocal):
                    s.names = [renamed.get(x, x) for x in s.names]
                    if isinstance(scope, ast.Module):
                        block[i] = ast.copy_location(ast.Global(s.names), s)


class _Put(trees.Transformer):
    """The decorator's names as they are called at the decorated function."""

    def __init__(
        self,
        unit: Unit,
        deco: Decorator,
        renamed: dict[str, str],
        inner: str,
        name: str,
        node: ast.FunctionDef,
    ) -> None:
        self.unit = unit
        self.deco = deco
        self.renamed = renamed
        self.inner = inner
        self.name = name
        self.node = node
        self.params = copy.deepcopy(node.args)
        self.shown = getattr(node, "python_name", node.name)
        self.doc = getattr(node, "shown_doc", ast.get_docstring(node, clean=False))
        self.passing: tuple[str, str] | None = None
        self.method = False

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id == self.deco.func:
            if self.method:
                raise Unknown
            return ast.copy_location(ast.Name(self.inner, node.ctx), node)
        if self.deco.wrapper is not None and node.id == self.deco.wrapper.name:
            return ast.copy_location(ast.Name(self.name, node.ctx), node)
        if node.id in self.renamed:
            return ast.copy_location(ast.Name(self.renamed[node.id], node.ctx), node)
        if self.passing is not None and node.id == self.passing[0]:
            return self._tuple(node)
        if self.passing is not None and self.passing[1] and node.id == self.passing[1]:
            return ast.copy_location(ast.Dict([], []), node)
        return node

    def _tuple(self, at: ast.expr) -> ast.expr:
        items: list[ast.expr] = [
            ast.Name(a.arg, ast.Load()) for a in (*self.params.posonlyargs, *self.params.args)
        ]
        if self.params.vararg is not None:
            items.append(ast.Starred(ast.Name(self.params.vararg.arg, ast.Load()), ast.Load()))
        made = ast.Tuple(items, ast.Load())
        place(made, at)
        return made

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if self.passing is None or not _passes_on(node, self.deco.func, self.passing):
            self.generic_visit(node)
            return node
        args = self.params
        names = [a.arg for a in (*args.posonlyargs, *args.args)]
        func = self.inner
        if self.method:
            if not names:
                raise Unknown
            func, names = f"{names[0]}.{self.inner}", names[1:]
        given = list(names)
        if args.vararg is not None:
            given.append(f"*{args.vararg.arg}")
        given += [f"{a.arg}={a.arg}" for a in args.kwonlyargs]
        if args.kwarg is not None:
            given.append(f"**{args.kwarg.arg}")
        made = parse_at(f"{func}({', '.join(given)})", node)[0]
        assert isinstance(made, ast.Expr)
        return made.value

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == self.deco.func:
            text: str | None
            if node.attr in ("__name__", "__qualname__"):
                text = self.shown
            elif node.attr == "__doc__":
                text = self.doc
            else:
                raise Unknown
            return ast.copy_location(ast.Constant(text), node)
        self.generic_visit(node)
        return node


class _Named(trees.Transformer):
    """`f.__name__` and `f.__doc__` of decorated functions, as the wrapper shows them."""

    def __init__(self, unit: Unit) -> None:
        self.done = False
        self.shown: dict[str, ast.FunctionDef] = {
            n.name: n
            for n in trees.walk(unit.tree)
            if isinstance(n, ast.FunctionDef)
            and getattr(n, "synthetic", False)
            and hasattr(n, "python_name")
        }

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.value, ast.Name) or not isinstance(node.ctx, ast.Load):
            return node
        found = self.shown.get(node.value.id)
        if found is None or node.attr not in ("__name__", "__doc__"):
            return node
        self.done = True
        if node.attr == "__name__":
            return ast.copy_location(ast.Constant(found.python_name), node)  # type: ignore[attr-defined]
        doc = getattr(found, "shown_doc", ast.get_docstring(found, clean=False))
        return ast.copy_location(ast.Constant(doc), node)
