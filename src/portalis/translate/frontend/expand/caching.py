"""`functools.lru_cache`, `cache` and `cached_property`: the memory written out.

The decorated function keeps its body under another name; in its place stands one
that looks into a dict first. A bounded cache drops what was used longest ago, as
CPython's does (Lib/functools.py, `_lru_cache_wrapper`).
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Scope,
    Unit,
    bodies,
    own_nodes,
    parse_at,
)

_BOUND = 128
_PLAIN = """\
def {name}({params}):
    if {key} in {store}:
        {hit}return {store}[{key}]
    {miss}{result} = {inner}({args})
    {store}[{key}] = {result}
    return {result}
"""
_LIMITED = """\
def {name}({params}):
    if {key} in {store}:
        {hit}{result} = {store}.pop({key})
        {store}[{key}] = {result}
        return {result}
    {miss}{result} = {inner}({args})
    if {key} not in {store} and len({store}) >= {limit}:
        del {store}[next(iter({store}))]
    {store}[{key}] = {result}
    return {result}
"""
_INFO = """\
class {info}:
    def __init__(self, hits, misses, maxsize, currsize):
        self.hits = hits
        self.misses = misses
        self.maxsize = maxsize
        self.currsize = currsize
    def __repr__(self):
        sizes = f"maxsize={{self.maxsize}}, currsize={{self.currsize}}"
        return f"CacheInfo(hits={{self.hits}}, misses={{self.misses}}, {{sizes}})"
"""


@dataclass(slots=True)
class _Cached:
    """A decorated function: where it remembers, and what its users ask."""

    name: str
    store: str
    counts: str
    limit: int | None
    inner: str


def expand(unit: Unit) -> bool:
    if not any(p.partition(".")[0] == "functools" for p in unit.origins()):
        return False
    found: dict[str, _Cached] = {}
    changed = False
    for body, scope in bodies(unit.tree):
        position = 0
        while position < len(body):
            statement = body[position]
            if isinstance(statement, ast.FunctionDef):
                made = _function(unit, statement, scope, found)
                if made is not None:
                    changed = True
                    body[position : position + 1] = made
                    position += len(made) - 1
            position += 1
        if isinstance(scope, ast.ClassDef) and body is scope.body:
            changed |= _properties(unit, scope)
    if found:
        users = _Users(unit, found)
        users.visit(unit.tree)
        if users.info is not None:
            at = unit.tree.body[0]
            made_info = parse_at(_INFO.format(info=users.info), at)
            start = 1 if isinstance(at, ast.Expr) else 0
            while start < len(unit.tree.body) and isinstance(unit.tree.body[start], ast.ImportFrom):
                start += 1
            unit.tree.body[start:start] = made_info
    return changed


def _limit(unit: Unit, decorator: ast.expr) -> tuple[bool, int | None, bool]:
    """Whether it is a cache that we know, how much it holds, and whether what it remembers
    depends on the arguments' classes."""
    call = decorator if isinstance(decorator, ast.Call) else None
    path = unit.path(call.func if call is not None else decorator)
    if path == "functools.cache" and call is None:
        return True, None, False
    if path != "functools.lru_cache":
        return False, None, False
    if call is None:
        return True, _BOUND, False
    given = dict(zip(("maxsize", "typed"), call.args, strict=False))
    given |= {k.arg or "": k.value for k in call.keywords}
    typed = given.pop("typed", ast.Constant(False))
    if len(call.args) > 2 or not given.keys() <= {"maxsize"} or not isinstance(typed, ast.Constant):
        return False, None, False
    is_typed, most = bool(typed.value), given.get("maxsize", ast.Constant(_BOUND))
    if isinstance(most, ast.Constant) and most.value is None:
        return True, None, is_typed
    size = _number(most)
    return (size is not None and size > 0), size, is_typed


def _number(node: ast.expr) -> int | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Pow, ast.Mult)):
        left, right = _number(node.left), _number(node.right)
        if left is not None and right is not None:
            return left**right if isinstance(node.op, ast.Pow) else left * right
    return None


