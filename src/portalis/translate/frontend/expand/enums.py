"""`class Color(Enum)`: an ordinary class, its members made after the class statement.

Source: CPython's Lib/enum.py (3.11). Members are instances kept in class attributes
and, in order of definition, in a list; `Color(x)`, `Color[x]`, iteration and the
like are written out wherever the class is known by name. Values must be literals, so
that aliases and `auto()` are known here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.expand import enum_flags, enum_values
from portalis.translate.frontend.expand.kept_classes import kept
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Unit,
    bodies,
    copied,
    expr_at,
    is_constant,
    parse_at,
)

_BASES = {
    "enum.Enum": "Enum",
    "enum.IntEnum": "IntEnum",
    "enum.StrEnum": "StrEnum",
    "enum.Flag": "Flag",
    "enum.IntFlag": "IntFlag",
}
# Builtins that only iterate over an argument.
_WALKERS = frozenset(
    ("list", "tuple", "set", "frozenset", "sorted", "enumerate", "zip", "map", "filter", "min",
     "max", "any", "all", "sum", "iter", "reversed", "len")
)  # fmt: skip
_LIBRARY_WALKERS = frozenset(
    ("random.choice", "random.sample", "itertools.cycle", "itertools.product", "itertools.chain")
)
MEMBERS = "_portalis_members"
BY_VALUE = "_portalis_of_value"
BY_NAME = "_portalis_of_name"
HAS = "_portalis_has"


@dataclass(slots=True)
class _Enum:
    """What an enum statement defines. `mixin`: "" | "int" | "str"."""

    node: ast.ClassDef
    mixin: str = ""
    # str() and format() give the value's text.
    shows_value: bool = False
    # Members combine.
    is_flag: bool = False
    members: dict[str, ast.expr] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    def numbers(self) -> dict[str, object]:
        """The values of a flag's members."""
        return {m: v.value for m, v in self.members.items() if isinstance(v, ast.Constant)}


class _Unknown(Exception):  # noqa: N818 - an outcome, not an error
    """A form that is left to be refused."""


def expand(unit: Unit) -> bool:
    paths = [p for u in unit.units.values() for p in u.origins()]
    if not any(p.partition(".")[0] == "enum" for p in paths):
        return False
    # Every module's enums are read before the first is rewritten.
    for each in unit.units.values():
        for node in each.every(ast.ClassDef):
            if not hasattr(node, "enum_shape"):
                node.enum_shape = _read(each, node)  # type: ignore[attr-defined]
    names = _names_of_enums(unit)
    if not hasattr(next(iter(unit.units.values())).tree, "enum_lookups"):
        _note_lookups(unit, names)
    uses = _may_use(unit, names) or not unit.attributes().isdisjoint(("_value_", "_name_"))
    if not uses:
        return False
    _Uses(unit).visit(unit.tree)
    for body, _ in bodies(unit.tree):
        position = 0
        while position < len(body):
            statement = body[position]
            shape = getattr(statement, "enum_shape", None)
            if isinstance(statement, ast.ClassDef) and shape is not None:
                after = _rewrite(unit, shape)
                body[position + 1 : position + 1] = after
                position += len(after)
            position += 1
    return True


# -- reading


def _read(unit: Unit, node: ast.ClassDef) -> _Enum | None:
    if node.keywords or not node.bases:
        return None
    shape = _Enum(node)
    kinds = [_BASES.get(unit.path(b) or "", "") for b in node.bases]
    if kinds[-1] == "" or any(kinds[:-1]):
        return None
    if kinds[-1] == "IntEnum":
        shape.mixin, shape.shows_value = "int", True
    elif kinds[-1] == "StrEnum":
        shape.mixin, shape.shows_value = "str", True
    elif kinds[-1] == "IntFlag":
        shape.mixin, shape.shows_value = "int", True
    shape.is_flag = kinds[-1] in ("Flag", "IntFlag")
    if len(node.bases) == 2 and not shape.is_flag and unit.is_builtin(node.bases[0], "int", "str"):
        assert isinstance(node.bases[0], ast.Name)
        shape.mixin = node.bases[0].id
    elif len(node.bases) != 1:
        return None
    if any(unit.path(d) != "enum.unique" for d in node.decorator_list):
        return None
    try:
        _read_members(unit, shape, kinds[-1])
    except _Unknown:
        return None
    return shape if shape.members else None


