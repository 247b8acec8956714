"""Special methods that take more than Python passes: `def __str__(self, indent=None)`.

The method proper gets another name, and one that takes what Python passes calls it. Calls
in the source that pass more are of the method proper. `__add__ = __sub__ = refuse` of a method
that takes anything becomes methods that call it.
"""

from __future__ import annotations

import ast

from portalis.translate.frontend.expand.unit import Unit, parse_at

# Without `__pow__`, to which `pow` passes a modulus.
_ARITIES: dict[str, int] = {
    f"__{name}__": arity
    for arity, names in {
        1: """repr str hash len bool iter next int float complex index neg pos invert abs
        reversed enter""",
        2: """eq ne lt le gt ge add sub mul truediv floordiv mod matmul and or xor lshift
        rshift radd rsub rmul rtruediv rfloordiv rmod rmatmul rand ror rxor rlshift rrshift
        iadd isub imul itruediv ifloordiv imod imatmul iand ior ixor ilshift irshift
        getitem delitem contains format missing""",
        3: "setitem",
        4: "exit",
    }.items()
    for name in names.split()
}


def expand(unit: Unit) -> bool:
    units = [u for u in unit.units.values() if not u.is_library]
    if unit.is_library:
        return False
    renamed = [_write_aliases(unit, cls) for cls in _named(unit)]
    split = {m.name for u in units for c in _named(u) for m in _splittable(c)}
    if not split:
        return any(renamed)
    for call in unit.every(ast.Call):
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr in split:
            if call.keywords or len(call.args) >= _ARITIES[func.attr]:
                func.attr = _proper(func.attr)
    for cls in _named(unit):
        for method in _splittable(cls):
            _split(cls, method)
    return True


def _named(unit: Unit) -> list[ast.ClassDef]:
    """The classes that their methods can name: none that stands in a class."""
    classes = unit.every(ast.ClassDef)
    inner = {s for c in classes for s in c.body if isinstance(s, ast.ClassDef)}
    return [c for c in classes if c not in inner]


def _proper(name: str) -> str:
    return f"_portalis_{name.strip('_')}_proper"


def _splittable(cls: ast.ClassDef) -> list[ast.FunctionDef]:
    return [
        statement
        for statement in cls.body
        if isinstance(statement, ast.FunctionDef)
        and not statement.decorator_list
        and _takes_more(statement, statement.name)
    ]


def _write_aliases(unit: Unit, cls: ast.ClassDef) -> bool:
    """Special names of a method that takes more, each as a method of its own."""
    changed = False
    for statement in list(cls.body):
        meant = _aliased(unit, cls, statement)
        if meant is None or not isinstance(statement, ast.Assign):
            continue
        path = ast.unparse(statement.value)
        path = path if "." in path else f"{cls.name}.{path}"
        targets = [t for t in statement.targets if isinstance(t, ast.Name)]
        taken = [t for t in targets if _takes_more(meant, t.id)]
        for target in taken:
            listed = ", ".join(_parameters(target.id))
            text = f"def {target.id}({listed}):\n    return {path}({listed})"
            cls.body.insert(cls.body.index(statement), parse_at(text, statement)[0])
        if taken:
            changed = True
            statement.targets = [t for t in statement.targets if t not in taken]
            if not statement.targets:
                cls.body.remove(statement)
    return changed


def _aliased(unit: Unit, cls: ast.ClassDef, statement: ast.stmt) -> ast.FunctionDef | None:
    """The method that an assignment gives further names: of the class, or of one that is
    named."""
    match statement:
        case ast.Assign(value=ast.Name(id=name)):
            owner = cls
        case ast.Assign(value=ast.Attribute(value=ast.Name(id=other), attr=name)):
            named = [c for c in unit.tree.body if isinstance(c, ast.ClassDef) and c.name == other]
            if len(named) != 1:
                return None
            owner = named[0]
        case _:
            return None
    found = [s for s in owner.body if isinstance(s, ast.FunctionDef) and s.name == name]
    return found[0] if len(found) == 1 else None


def _takes_more(method: ast.FunctionDef, name: str) -> bool:
    """By that name it may be called with what Python passes, and with more."""
    arity = _ARITIES.get(name)
    args = method.args
    params = len(args.posonlyargs) + len(args.args)
    if arity is None or params - len(args.defaults) > arity or None in args.kw_defaults:
        return False
    if args.vararg is None and params < arity:
        return False
    return params != arity or bool(args.vararg or args.kwarg or args.kwonlyargs)


def _parameters(name: str) -> list[str]:
    """Of the special method, as Python passes them."""
    return ["self", *(f"arg{i}" for i in range(1, _ARITIES[name]))]


def _split(cls: ast.ClassDef, method: ast.FunctionDef) -> None:
    name = method.name
    method.name = _proper(name)
    listed = ", ".join(_parameters(name))
    # By the class's name: another class below it may split its own.
    text = f"def {name}({listed}):\n    return {cls.name}.{method.name}({listed})"
    cls.body.insert(cls.body.index(method) + 1, parse_at(text, method)[0])
