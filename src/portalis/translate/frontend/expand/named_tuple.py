"""`class P(NamedTuple)` and `P = namedtuple("P", "x y")`: a class with fields.

Source: CPython's Lib/collections/__init__.py and Lib/typing.py (3.11). The class has
a method `_portalis_tuple` that gives the plain tuple; unpacking, indexing, iteration,
comparison and the like are those of that tuple (`lower` asks for the method there).
"""

from __future__ import annotations

import ast
import keyword
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    Members,
    Unit,
    bodies,
    copied,
    parse_at,
)

AS_TUPLE = "_portalis_tuple"


_MEMBERS = Members(("typing.NamedTuple", "typing_extensions.NamedTuple", "collections.namedtuple"))


@dataclass(slots=True)
class _Shape:
    name: str
    at: ast.stmt
    fields: dict[str, tuple[ast.expr | None, ast.expr | None]] = field(default_factory=dict)
    rest: list[ast.stmt] = field(default_factory=list)


def expand(unit: Unit) -> bool:
    if not unit.names(_MEMBERS):
        return False
    for body, _ in bodies(unit.tree):
        for position, statement in enumerate(body):
            if isinstance(statement, ast.ClassDef):
                shape = _of_class(unit, statement)
                if shape is not None:
                    _fill(unit, statement, shape)
            elif isinstance(statement, ast.Assign):
                shape = _of_call(unit, statement)
                if shape is not None:
                    made = parse_at(f"class {shape.name}:\n    pass", statement)[0]
                    assert isinstance(made, ast.ClassDef)
                    _fill(unit, made, shape)
                    body[position] = made
                    unit.classes.setdefault(made.name, made)
    return True


def _of_class(unit: Unit, node: ast.ClassDef) -> _Shape | None:
    if len(node.bases) != 1 or node.keywords or node.decorator_list:
        return None
    base = node.bases[0]
    if unit.path(base) not in ("typing.NamedTuple", "typing_extensions.NamedTuple"):
        # class P(namedtuple("P", "x y")): …
        shape = _of_factory(unit, base, node.name, node) if isinstance(base, ast.Call) else None
        if shape is not None:
            shape.rest = [s for s in node.body if not _is_slots(s)]
        return shape
    shape = _Shape(node.name, node)
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            shape.fields[statement.target.id] = (statement.annotation, statement.value)
        else:
            shape.rest.append(statement)
    return shape


