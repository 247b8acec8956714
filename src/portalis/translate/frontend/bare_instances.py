"""Classes whose instances may be made without their `__init__`, by `object.__new__(cls)`."""

from __future__ import annotations

import ast

from portalis.translate.frontend.program import Class, Program


def roots(program: Program) -> set[Class]:
    """The root of each group with such a class: the one that is named, and if that only the
    run knows, those of the module, among which `cls` and `type(self)` are."""
    found: set[Class] = set()
    for module in program.modules.values():
        for node in module.nodes.every(ast.Call) if not module.is_library else ():
            if isinstance(node.func, ast.Attribute) and node.func.attr == "__new__" and node.args:
                named = program.class_named(node.args[0])
                found.update(c.root for c in ([named] if named else module.classes))
        found.update(c.root for c in module.classes if "__new__" in c.methods)
    return found
