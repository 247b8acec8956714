"""Class attributes that no class statement gives a value: `C.x = …` after it.

Each becomes a variable of its class, unset until the assignment has run; reading it
then goes on with the next class of the MRO.
"""

from __future__ import annotations

import ast

from portalis.translate.frontend.program import Class, Module, Program, Variable


def declare(program: Program) -> None:
    for module in program.modules.values():
        for node in module.nodes.every(ast.Attribute):
            if isinstance(node.ctx, ast.Store):
                for cls in _assigned(program, node.value):
                    _add(cls, node.attr)
    assigned = {cls: _follow(program, cls) for cls in program.every_class()}
    for cls, names in assigned.items():
        for name, variable in list(cls.class_attributes.items()):
            if variable.entity is not None or name in names or cls.defines(name):
                continue
            if variable.is_assigned_late:
                variable.late = True
            else:
                # An annotation alone.
                del cls.class_attributes[name]


def _add(cls: Class, name: str) -> None:
    if any(name in c.methods or name in c.properties for c in cls.group):
        return
    variable = cls.class_attributes.get(name)
    if variable is None:
        variable = Variable(name, cls.body, is_global=True, module=cls.module, stores=2)
        cls.class_attributes[name] = variable
    variable.is_assigned_late = True


def _assigned(program: Program, node: ast.expr) -> list[Class]:
    """The classes of which `node.x = …` may set an attribute."""
    if isinstance(node, ast.Name):
        target = program.names.get(node)
        if not isinstance(target, Variable):
            return []
        if isinstance(target.known_entity, Class):
            return [target.known_entity]
        owner = target.owner
        if owner is not None and owner.kind == "class" and owner.cls is not None:
            if owner.params and owner.params[0].variable is target:
                return [owner.cls, *owner.cls.descendants()]
        return []
    subject = class_subject(program, node)
    target = program.names.get(subject) if subject is not None else None
    owner = target.owner if isinstance(target, Variable) else None
    if owner is None or owner.cls is None or owner.kind not in ("method", "property"):
        return []
    if owner.params and owner.params[0].variable is target:
        return [owner.cls, *owner.cls.descendants()]
    return []


def class_subject(program: Program, node: ast.expr) -> ast.Name | None:
    """`x` of `type(x)` or `x.__class__`."""
    if isinstance(node, ast.Attribute) and node.attr == "__class__":
        return node.value if isinstance(node.value, ast.Name) else None
    if isinstance(node, ast.Call) and program.names.get(node.func) == "type":
        only = node.args[0] if len(node.args) == 1 and not node.keywords else None
        return only if isinstance(only, ast.Name) else None
    return None


def _follow(program: Program, cls: Class) -> set[str]:
    """What the statements right after a module's class assign: set before any other code."""
    module: Module = cls.module
    body = module.tree.body
    if cls.node not in body:
        return set()
    out: set[str] = set()
    for statement in body[body.index(cls.node) + 1 :]:
        if not isinstance(statement, ast.Assign):
            break
        for target in statement.targets:
            if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
                return out
            named = program.names.get(target.value)
            if not isinstance(named, Variable) or named.entity is not cls:
                return out
            out.add(target.attr)
    return out