def _is_slots(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__slots__"


def _of_call(unit: Unit, node: ast.Assign) -> _Shape | None:
    if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        return None
    return _of_factory(unit, node.value, node.targets[0].id, node)


def _of_factory(unit: Unit, call: ast.expr, name: str, at: ast.stmt) -> _Shape | None:
    if not isinstance(call, ast.Call):
        return None
    path = unit.path(call.func)
    if path == "typing.NamedTuple":
        return _of_typed(call, name, at)
    if path != "collections.namedtuple" or len(call.args) != 2:
        return None
    first, second = call.args
    if not isinstance(first, ast.Constant) or first.value != name:
        return None
    names = _names(second)
    if names is None:
        return None
    defaults: list[ast.expr] = []
    for option in call.keywords:
        if option.arg == "defaults" and isinstance(option.value, (ast.Tuple, ast.List)):
            defaults = list(option.value.elts)
        elif option.arg not in ("module",):
            return None
    shape = _Shape(name, at)
    missing = len(names) - len(defaults)
    for i, one in enumerate(names):
        shape.fields[one] = (None, defaults[i - missing] if i >= missing else None)
    return shape


def _of_typed(call: ast.Call, name: str, at: ast.stmt) -> _Shape | None:
    if len(call.args) != 2 or call.keywords or not isinstance(call.args[1], (ast.List, ast.Tuple)):
        return None
    shape = _Shape(name, at)
    for pair in call.args[1].elts:
        if not (isinstance(pair, ast.Tuple) and len(pair.elts) == 2):
            return None
        label = pair.elts[0]
        if not (isinstance(label, ast.Constant) and isinstance(label.value, str)):
            return None
        shape.fields[label.value] = (pair.elts[1], None)
    return shape


def _names(node: ast.expr) -> list[str] | None:
    names: list[str]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        names = node.value.replace(",", " ").split()
    elif isinstance(node, (ast.List, ast.Tuple)) and all(
        isinstance(e, ast.Constant) and isinstance(e.value, str) for e in node.elts
    ):
        names = [str(e.value) for e in node.elts if isinstance(e, ast.Constant)]
    else:
        return None
    bad = any(not n.isidentifier() or keyword.iskeyword(n) or n.startswith("_") for n in names)
    return None if bad or len(set(names)) != len(names) else names


def _fill(unit: Unit, node: ast.ClassDef, shape: _Shape) -> None:
    """The class's body: what it had, and the tuple's methods."""
    node.bases = []
    node.frozen = "tuple"  # type: ignore[attr-defined]
    names = list(shape.fields)
    own = {s.name for s in shape.rest if isinstance(s, (ast.FunctionDef, ast.AsyncFunctionDef))}
    # Built in place where items of different types meet, so that the method that gives the
    # tuple keeps the type of each.
    items = f"({''.join(f'self.{n}, ' for n in names)})"
    methods = {
        "__init__": _init(shape),
        "__repr__": _repr(shape),
        AS_TUPLE: f"def {AS_TUPLE}(self):\n    return {items}",
        "__eq__": _compare(shape, "eq", "=="),
        "__hash__": f"def __hash__(self):\n    return hash(self.{AS_TUPLE}())",
        "__lt__": _compare(shape, "lt", "<"),
        "__le__": _compare(shape, "le", "<="),
        "__gt__": _compare(shape, "gt", ">"),
        "__ge__": _compare(shape, "ge", ">="),
        "__iter__": f"def __iter__(self):\n    return iter({items})",
        "__len__": f"def __len__(self):\n    return {len(names)}",
        "__getitem__": f"def __getitem__(self, index):\n    return {items}[index]",
        "__contains__": f"def __contains__(self, item):\n    return item in {items}",
        "_asdict": _asdict(shape),
    }
    used = unit.attributes()
    if "_make" in used:
        given = ", ".join(names)
        methods["_make"] = (
            f"@staticmethod\ndef _make(iterable):\n    {given}, = iterable\n"
            f"    return {node.name}({given})"
        )
    if any(isinstance(n.op, ast.Add) for u in unit.units.values() for n in u.every(ast.BinOp)):
        methods["__add__"] = (
            f"def __add__(self, other):\n    if isinstance(other, {node.name}):\n"
            f"        return self.{AS_TUPLE}() + other.{AS_TUPLE}()\n"
            f"    return self.{AS_TUPLE}() + other"
        )
        methods["__radd__"] = f"def __radd__(self, other):\n    return other + self.{AS_TUPLE}()"
    if any(isinstance(n.op, ast.Mult) for u in unit.units.values() for n in u.every(ast.BinOp)):
        for name in ("__mul__", "__rmul__"):
            methods[name] = f"def {name}(self, times):\n    return self.{AS_TUPLE}() * times"
    for name in ("count", "index"):
        if name in used and name not in names:
            methods[name] = f"def {name}(self, item):\n    return {items}.{name}(item)"
    head = f"_fields = {tuple(names)!r}\n__match_args__ = {tuple(names)!r}\n"
    text = "\n".join(t for n, t in methods.items() if n not in own)
    made = parse_at(head + text, node)
    for statement in made:
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            _hints(statement, shape)
            statement.shown_name = "__new__"  # type: ignore[attr-defined]
    made += _replacers(unit, node, names)
    documented = shape.rest[:1] if shape.rest and isinstance(shape.rest[0], ast.Expr) else []
    node.body = [*documented, *made[:2], *shape.rest[len(documented) :], *made[2:]]


def _init(shape: _Shape) -> str:
    params = "".join(
        f", {n}" + (f"=_default_{n}" if default is not None else "")
        for n, (_, default) in shape.fields.items()
    )
    stores = "\n".join(f"    self.{n} = {n}" for n in shape.fields) or "    pass"
    return f"def __init__(self{params}):\n{stores}"


def _hints(function: ast.FunctionDef, shape: _Shape) -> None:
    """Annotations and defaults of the fields, on `__init__`'s parameters."""
    for arg in function.args.args[1:]:
        annotation = shape.fields[arg.arg][0]
        arg.annotation = copied(annotation) if annotation is not None else None
    defaults = [d for _, d in shape.fields.values() if d is not None]
    function.args.defaults = list(defaults)
    for target in trees.walk(function):
        if isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store):
            target.initial = True  # type: ignore[attr-defined]


def _repr(shape: _Shape) -> str:
    shown = ", ".join(f"{n}={{self.{n}!r}}" for n in shape.fields)
    return f"def __repr__(self):\n    return f'{{self.__class__.__name__}}({shown})'"


def _compare(shape: _Shape, word: str, sign: str) -> str:
    foreign = "" if word == "eq" else _FOREIGN
    return (
        f"def __{word}__(self, other):\n    if isinstance(other, {shape.name}):\n"
        f"        return self.{AS_TUPLE}() {sign} other.{AS_TUPLE}()\n"
        f"{foreign}    return self.{AS_TUPLE}() {sign} other"
    )


# No tuple: the message names the class.
_FOREIGN = "    if not isinstance(other, tuple):\n        return NotImplemented\n"


def _asdict(shape: _Shape) -> str:
    pairs = ", ".join(f"{n!r}: self.{n}" for n in shape.fields)
    return f"def _asdict(self):\n    return {{{pairs}}}"


def _replacers(unit: Unit, node: ast.ClassDef, names: list[str]) -> list[ast.stmt]:
    """`p._replace(x=1)`: a method for each set of names that some call gives."""
    out: list[ast.stmt] = []
    done: set[str] = set()
    for each in unit.units.values():
        for call in each.every(ast.Call):
            if not isinstance(call.func, ast.Attribute):
                continue
            given = [k.arg for k in call.keywords]
            if call.func.attr == "_replace" and not call.args and None not in given:
                call.func.attr = "_replace_" + "_".join(sorted(str(g) for g in given))
            method = call.func.attr
            wanted = [str(g) for g in given]
            known = method.startswith("_replace_") and set(wanted) <= set(names)
            if not known or method in done:
                continue
            done.add(method)
            parts = ", ".join(n if n in wanted else f"self.{n}" for n in names)
            out += parse_at(
                f"def {method}(self, {', '.join(wanted)}):\n    return {node.name}({parts})", node
            )
    return out
