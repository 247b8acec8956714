"""`__init_subclass__`: called right after each class statement below the class that has it.

It becomes a static method of another name, and each class statement is followed by a call,
which takes the class and the statement's keywords.
"""

from __future__ import annotations

import ast

from portalis.core import trees
from portalis.translate.frontend.expand.unit import Unit, bodies, expr_at, parse_at

_HOOK = "__init_subclass__"
_NAME = "_portalis_init_subclass"


def expand(unit: Unit) -> bool:
    if not any(_hook(cls) for other in unit.units.values() for cls in other.every(ast.ClassDef)):
        return False
    # Which hook `super()` means depends on the class at the bottom.
    if any(len(_above(unit, cls)) > 1 for cls in unit.every(ast.ClassDef)):
        return False
    changed = False
    for body, _ in bodies(unit.tree):
        for position in range(len(body) - 1, -1, -1):
            statement = body[position]
            above = _above(unit, statement) if isinstance(statement, ast.ClassDef) else []
            if isinstance(statement, ast.ClassDef) and above:
                body.insert(position + 1, _call(statement, above[0]))
                changed = True
    for cls in unit.every(ast.ClassDef):
        hook = _hook(cls)
        if hook is not None:
            _rename(unit, cls, hook)
            changed = True
    return changed


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


def _call(cls: ast.ClassDef, base: ast.expr) -> ast.stmt:
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