def _read_members(unit: Unit, shape: _Enum, kind: str) -> None:
    values: list[object] = []
    for statement in shape.node.body:
        if isinstance(statement, FunctionDef):
            refused = ("__new__", "_generate_next_value_", "__init_subclass__")
            if statement.name in refused or (shape.is_flag and statement.name == "__init__"):
                raise _Unknown
            continue
        if not isinstance(statement, ast.Assign):
            if isinstance(statement, (ast.Pass, ast.Expr)):
                continue
            raise _Unknown
        for target in statement.targets:
            if not isinstance(target, ast.Name):
                raise _Unknown
            if target.id.startswith("_"):
                raise _Unknown
            value = _value(unit, shape, kind, target.id, statement.value, values)
            if value is not None:
                shape.members[target.id] = value
    if shape.is_flag and not enum_flags.composable(values):
        raise _Unknown


def _value(
    unit: Unit, shape: _Enum, kind: str, name: str, node: ast.expr, values: list[object]
) -> ast.expr | None:
    """The member's value; None: an alias of an earlier member."""
    if name in shape.members or name in shape.aliases:
        raise _Unknown
    if isinstance(node, ast.Name) and node.id in shape.members:
        shape.aliases[name] = node.id
        return None
    if isinstance(node, ast.Call) and unit.path(node.func) == "enum.auto" and not node.args:
        node = expr_at(repr(_next(kind, name, values)), node)
    if shape.is_flag:
        before: dict[str, object] = dict(zip(shape.members, values, strict=True))
        before |= {alias: before[member] for alias, member in shape.aliases.items()}
        number = enum_flags.folded(node, before)
        if number is None:
            raise _Unknown
        node = ast.copy_location(ast.Constant(number), node)
    if not _is_literal(node):
        raise _Unknown
    value: object = eval(compile(ast.Expression(copied(node)), "<enum>", "eval"), {})
    for earlier, known in zip(shape.members, values, strict=True):
        if known == value:
            shape.aliases[name] = earlier
            return None
    values.append(value)
    return node


def _next(kind: str, name: str, values: list[object]) -> object:
    """What `auto()` gives after `values`."""
    if kind == "StrEnum":
        return name.lower()
    if kind in ("Flag", "IntFlag"):
        number = enum_flags.following(values)
        if number is None:
            raise _Unknown
        return number
    numbers = [v for v in values if isinstance(v, int)]
    if not values:
        return 1
    if len(numbers) == len(values):
        return max(numbers) + 1
    last = values[-1]
    if isinstance(last, int):
        return last + 1
    raise _Unknown


def _is_literal(node: ast.expr) -> bool:
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return all(_is_literal(e) for e in node.elts)
    if isinstance(node, ast.Dict):
        return all(k is not None and _is_literal(k) for k in node.keys) and all(
            _is_literal(v) for v in node.values
        )
    return is_constant(node) and not any(
        isinstance(n, ast.Pow)
        or (isinstance(n, ast.BinOp) and not _is_small(n.left) and not _is_small(n.right))
        for n in trees.walk(node)
    )


def _is_small(node: ast.expr) -> bool:
    """A small number: computing with it costs nothing."""
    return isinstance(node, ast.Constant) and type(node.value) is int and abs(node.value) < 100


# -- writing


def _rewrite(unit: Unit, shape: _Enum) -> list[ast.stmt]:
    """Rewrites the class statement; gives the statements that follow it."""
    node, name = shape.node, shape.node.name
    node.bases = []
    node.decorator_list = []
    methods = [s for s in node.body if isinstance(s, FunctionDef)]
    own = {m.name for m in methods}
    setup = next((m for m in methods if m.name == "__init__"), None)
    body: list[ast.stmt] = [
        s for s in node.body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)
    ]
    for member in [*shape.members, *shape.aliases]:
        body += parse_at(f"{member}: {name!r}", node)
    lists = (MEMBERS, enum_flags.MADE) if shape.is_flag else (MEMBERS,)
    for listed in lists:
        body += parse_at(f"{listed}: 'list[{name}]'", node)
    body += [_init(node, setup), *(m for m in methods if m is not setup)]
    body += _protocol(unit, shape, own)
    body += _lookups(unit, shape, own)
    node.body = body
    node.mixin = shape.mixin  # type: ignore[attr-defined]
    for method in methods:
        _values_by_name(method)
    return list(_definitions(shape, setup))