def _function(
    unit: Unit, node: ast.FunctionDef, scope: Scope, found: dict[str, _Cached]
) -> list[ast.stmt] | None:
    marker = _marker(unit, node, scope)
    if len(node.decorator_list) != (1 if marker is None else 2):
        return None
    known, limit, typed = _limit(unit, node.decorator_list[-1])
    args = node.args
    if not known or args.vararg or args.kwarg or args.kwonlyargs:
        return None
    names = [p.arg for p in (*args.posonlyargs, *args.args)]
    is_method = isinstance(scope, ast.ClassDef)
    is_static = marker is not None and unit.is_builtin(marker, "staticmethod")
    if is_method and (not names or _is_asked(unit, node.name) or scope not in unit.tree.body):
        return None
    if _shapes(unit, node.name) > 1 and (_tells(node) or _counts(unit, node.name)):
        return None
    # Class attributes of a method's class: they are as old as the method.
    home = f"{scope.name}." if isinstance(scope, ast.ClassDef) else ""
    me = home if is_static or not is_method else f"{names[0]}."
    cached = _Cached(
        node.name, unit.fresh(f"cache_{node.name}"), unit.fresh(f"counts_{node.name}"), limit,
        unit.fresh(f"uncached_{node.name}"),
    )  # fmt: skip
    counted = not is_method and _counts(unit, node.name)
    parts = [*names, *(f"type({n})" for n in names if typed)]
    key = parts[0] if len(parts) == 1 else f"({', '.join(parts)})"
    text = (_PLAIN if limit is None else _LIMITED).format(
        name=node.name,
        params=", ".join(names),
        key=key,
        store=f"{home}{cached.store}",
        result=unit.fresh("result"),
        inner=f"{me}{cached.inner}",
        args=", ".join(names[1:] if is_method and not is_static else names),
        limit=limit,
        hit=f"{cached.counts}[0] += 1\n        " if counted else "",
        miss=f"{cached.counts}[1] += 1\n    " if counted else "",
    )
    wrapper = parse_at(text, node)[0]
    assert isinstance(wrapper, ast.FunctionDef)
    stores = parse_at(f"{cached.store} = {{}}", node)
    if counted:
        stores += parse_at(f"{cached.counts} = [0, 0]", node)
    if not is_method:
        found[node.name] = cached
    made = wrap(node, wrapper, cached.inner)
    if marker is not None:
        wrapper.decorator_list = [marker]
        bound = not unit.is_builtin(marker, "property")
        node.decorator_list = [copy.deepcopy(marker)] if bound else []
    return [*stores, *made]


def _marker(unit: Unit, node: ast.FunctionDef, scope: Scope) -> ast.expr | None:
    """`@property` and the like outside a method's other decorator."""
    if not isinstance(scope, ast.ClassDef) or len(node.decorator_list) < 2:
        return None
    first = node.decorator_list[0]
    known = unit.is_builtin(first, "property", "staticmethod", "classmethod")
    return first if known else None


def wrap(node: ast.FunctionDef, wrapper: ast.FunctionDef, inner: str) -> list[ast.stmt]:
    """The function under its inner name, then the one that takes its place.

    The wrapper takes the parameters, and so the defaults are evaluated once; the
    source's line accounting stays with the function that has the body.
    """
    wrapper.args.posonlyargs = []
    wrapper.args.args = [
        ast.copy_location(ast.arg(a.arg, a.annotation), a)
        for a in (*node.args.posonlyargs, *node.args.args)
    ]
    wrapper.args.defaults = node.args.defaults
    wrapper.returns = node.returns
    node.args.defaults = []
    node.python_name = node.name  # type: ignore[attr-defined]
    node.name = inner
    node.decorator_list = []
    if (
        node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
        and isinstance(node.body[0].value.value, str)
    ):
        wrapper.body.insert(0, node.body[0])
    return [node, wrapper]


