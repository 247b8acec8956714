"""What may hold a flag of re: variables, parameters, results and attributes, by the program's
assignments, calls, defaults and return statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portalis.core import trees
from portalis.translate.frontend.program import Class, Function, Module, Variable
from portalis.translate.lower import attribute
from portalis.translate.rows.regex_rows import FLAGS

if TYPE_CHECKING:
    from portalis.translate.lower.context import Frame

_PATHS = frozenset(f"re.{name}" for name in FLAGS)
_COMBINING = (ast.BitOr, ast.BitAnd, ast.BitXor)


@dataclass(slots=True)
class Holders:
    """What may hold a flag, anywhere in the program."""

    variables: set[Variable] = field(default_factory=set)
    functions: set[Function] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self.variables) + len(self.functions) + len(self.attributes)

    def are(self, frame: Frame, node: ast.expr) -> bool:
        """Whether the expression may be a flag, or a combination of some."""
        match node:
            case ast.BinOp():
                parts = (node.left, node.right)
                return isinstance(node.op, _COMBINING) and any(self.are(frame, p) for p in parts)
            case ast.UnaryOp():
                return isinstance(node.op, ast.Invert) and self.are(frame, node.operand)
            case ast.NamedExpr():
                return self.are(frame, node.value)
            case ast.IfExp():
                return self.are(frame, node.body) or self.are(frame, node.orelse)
            case ast.BoolOp():
                return any(self.are(frame, value) for value in node.values)
            case ast.Call():
                return _called(frame, node) in self.functions
            case ast.Name() if frame.engine.program.names.get(node) in self.variables:
                return True
            case ast.Attribute() if node.attr in self.attributes:
                return True
        return attribute.library_path(frame, node) in _PATHS

    def note(self, frame: Frame, target: ast.expr) -> None:
        """A flag is assigned to the target."""
        if isinstance(target, ast.Attribute):
            self.attributes.add(target.attr)
        elif isinstance(target, ast.Name):
            named = frame.engine.program.names.get(target)
            if isinstance(named, Variable) and named.entity is None:
                self.variables.add(named)


def holders(frame: Frame) -> Holders:
    """Those of the whole program, found once."""
    found = frame.engine.flag_holders
    if found is None:
        found = frame.engine.flag_holders = Holders()
        modules = [m for m in frame.engine.program.modules.values() if _imports_re(m)]
        before = -1
        while found.count > before:
            before = found.count
            for module in modules:
                _gather(frame, module, found)
    return found


def _gather(frame: Frame, module: Module, found: Holders) -> None:
    for targets, value in _assigned(module):
        if found.are(frame, value):
            for target in targets:
                found.note(frame, target)
    for call in module.nodes.every(ast.Call):
        for variable, value in _bound(frame, call):
            if variable not in found.variables and found.are(frame, value):
                found.variables.add(variable)
    for function in module.functions:
        for param in function.params:
            if param.default is not None and found.are(frame, param.default):
                found.variables.add(param.variable)
        if function not in found.functions and any(
            found.are(frame, value) for value in _returned(function)
        ):
            found.functions.add(function)


def _assigned(module: Module) -> Iterator[tuple[list[ast.expr], ast.expr]]:
    for plain in module.nodes.every(ast.Assign):
        yield plain.targets, plain.value
    for annotated in module.nodes.every(ast.AnnAssign):
        if annotated.value is not None:
            yield [annotated.target], annotated.value
    for augmented in module.nodes.every(ast.AugAssign):
        if isinstance(augmented.op, _COMBINING):
            yield [augmented.target], augmented.value


def _bound(frame: Frame, call: ast.Call) -> Iterator[tuple[Variable, ast.expr]]:
    """The parameters of a function of the program, with what the call gives them."""
    called = _called(frame, call)
    if called is None:
        return
    skipped = 1 if called.kind in ("method", "class") else 0
    params = [p.variable for p in called.params if p.kind == "positional"][skipped:]
    yield from zip(params, call.args, strict=False)
    by_name = {p.name: p.variable for p in called.params}
    for keyword in call.keywords:
        if keyword.arg in by_name:
            yield by_name[keyword.arg], keyword.value


def _called(frame: Frame, call: ast.Call) -> Function | None:
    """The function of the program that the call names: of a class, its `__init__`."""
    entity = attribute.named_entity(frame, call.func)
    if isinstance(entity, Class):
        return entity.find_method("__init__")
    return entity if isinstance(entity, Function) else None


def _returned(function: Function) -> Iterator[ast.expr]:
    if isinstance(function.node, ast.Lambda):
        yield function.node.body
    elif isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for node in trees.walk(function.node):
            if isinstance(node, ast.Return) and node.value is not None:
                yield node.value


def _imports_re(module: Module) -> bool:
    return any(
        path.partition(".")[0] == "re"
        for statement in module.imports()
        for _, path in trees.imports_of(statement)
    )