def _values_by_name(method: ast.AST) -> None:
    """`self._value_` and `self._name_` are the same as `self.value` and `self.name`."""
    for node in trees.walk(method):
        if isinstance(node, ast.Attribute) and node.attr in ("_value_", "_name_"):
            node.attr = node.attr.strip("_")


def _init(node: ast.ClassDef, setup: FunctionDef | None) -> ast.stmt:
    """`__init__` takes the member's name and value, then what the class's own takes."""
    made = parse_at(
        "def __init__(self, _portalis_name, _portalis_value):\n"
        "    self.name = _portalis_name\n    self.value = _portalis_value",
        node,
    )[0]
    assert isinstance(made, ast.FunctionDef)
    _first(made.body, "initial")
    if setup is None:
        return made
    me = setup.args.args[0].arg
    if me != "self":
        for part in trees.walk(made):
            if isinstance(part, ast.Name) and part.id == "self":
                part.id = me
    first, *_ = setup.args.args
    setup.args.args = [first, *made.args.args[1:], *setup.args.args[1:]]
    setup.body = [*made.body, *setup.body]
    return setup


def _first(made: list[ast.stmt], mark: str) -> list[ast.stmt]:
    """Marks what these assign as not having been there before."""
    for statement in made:
        assert isinstance(statement, ast.Assign)
        setattr(statement.targets[0], mark, True)
    return made


def _definitions(shape: _Enum, setup: FunctionDef | None) -> Iterator[ast.stmt]:
    cls = shape.node.name
    for member, value in shape.members.items():
        text = ast.unparse(value)
        given = ""
        if setup is not None:
            items = value.elts if isinstance(value, ast.Tuple) else [value]
            given = "".join(f", {ast.unparse(i)}" for i in items)
        made = parse_at(f"{cls}.{member} = {cls}({member!r}, {text}{given})", value)
        yield from _first(made, "makes_member")
    for alias, member in shape.aliases.items():
        made = parse_at(f"{cls}.{alias} = {cls}.{member}", shape.node)
        yield from _first(made, "makes_member")
    walked = list(shape.members)
    if shape.is_flag:
        every = ", ".join(f"{cls}.{m}" for m in walked)
        yield from parse_at(f"{cls}.{enum_flags.MADE} = [{every}]", shape.node)
        numbers = shape.numbers()
        walked = [m for m in walked if enum_flags.is_canonical(numbers[m])]
    items_text = ", ".join(f"{cls}.{m}" for m in walked)
    yield from parse_at(f"{cls}.{MEMBERS} = [{items_text}]", shape.node)


def _protocol(unit: Unit, shape: _Enum, own: set[str]) -> list[ast.stmt]:
    node, name = shape.node, shape.node.name
    parts: list[str] = []
    if shape.is_flag:
        own = set(own)
        numbers = list(shape.numbers().values())
        for method, text in enum_flags.methods(name, numbers, MEMBERS, bool(shape.mixin)):
            if method not in own:
                parts.append(text)
                own.add(method)
    if "__repr__" not in own:
        parts.append(f"def __repr__(self):\n    return f'<{name}.{{self.name}}: {{self.value!r}}>'")
    if "__str__" not in own:
        text = "str(self.value)" if shape.shows_value else f"f'{name}.{{self.name}}'"
        parts.append(f"def __str__(self):\n    return {text}")
    if "__format__" not in own and _formats(unit):
        text = "self.value" if shape.shows_value else "str(self)"
        parts.append(f"def __format__(self, spec):\n    return format({text}, spec)")
    if shape.mixin:
        parts += enum_values.mixed_in(unit, name, shape.mixin, own | shape.members.keys())
    return parse_at("\n".join(parts), node) if parts else []


