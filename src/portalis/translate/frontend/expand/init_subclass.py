"""`__init_subclass__`: called right after each class statement below the class that has it.

It becomes a static method of another name, and each class statement is followed by a call,
which takes the class and the statement's keywords. A hook that sets attributes of the class is
written out for each, so that they are known as that class's own.
"""

from __future__ import annotations

import ast
import copy

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    Unit,
    bodies,
    expr_at,
    is_constant,
    load,
    parse_at,
)

_HOOK = "__init_subclass__"
_NAME = "_portalis_init_subclass"
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Global)


def expand(unit: Unit) -> bool:
    if not any(_hook(cls) for other in unit.units.values() for cls in other.every(ast.ClassDef)):
        return False
    # Which hook `super()` means depends on the class at the bottom.
    if any(len(_above(unit, cls)) > 1 for cls in unit.every(ast.ClassDef)):
        return False
    changed = False
    calls: list[tuple[list[ast.stmt], ast.ClassDef, ast.Expr]] = []
    for body, scope in bodies(unit.tree):
        for position in range(len(body) - 1, -1, -1):
            statement = body[position]
            above = _above(unit, statement) if isinstance(statement, ast.ClassDef) else []
            if isinstance(statement, ast.ClassDef) and above:
                call = _call(statement, above[0])
                body.insert(position + 1, call)
                if scope is unit.tree:
                    calls.append((body, statement, call))
                changed = True
    for cls in unit.every(ast.ClassDef):
        hook = _hook(cls)
        if hook is not None:
            _rename(unit, cls, hook)
            changed = True
    for body, cls, call in calls:
        _write_out(unit, body, cls, call)
    return changed


def _write_out(unit: Unit, body: list[ast.stmt], cls: ast.ClassDef, call: ast.Expr) -> None:
    """Puts a function of the class's own in the place of a hook that sets its attributes."""
    line = (c for _, c in unit.classes_above(cls) if _hook(c) is not None)
    home = next(line, None)
    if home is None or home not in unit.tree.body or _above(unit, home):
        return
    hook = _hook(home)
    assert hook is not None
    me = _first(hook)
    if not _sets_attributes(hook, me) or not _stands_alone(hook, me, cls.name):
        return
    made = copy.deepcopy(hook)
    made.name = unit.fresh(f"init_{cls.name}")
    made.decorator_list = []
    del (made.args.posonlyargs or made.args.args)[0]
    for node in trees.walk(made):
        if isinstance(node, ast.Name) and node.id == me:
            node.id = cls.name
    assert isinstance(call.value, ast.Call)
    call.value.func = load(made.name, call)
    call.value.args = []
    body.insert(body.index(call), made)


def _first(hook: ast.FunctionDef) -> str:
    return (hook.args.posonlyargs or hook.args.args)[0].arg


def _sets_attributes(hook: ast.FunctionDef, me: str) -> bool:
    return any(
        isinstance(n, ast.Attribute)
        and isinstance(n.ctx, ast.Store)
        and isinstance(n.value, ast.Name)
        and n.value.id == me
        for n in trees.walk(hook)
    )


def _stands_alone(hook: ast.FunctionDef, me: str, name: str) -> bool:
    """Whether the hook means the same as a function of the module, with the class by name."""
    defaults = (*hook.args.defaults, *(d for d in hook.args.kw_defaults if d is not None))
    if not all(is_constant(d) for d in defaults):
        return False
    args = hook.args
    taken = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    taken += [a for a in (args.vararg, args.kwarg) if a is not None]
    local = {a.arg for a in taken[1:]}
    for node in trees.walk(hook):
        if isinstance(node, _SCOPES) and node is not hook:
            return False
        if isinstance(node, ast.Name):
            if node.id == "super" or (node.id == me and not isinstance(node.ctx, ast.Load)):
                return False
            local |= {node.id} if isinstance(node.ctx, ast.Store) else set()
        spelled = getattr(node, "attr", None) or getattr(node, "id", "")
        if isinstance(spelled, str) and spelled.startswith("__") and not spelled.endswith("__"):
            return False
    return name not in local


def _hook(cls: ast.ClassDef) -> ast.FunctionDef | None:
    for statement in cls.body:
        if isinstance(statement, ast.FunctionDef) and statement.name in (_HOOK, _NAME):
            return statement
    return None


def _above(unit: Unit, cls: ast.ClassDef) -> list[ast.expr]:
    """The bases that have the hook, or are below a class that has it."""
    return [base for base in cls.bases if _leads_to_hook(unit, cls, base)]


def _leads_to_hook(unit: Unit, cls: ast.ClassDef, base: ast.expr) -> bool:
    found = unit.find_home(base)
    if found is None or found[1] is cls:
        return False
    home, other = found
    above = home.classes_above(other)
    return _hook(other) is not None or any(_hook(c) is not None for _, c in above)


def _call(cls: ast.ClassDef, base: ast.expr) -> ast.Expr:
    made = parse_at(f"{ast.unparse(base)}.{_NAME}({cls.name})", cls)[0]
    assert isinstance(made, ast.Expr)
    assert isinstance(made.value, ast.Call)
    made.value.keywords = [k for k in cls.keywords if k.arg != "metaclass"]
    cls.keywords = [k for k in cls.keywords if k.arg == "metaclass"]
    return made


def _rename(unit: Unit, cls: ast.ClassDef, hook: ast.FunctionDef) -> None:
    hook.name = _NAME
    hook.decorator_list = [ast.copy_location(ast.Name("staticmethod", ast.Load()), hook)]
    above = _above(unit, cls)
    me = hook.args.posonlyargs[0].arg if hook.args.posonlyargs else hook.args.args[0].arg
    if above:
        _Supers(ast.unparse(above[0]), me).visit(hook)
    else:
        hook.body = [_of_object(me, s) for s in hook.body]


class _Supers(trees.Transformer):
    """`super().__init_subclass__(…)` as the hook of the only base that has one."""

    def __init__(self, base: str, me: str) -> None:
        self.base = base
        self.me = me

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if ast.unparse(node.func) == f"super().{_HOOK}":
            node.func = expr_at(f"{self.base}.{_NAME}", node)
            node.args.insert(0, expr_at(self.me, node))
        return node


def _of_object(me: str, statement: ast.stmt) -> ast.stmt:
    """`super().__init_subclass__(**kwargs)` where only `object` is above: it takes nothing."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != f"super().{_HOOK}":
        return statement
    rest = [k.value for k in call.keywords if k.arg is None]
    if call.args or len(rest) != len(call.keywords) or len(rest) > 1:
        return statement
    if not rest:
        return ast.copy_location(ast.Pass(), statement)
    text = f'{me}.__name__ + ".__init_subclass__() takes no keyword arguments"'
    return parse_at(f"if {ast.unparse(rest[0])}: raise TypeError({text})", statement)[0]
