"""`class Stack(list)`, `class Table(dict)`: a class that holds a list or a dict and does with it
what it inherits.

A base of its own stands before each such class, with those of the builtin's methods that the
program names, so that what the class holds keeps its types; `super()` finds them there.
Overridden methods are not called by inherited ones, as in CPython. Programs that could tell the
object from a real list or dict are left to be refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.expand.unit import (
    FunctionDef,
    Unit,
    after_futures,
    load,
    own_nodes,
    parse_at,
)

_ITEMS = "_portalis_items"
_SHARED = {
    "__len__": "def __len__(self):\n    return len(self.{items})",
    "__iter__": "def __iter__(self):\n    return iter(self.{items})",
    "__contains__": "def __contains__(self, item):\n    return item in self.{items}",
    "__repr__": "def __repr__(self):\n    return repr(self.{items})",
    "__eq__": (
        "def __eq__(self, other):\n    if isinstance(other, {base}):\n"
        "        return self.{items} == other.{items}\n    return self.{items} == other"
    ),
    "__setitem__": "def __setitem__(self, key, value):\n    self.{items}[key] = value",
    "__delitem__": "def __delitem__(self, key):\n    del self.{items}[key]",
    "__reversed__": "def __reversed__(self):\n    return reversed(self.{items})",
    "clear": "def clear(self):\n    self.{items}.clear()",
    "copy": "def copy(self):\n    return self.{items}.copy()",
}
_GET = "def __getitem__(self, key):\n    return self.{items}[key]"
_GET_OR_MISSING = (
    "def __getitem__(self, key):\n    if key in self.{items}:\n"
    "        return self.{items}[key]\n    return self.__missing__(key)"
)
_OTHER = "other.{items} if isinstance(other, {base}) else other"
_OF_LIST = {
    **{
        f"__{word}__": (
            f"def __{word}__(self, other):\n    if isinstance(other, {{base}}):\n"
            f"        return self.{{items}} {sign} other.{{items}}\n"
            f"    return self.{{items}} {sign} other"
        )
        for word, sign in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="))
    },
    "__add__": f"def __add__(self, other):\n    return self.{{items}} + ({_OTHER})",
    "__radd__": "def __radd__(self, other):\n    return other + self.{items}",
    "__mul__": "def __mul__(self, count):\n    return self.{items} * count",
    "__iadd__": (
        f"def __iadd__(self, other):\n    self.{{items}}.extend({_OTHER})\n    return self"
    ),
    "append": "def append(self, item):\n    self.{items}.append(item)",
    "extend": f"def extend(self, other):\n    self.{{items}}.extend({_OTHER})",
    "insert": "def insert(self, index, item):\n    self.{items}.insert(index, item)",
    "pop": "def pop(self, index=-1):\n    return self.{items}.pop(index)",
    "remove": "def remove(self, item):\n    self.{items}.remove(item)",
    "index": "def index(self, item):\n    return self.{items}.index(item)",
    "count": "def count(self, item):\n    return self.{items}.count(item)",
    "sort": "def sort(self, *, key=None, reverse=False):\n"
    "    self.{items}.sort(key=key, reverse=reverse)",
    "reverse": "def reverse(self):\n    self.{items}.reverse()",
}
_OF_DICT = {
    "__or__": f"def __or__(self, other):\n    return self.{{items}} | ({_OTHER})",
    "__ror__": "def __ror__(self, other):\n    return other | self.{items}",
    "__ior__": f"def __ior__(self, other):\n    self.{{items}}.update({_OTHER})\n    return self",
    "keys": "def keys(self):\n    return self.{items}.keys()",
    "values": "def values(self):\n    return self.{items}.values()",
    "items": "def items(self):\n    return self.{items}.items()",
    "get": "def get(self, key, default=None):\n    return self.{items}.get(key, default)",
    "setdefault": (
        "def setdefault(self, key, default=None):\n    return self.{items}.setdefault(key, default)"
    ),
    "popitem": "def popitem(self):\n    return self.{items}.popitem()",
}
_POPS = {
    -1: "def pop(self, key, *default):\n    return self.{items}.pop(key, *default)",
    1: "def pop(self, key):\n    return self.{items}.pop(key)",
    2: "def pop(self, key, default):\n    return self.{items}.pop(key, default)",
}
_UPDATE = f"def update(self, other):\n    self.{{items}}.update({_OTHER})"
# In every such class: what no name in the program asks for.
_CORE = ("__len__", "__iter__", "__contains__", "__repr__", "__eq__", "__getitem__", "__setitem__")
_SIGNS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Add: ("__add__", "__radd__", "__iadd__"),
    ast.Mult: ("__mul__",),
    ast.BitOr: ("__or__", "__ror__", "__ior__"),
    ast.Lt: ("__lt__", "__gt__"),
    ast.Gt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.GtE: ("__le__", "__ge__"),
    ast.Delete: ("__delitem__",),
}
# Modules whose functions take a list or a dict as it is.
_TELLING = frozenset("json pprint copy pickle heapq bisect random array struct marshal".split())
# Methods of the builtin, named by the program, that are not written out above.
_LEFT = {"list": frozenset(), "dict": frozenset(("fromkeys",))}


class _LeftError(Exception):
    """A use in which the object could be told from the real thing."""


@dataclass(slots=True)
class _Derived:
    """A class right below a builtin. base: the name of the class that is made for it."""

    node: ast.ClassDef
    kind: str
    base: str
    below: list[ast.ClassDef] = field(default_factory=list)


def expand(unit: Unit) -> bool:
    found = [d for cls in unit.every(ast.ClassDef) if (d := _derived(unit, cls)) is not None]
    if not found or unit.is_library:
        return False
    made: list[ast.stmt] = []
    taken = []
    for derived in found:
        try:
            derived.below = list(_below(unit, derived.node))
            _check(unit, derived)
            made.append(_base(unit, derived))
        except _LeftError:
            continue
        taken.append(derived)
    for derived in taken:
        derived.node.bases[0] = load(derived.base, derived.node.bases[0])
        for cls in (derived.node, *derived.below):
            _Named(derived).visit(cls)
            _begin(derived, cls)
    if not taken:
        return False
    _Tests(unit, taken).visit(unit.tree)
    # At the top: tests of classes may name them before the classes are defined.
    at = after_futures(unit.tree.body)
    unit.tree.body[at:at] = made
    return True


def _derived(unit: Unit, cls: ast.ClassDef) -> _Derived | None:
    if len(cls.bases) != 1 or cls.keywords or cls.decorator_list:
        return None
    base = cls.bases[0].value if isinstance(cls.bases[0], ast.Subscript) else cls.bases[0]
    kinds = {"typing.List": "list", "typing.Dict": "dict"}
    kind = kinds.get(unit.path(base) or "")
    if kind is None and unit.is_builtin(base, "list", "dict"):
        kind = ast.unparse(base)
    return None if kind is None else _Derived(cls, kind, unit.fresh(f"{kind}_of_{cls.name}"))


def _below(unit: Unit, cls: ast.ClassDef) -> Iterator[ast.ClassDef]:
    for other in unit.units.values():
        for each in other.every(ast.ClassDef):
            if any(above is cls for _, above in other.classes_above(each)):
                if other is not unit:
                    raise _LeftError
                yield each


def _check(unit: Unit, derived: _Derived) -> None:
    """Nothing in the program asks what only the real thing can answer."""
    methods = {
        s.name for c in (derived.node, *derived.below) for s in c.body if isinstance(s, FunctionDef)
    }
    if methods & {"__new__", "__getattr__", "__getattribute__", "__reduce__", "__class_getitem__"}:
        raise _LeftError
    for other in unit.units.values():
        roots = {path.partition(".")[0] for path in other.origins()}
        if other.is_library:
            continue
        if roots & _TELLING or other.every(ast.Match):
            raise _LeftError
        for node in other.every(ast.Call):
            if other.is_builtin(node.func, "isinstance", "issubclass"):
                named = {other.path(n) or "" for a in node.args[1:] for n in ast.walk(a)}
                if other is not unit or any(n.startswith(("collections", "typing")) for n in named):
                    raise _LeftError
    if derived.kind == "dict" and methods & {"__getitem__", "__iter__", "keys"}:
        plain = [n for n in unit.every(ast.Call) if unit.is_builtin(n.func, "dict") and n.args]
        spread = any(k.arg is None for n in unit.every(ast.Call) for k in n.keywords)
        if plain or spread or any(None in n.keys for n in unit.every(ast.Dict)):
            raise _LeftError
    if derived.kind == "list" and methods & {"__getitem__", "__iter__", "__len__"}:
        if unit.every(ast.Starred):
            raise _LeftError


def _base(unit: Unit, derived: _Derived) -> ast.ClassDef:
    """The class that holds the builtin and does what the program asks of it."""
    wanted = {*_CORE, "keys"}
    for other in unit.units.values():
        wanted |= other.attributes() if not other.is_library else set()
        for kind in _operators(other):
            wanted.update(_SIGNS.get(kind, ()))
        if any(other.is_builtin(n.func, "reversed") for n in other.every(ast.Call)):
            wanted.add("__reversed__")
    table = dict(_methods(unit, derived))
    if wanted & set(dir(list if derived.kind == "list" else dict)) & _LEFT[derived.kind]:
        raise _LeftError
    parts = [_init(unit, derived), *(text for name, text in table.items() if name in wanted)]
    body = "\n".join(parts).format(items=_ITEMS, base=derived.base)
    text = f"class {derived.base}:\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    made = parse_at(text, derived.node)[0]
    assert isinstance(made, ast.ClassDef)
    made.python_name = derived.kind  # type: ignore[attr-defined]
    return made


def _operators(unit: Unit) -> set[type[ast.AST]]:
    found: set[type[ast.AST]] = {type(n.op) for n in unit.every(ast.BinOp)}
    found |= {type(n.op) for n in unit.every(ast.AugAssign)}
    found |= {type(op) for n in unit.every(ast.Compare) for op in n.ops}
    return found | ({ast.Delete} if unit.every(ast.Delete) else set())


def _methods(unit: Unit, derived: _Derived) -> Iterator[tuple[str, str]]:
    yield from _SHARED.items()
    if derived.kind == "list":
        yield from _OF_LIST.items()
        yield "__getitem__", _GET
        return
    yield from _OF_DICT.items()
    classes = (derived.node, *derived.below)
    missing = any(
        isinstance(s, FunctionDef) and s.name == "__missing__" for c in classes for s in c.body
    )
    in_root = any(isinstance(s, FunctionDef) and s.name == "__missing__" for s in derived.node.body)
    if missing and not in_root:
        raise _LeftError
    yield "__getitem__", _GET_OR_MISSING if missing else _GET
    counts = _counts(unit, "pop") - {0}
    yield "pop", _POPS[next(iter(counts), 1) if len(counts) < 2 else -1]
    if _counts(unit, "update") <= {1}:
        yield "update", _UPDATE
    elif "update" in unit.attributes():
        raise _LeftError


def _counts(unit: Unit, name: str) -> set[int]:
    """With how many arguments methods of that name are called; -1: not only by position."""
    out: set[int] = set()
    for other in unit.units.values():
        for node in other.every(ast.Call) if not other.is_library else ():
            if isinstance(node.func, ast.Attribute) and node.func.attr == name:
                fixed = not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args)
                out.add(len(node.args) if fixed else -1)
    return out


def _init(unit: Unit, derived: _Derived) -> str:
    """`__init__`, with as many parameters as the program gives it arguments."""
    shapes: set[str] = set()
    names = {c.name for c in (derived.node, *derived.below) if _own_init(c) is None}
    for other in unit.units.values():
        for node in other.every(ast.Call) if not other.is_library else ():
            func = node.func
            made = isinstance(func, ast.Name) and func.id in {*names, "cls"}
            by_super = isinstance(func, ast.Attribute) and func.attr == "__init__"
            by_class = isinstance(func, ast.Call) or (
                isinstance(func, ast.Attribute) and func.attr in names
            )
            if made or by_super or by_class:
                shapes |= _shape(node, derived.kind)
    params, made_of = "self", ""
    if "positional" in shapes:
        params, made_of = (
            "self, given=()",
            f"given.{_ITEMS} if isinstance(given, {{base}}) else given",
        )
    body = f"self.{_ITEMS} = {derived.kind}({made_of})"
    if "keywords" in shapes:
        params += ", **named"
        body += f"\n    self.{_ITEMS}.update(named)"
    return f"def __init__({params}):\n    {body}"


def _shape(node: ast.Call, kind: str) -> set[str]:
    out: set[str] = set()
    args = node.args
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in ("list", "dict"):
        args = args[1:]
    if args:
        out.add("positional")
    if node.keywords and kind == "dict":
        out.add("keywords")
    return out


def _own_init(cls: ast.ClassDef) -> ast.FunctionDef | None:
    for statement in cls.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            return statement
    return None


def _begin(derived: _Derived, cls: ast.ClassDef) -> None:
    """Where a class's own `__init__` does not begin with the inherited one, there is something
    to hold from the start."""
    own = _own_init(cls)
    if own is None:
        return
    calls = [
        n
        for n in own_nodes(own.body)
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Attribute)
        and n.func.attr == "__init__"
    ]
    if not calls:
        me = own.args.args[0].arg
        at = 1 if ast.get_docstring(own, clean=False) is not None else 0
        own.body[at:at] = parse_at(f"{derived.base}.__init__({me})", own)


class _Named(trees.Transformer):
    """`dict.__init__(self, …)` in such a class means the base that is made for it."""

    def __init__(self, derived: _Derived) -> None:
        self.derived = derived

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        func = node.func
        if (
            isinstance(func, ast.Attribute)
            and isinstance(func.value, ast.Name)
            and func.value.id == self.derived.kind
            and node.args
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id == "self"
        ):
            func.value = load(self.derived.base, func.value)
        return node


class _Tests(trees.Transformer):
    """`isinstance(x, list)` is true of them, too."""

    def __init__(self, unit: Unit, found: list[_Derived]) -> None:
        self.unit = unit
        self.bases: Mapping[str, list[str]] = {
            kind: [d.base for d in found if d.kind == kind] for kind in ("list", "dict")
        }

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if self.unit.is_builtin(node.func, "isinstance", "issubclass") and len(node.args) == 2:
            classes = node.args[1]
            items = classes.elts if isinstance(classes, ast.Tuple) else [classes]
            more = [
                load(base, item)
                for item in items
                if self.unit.is_builtin(item, "list", "dict")
                for base in self.bases[ast.unparse(item)]
            ]
            if more:
                node.args[1] = ast.copy_location(ast.Tuple([*items, *more], ast.Load()), classes)
        return node