def _formats(unit: Unit) -> bool:
    """Whether some format specification of the program may meet a member."""
    return any(
        any(n.format_spec is not None for n in u.every(ast.FormattedValue))
        or any(n.attr == "format" for n in u.every(ast.Attribute))
        for u in unit.units.values()
    )


def _lookups(unit: Unit, shape: _Enum, own: set[str]) -> list[ast.stmt]:
    name = shape.node.name
    wanted = _wanted(unit)
    parts: list[str] = []
    if (name, BY_VALUE) in wanted and shape.is_flag:
        parts.append(
            f"@staticmethod\ndef {BY_VALUE}(value):\n    if isinstance(value, {name}):\n"
            f"        return value\n    if not isinstance(value, int):\n"
            f"        raise ValueError(f'{{value!r}} is not a valid {name}')\n"
            f"    return {name}.{enum_flags.COMPOSED}(value)"
        )
    elif (name, BY_VALUE) in wanted:
        missing = ""
        if "_missing_" in own:
            missing = (
                f"    found = {name}._missing_(value)\n    if found is not None:\n"
                "        return found\n"
            )
        parts.append(
            f"@staticmethod\ndef {BY_VALUE}(value):\n"
            f"    for member in {name}.{MEMBERS}:\n"
            "        if member is value or member.value == value:\n            return member\n"
            f"{missing}"
            f"    raise ValueError(f'{{value!r}} is not a valid {name}')"
        )
    if (name, HAS) in wanted:
        parts.append(
            f"@staticmethod\ndef {HAS}(value):\n    if isinstance(value, {name}):\n"
            f"        return True\n    if hasattr(value, {MEMBERS!r}):\n        return False\n"
            f"    raise TypeError(\"unsupported operand type(s) for 'in': '\" "
            "+ type(value).__name__ + \"' and 'EnumType'\")"
        )
    if (name, BY_NAME) in wanted:
        others = dict(shape.aliases)
        if shape.is_flag:
            others |= {m: m for m in shape.members}
        aliases = "".join(
            f"    if name == {a!r}:\n        return {name}.{m}\n" for a, m in others.items()
        )
        parts.append(
            f"@staticmethod\ndef {BY_NAME}(name):\n"
            f"    for member in {name}.{MEMBERS}:\n"
            "        if member.name == name:\n            return member\n"
            f"{aliases}"
            "    raise KeyError(name)"
        )
    return parse_at("\n".join(parts), shape.node) if parts else []


# -- uses


def _names_of_enums(unit: Unit) -> frozenset[str]:
    """The names by which the program's modules may mean its enums."""
    each = list(unit.units.values())
    shapes = (n for u in each for n in u.every(ast.ClassDef) if getattr(n, "enum_shape", None))
    found = {node.name for node in shapes}
    imported = {(p.rpartition(".")[2], local) for u in each for local, p in u.imports.items()}
    while more := {local for name, local in imported if name in found} - found:
        found |= more
    return frozenset(found)


def _may_use(unit: Unit, names: frozenset[str]) -> bool:
    """Whether the module has or names some of them."""
    return not (
        names.isdisjoint(unit.classes)
        and names.isdisjoint(unit.nodes.named())
        and names.isdisjoint(unit.attributes())
    )


def _note_lookups(unit: Unit, names: frozenset[str]) -> None:
    """Which lookups some module of the program needs of which class."""
    first = next(iter(unit.units.values()))
    first.tree.enum_lookups = set()  # type: ignore[attr-defined]
    for other in unit.units.values():
        if not _may_use(other, names):
            continue
        uses = _Uses(other, note_only=True)
        uses.visit(other.tree)
        for node in kept(other):
            if (found := uses.enum(node)) is not None:
                uses.want(found, BY_VALUE)
                uses.want(found, BY_NAME)


def _wanted(unit: Unit) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = next(iter(unit.units.values())).tree.enum_lookups  # type: ignore[attr-defined]
    return found


