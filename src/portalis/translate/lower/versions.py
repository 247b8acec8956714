"""Versions of a function, by the kinds of the arguments that it is called with.

A call whose arguments would make a parameter dynamic gets a function of its own, made of
the same source: there `isinstance` is decided, and containers keep the types of their
elements. The function itself stays what everything else uses: values, methods that the
runtime calls, calls that are too many to have a version each.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from portalis.core import trees
from portalis.translate.frontend.lattice import NUMERIC, OBJECTS, Cell, Ty, doubt, union_of
from portalis.translate.frontend.program import Function, Variable
from portalis.translate.lower.context import Frame, ty_of
from portalis.translate.lower.given import Given

# Functions that one function of the source may become.
MOST = 4
# How deep the kinds of elements are compared.
_DEPTH = 3


def chosen(frame: Frame, function: Function, args: Given, has_receiver: bool) -> Function:
    """The version that the call means; `function` itself where no other fits better."""
    if not _may_have_versions(function) or args.star is not None or args.double_star is not None:
        return function
    given = _by_parameter(function, args, has_receiver)
    if any(ty.kind == "class" for _, ty in given):
        return function  # what calling a class means depends on more than its kind
    for version in (function, *function.versions):
        if _takes(frame, version, given):
            return version
        for i, _ in given:
            frame.read(version.params[i].variable.cell)
    if len(function.versions) + 1 >= MOST:
        return function
    if frame.engine.lattice.guarded:
        doubt()  # Others may make one that fits.
        return function
    return _another(frame, function)


def asked(frame: Frame, method: Function, args: Given) -> Function:
    """The version that a call would mean, of which nothing flows yet."""
    found = chosen(frame, method, args, has_receiver=True)
    for i, _ in _by_parameter(found, args, has_receiver=True):
        frame.form(found.params[i].variable.cell)
    return found


def settled(frame: Frame, function: Function, args: Given, has_receiver: bool) -> None:
    """The arguments have flown: who else makes a parameter grow may change the choice."""
    if args.star is None and args.double_star is None:
        if _may_have_versions(function.original or function):
            for i, _ in _by_parameter(function, args, has_receiver):
                frame.read(function.params[i].variable.cell)


def undecided(function: Function, args: Given) -> bool:
    """Nothing is known yet of an argument by which a version is chosen."""
    values = (*args.positional, *args.keywords.values())
    return bool(function.versions) and any(ty_of(a).kind == "never" for a in values)


def _by_parameter(function: Function, args: Given, has_receiver: bool) -> list[tuple[int, Ty]]:
    """What is given for parameters, by their position; the receiver makes no difference."""
    out: list[tuple[int, Ty]] = []
    for i, param in enumerate(function.params[has_receiver:], int(has_receiver)):
        if param.kind == "positional" and i - has_receiver < len(args.positional):
            out.append((i, ty_of(args.positional[i - has_receiver])))
        elif param.name in args.keywords and param.kind in ("positional", "keyword"):
            out.append((i, ty_of(args.keywords[param.name])))
    return out


def _takes(frame: Frame, version: Function, given: list[tuple[int, Ty]]) -> bool:
    """No parameter becomes dynamic, and none makes dynamic what is given for it.

    What it holds once the argument has flown into it does not change a yes (`settled`).
    """
    several = bool((version.original or version).versions)
    for i, ty in given:
        slot = version.params[i].variable.cell.find().ty
        if not _fits(frame, slot, ty):
            return False
        if _is_none_for_number(slot, ty):
            if several:
                return False
            doubt()  # There may be versions later.
    return True


def _is_none_for_number(slot: Ty, given: Ty) -> bool:
    """Where there are versions at all, None is another kind than a number."""
    kinds = {slot.kind, given.kind}
    return "none" in kinds and bool(kinds & NUMERIC) and not (slot.optional or given.optional)


def _fits(frame: Frame, slot: Ty, given: Ty) -> bool:
    kinds = {slot.kind, given.kind}
    if kinds & {"never", "none"} or slot.same(given):
        return True
    if kinds <= OBJECTS:
        return union_of((*slot.classes(), *given.classes())) is not None
    if slot.kind != given.kind:
        if "value" in kinds:
            return False
        return kinds <= NUMERIC or kinds == {"tuple", "vartuple"} or _are_exceptions(slot, given)
    if slot.kind == "class":
        return slot.cls is given.cls
    if slot.kind == "func":
        return len(slot.args) == len(given.args)
    if slot.kind in ("tuple", "vartuple") and len(slot.args) != len(given.args):
        return True
    pairs = zip(slot.args, given.args, strict=True)
    return all(_holds_alike(frame, a, b, _DEPTH) for a, b in pairs)


def _are_exceptions(a: Ty, b: Ty) -> bool:
    return all(t.kind == "exc" or (t.cls is not None and t.cls.is_exception) for t in (a, b))


def _holds_alike(frame: Frame, a: Cell, b: Cell, depth: int) -> bool:
    """Containers whose elements have these types can be of one type."""
    if a.find() is b.find():
        return True
    one, other = frame.read(a), frame.read(b)
    kinds = {one.kind, other.kind}
    if kinds & {"never", "none"} or depth == 0:
        return True
    if kinds <= OBJECTS or kinds == {"class"}:
        return _fits(frame, one, other)
    if one.kind != other.kind or len(one.args) != len(other.args):
        return False
    return all(
        _holds_alike(frame, x, y, depth - 1) for x, y in zip(one.args, other.args, strict=True)
    )


# -- making one


def _may_have_versions(function: Function) -> bool:
    if function.may_have_versions is None:
        function.may_have_versions = _is_plain(function)
    return function.may_have_versions


_INSIDE = frozenset(
    (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Import, ast.ImportFrom)
)


def _is_plain(function: Function) -> bool:
    """Nothing of the function is shared with other code, and its source can stand twice."""
    if not isinstance(function.node, ast.FunctionDef) or function.original is not None:
        return False
    if function.kind not in ("function", "method", "static") or function.decorators:
        return False
    if function.is_generator or function.free or function.nested or function.name == "__init__":
        return False
    return all(_INSIDE.isdisjoint(map(type, trees.walk(s))) for s in function.node.body)


def _another(frame: Frame, function: Function) -> Function:
    program = frame.engine.program
    nodes: dict[int, ast.AST] = {}
    node = trees.copied(function.node, nodes)
    number = len(function.versions) + 2
    made = replace(
        function,
        node=node,
        result=Cell(),
        yields=Cell(),
        round=0,
        sites={},
        reachable=False,
        live=False,
        used_as_value=False,
        original=function,
        versions=[],
        rust_name=_name(function, number),
    )
    mine = {v: _variable(v, made) for v in function.all_variables if v.owner is function}
    made.all_variables = [mine.get(v, v) for v in function.all_variables]
    made.variables = {name: mine.get(v, v) for name, v in function.variables.items()}
    made.params = [replace(p, variable=mine[p.variable]) for p in function.params]
    for old in trees.walk(function.node):
        new = nodes[id(old)]
        known = program.names.get(old)
        if known is not None:
            program.names[new] = mine.get(known, known) if isinstance(known, Variable) else known
        if old in program.uncertain:
            program.uncertain.add(new)
        if old in program.walked:
            program.walked.add(new)
    frame.engine.copied(function.module, node, function.node)
    function.versions.append(made)
    at = function.module.functions.index(function) + number - 1
    function.module.functions.insert(at, made)
    return made


def _variable(variable: Variable, owner: Function) -> Variable:
    cell = Cell()
    cell.hint = variable.cell.hint
    return replace(variable, owner=owner, cell=cell)


def _name(function: Function, number: int) -> str:
    taken = {f.rust_name for f in function.module.functions}
    name = f"{function.rust_name}_v{number}"
    while name in taken:
        name += "_"
    return name