def _shapes(unit: Unit, name: str) -> int:
    """In how many ways the function is called: CPython remembers `f(1)`, `f(x=1)` and `f(1, 2)`
    apart, whatever the defaults are."""
    shapes = set()
    for node in unit.every(ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
        if called == name or (isinstance(called, ast.Name) and called.id == name):
            shapes.add((len(node.args), *(k.arg for k in node.keywords)))
    return len(shapes)


def _tells(node: ast.FunctionDef) -> bool:
    """Whether it may show how often it runs other than by the time it takes."""
    for part in own_nodes(node.body):
        if isinstance(part, (ast.Global, ast.Nonlocal)):
            return True
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            return True
        if isinstance(part, ast.Attribute) and not isinstance(part.ctx, ast.Load):
            return True
    return False


def _is_asked(unit: Unit, name: str) -> bool:
    """Whether some attribute of that name is asked for what only a cache has."""
    return any(
        isinstance(n.value, ast.Attribute)
        and n.value.attr == name
        and n.attr in ("cache_info", "cache_clear", "__wrapped__", "cache_parameters")
        for n in unit.every(ast.Attribute)
    )


def _counts(unit: Unit, name: str) -> bool:
    return any(
        isinstance(n, ast.Attribute)
        and n.attr in ("cache_info", "cache_clear")
        and isinstance(n.value, ast.Name)
        and n.value.id == name
        for n in trees.walk(unit.tree)
    )


class _Users(trees.Transformer):
    """`f.cache_clear()`, `f.cache_info()`, `f.__wrapped__`."""

    def __init__(self, unit: Unit, found: dict[str, _Cached]) -> None:
        self.unit = unit
        self.found = found
        self.info: str | None = None

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        cached = self._asked(node.value, "cache_clear")
        if cached is not None:
            return parse_at(
                f"{cached.store}.clear()\n{cached.counts}[0] = 0\n{cached.counts}[1] = 0", node
            )
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        cached = self._asked(node, "cache_info")
        if cached is None:
            self.generic_visit(node)
            return node
        if self.info is None:
            self.info = self.unit.fresh("CacheInfo")
        text = (
            f"{self.info}({cached.counts}[0], {cached.counts}[1], {cached.limit}, "
            f"len({cached.store}))"
        )
        made = parse_at(text, node)[0]
        assert isinstance(made, ast.Expr)
        return made.value

    def _asked(self, node: ast.expr, what: str) -> _Cached | None:
        if (
            isinstance(node, ast.Call)
            and not node.args
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == what
            and isinstance(node.func.value, ast.Name)
        ):
            return self.found.get(node.func.value.id)
        return None


# -- cached_property


def _properties(unit: Unit, cls: ast.ClassDef) -> bool:
    """Whether there were some."""
    for position, statement in enumerate(cls.body):
        if not isinstance(statement, FunctionDef) or len(statement.decorator_list) != 1:
            continue
        if unit.path(statement.decorator_list[0]) != "functools.cached_property":
            continue
        changed = any(
            n.attr == statement.name and not isinstance(n.ctx, ast.Load)
            for other in unit.units.values()
            for n in other.every(ast.Attribute)
        )
        cls.body[position : position + 1] = _property(statement, changed)
        _properties(unit, cls)
        return True
    return False


def _property(node: FunctionDef, changed: bool) -> list[ast.stmt]:
    """changed: some attribute of that name is assigned or deleted, as that of an instance may
    be, which then holds or computes another value."""
    name = node.name
    ready, value, compute = f"_{name}_is_known", f"_{name}_value", f"_compute_{name}"
    made = parse_at(
        f"{ready} = False\n"
        f"@property\ndef {name}(self):\n    if not self.{ready}:\n"
        f"        self.{value} = self.{compute}()\n        self.{ready} = True\n"
        f"    return self.{value}",
        node,
    )
    if changed:
        made += parse_at(
            f"@{name}.setter\ndef {name}(self, value):\n"
            f"    self.{value} = value\n    self.{ready} = True\n"
            f"@{name}.deleter\ndef {name}(self):\n    if not self.{ready}:\n"
            f'        raise AttributeError(f"{{type(self).__name__!r}} object has no attribute '
            f'{name!r}")\n    self.{ready} = False',
            node,
        )
    node.name = compute
    node.decorator_list = []
    return [node, *made]