class _Uses(trees.Transformer):
    """Uses of the class itself: calls, subscripts, iteration, membership, length."""

    def __init__(self, unit: Unit, note_only: bool = False) -> None:
        self.unit = unit
        self.note_only = note_only
        # The name of the class that `cls` stands for, in a class method.
        self.cls: dict[str, ast.ClassDef] = {}

    def enum(self, node: ast.AST) -> ast.ClassDef | None:
        if isinstance(node, ast.Name) and node.id in self.cls:
            return self.cls[node.id]
        if not isinstance(node, (ast.Name, ast.Attribute)):
            return None
        found = self.unit.find_class(node)
        return found if found is not None and getattr(found, "enum_shape", None) else None

    def want(self, cls: ast.ClassDef, lookup: str) -> None:
        _wanted(self.unit).add((cls.name, lookup))

    def named(self, node: ast.expr) -> ast.expr:
        """The class by its own name, where `cls` stands for it."""
        if isinstance(node, ast.Name) and node.id in self.cls:
            return ast.copy_location(ast.Name(self.cls[node.id].name, ast.Load()), node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        if getattr(node, "enum_shape", None) is not None:
            for statement in node.body:
                if isinstance(statement, ast.FunctionDef):
                    self.method(node, statement)
            return node
        self.generic_visit(node)
        return node

    def method(self, cls: ast.ClassDef, node: ast.FunctionDef) -> None:
        decorators = [ast.unparse(d) for d in node.decorator_list]
        if "classmethod" in decorators and node.args.args:
            self.cls = {node.args.args[0].arg: cls}
        self.generic_visit(node)
        self.cls = {}

    def members(self, node: ast.expr) -> ast.expr:
        """The class where it is iterated: its list of members."""
        if self.enum(node) is None or self.note_only:
            return node
        return ast.copy_location(ast.Attribute(self.named(node), MEMBERS, ast.Load()), node)

    def visit_For(self, node: ast.For) -> ast.For:
        self.generic_visit(node)
        node.iter = self.members(node.iter)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        node.iter = self.members(node.iter)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.Starred:
        self.generic_visit(node)
        node.value = self.members(node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        found = self.enum(node.func)
        if found is not None and len(node.args) == 1 and not node.keywords:
            return self.lookup(node, found, node.func, BY_VALUE, node.args)
        walks = self.unit.is_builtin(node.func, *_WALKERS)
        if walks or self.unit.path(node.func) in _LIBRARY_WALKERS:
            node.args = [self.members(a) for a in node.args]
        return node

    def lookup(
        self, node: ast.expr, found: ast.ClassDef, cls: ast.expr, name: str, args: list[ast.expr]
    ) -> ast.expr:
        self.want(found, name)
        if self.note_only:
            return node
        func = ast.copy_location(ast.Attribute(self.named(cls), name, ast.Load()), cls)
        return ast.copy_location(ast.Call(func, args, []), node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        found = self.enum(node.value)
        if found is None or not isinstance(node.ctx, ast.Load):
            return node
        return self.lookup(node, found, node.value, BY_NAME, [node.slice])

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        for i, (op, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
            if isinstance(op, (ast.In, ast.NotIn)):
                found = self.enum(right)
                if found is not None and len(node.ops) == 1:
                    has = self.lookup(node, found, right, HAS, [node.left])
                    if isinstance(op, ast.NotIn) and not self.note_only:
                        return ast.copy_location(ast.UnaryOp(ast.Not(), has), node)
                    return has
                node.comparators[i] = self.members(right)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if node.attr in ("_value_", "_name_") and not self.note_only:
            node.attr = node.attr.strip("_")
        found = self.enum(node.value)
        if node.attr != "__members__" or found is None or self.note_only:
            return node
        shape: _Enum = found.enum_shape  # type: ignore[attr-defined]
        names = {m: m for m in shape.members} | shape.aliases
        cls = self.named(node.value)
        keys: list[ast.expr | None] = [ast.Constant(k) for k in names]
        made = ast.Dict(keys, [ast.Attribute(cls, v, ast.Load()) for v in names.values()])
        for part in trees.walk(made):
            if "lineno" in part._attributes:
                ast.copy_location(part, node)
        return made
