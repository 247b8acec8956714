"""`isinstance(x, Iterable)` and its like, for the abstract classes of the library.

What they ask is whether a class has certain methods, or is one of those that the library
registers. Classes of the program that derive from them: `abstract_bases.py`.
"""

from __future__ import annotations

import ast
from functools import partial

from portalis.core import trees
from portalis.translate.frontend.expand.supplements import bring
from portalis.translate.frontend.expand.unit import Members, Unit, after_futures, expr_at, fill
from portalis.translate.frontend.library import ABSTRACT, members

_METHODS = {
    "Iterable": ("__iter__",),
    "Iterator": ("__iter__", "__next__"),
    "Sized": ("__len__",),
    "Container": ("__contains__",),
    "Collection": ("__len__", "__iter__", "__contains__"),
    "Callable": ("__call__",),
    "Reversible": ("__reversed__", "__iter__"),
    # What sets, views of dictionaries and classes that derive from Set have, and nothing else.
    "Set": ("isdisjoint",),
}
_CLASSES = {
    "Sequence": "list tuple str range bytes bytearray _deque",
    "MutableSequence": "list bytearray _deque",
    "Mapping": "dict",
    "MutableMapping": "dict",
    "MutableSet": "set",
    "ByteString": "bytes bytearray",
}
_NUMBERS = {
    "Number": "int float complex",
    "Complex": "int float complex",
    "Real": "int float",
    "Rational": "int",
    "Integral": "int",
}
# Modules with numbers, and members of modules that are containers, of their own kinds; a module
# is not used but for its members.
_MORE_NUMBERS = frozenset(("decimal", "fractions"))
_MORE_CONTAINERS = frozenset(
    "array.array collections.UserList collections.UserString types.MappingProxyType".split()
)

_MEMBERS = Members(
    (
        *(f"{home}.{n}" for home in ("collections.abc", "typing") for n in (*_CLASSES, *_METHODS)),
        *(f"numbers.{n}" for n in _NUMBERS),
    )
)


def expand(unit: Unit) -> bool:
    asks = partial(_asks, unit)
    if unit.is_library or not unit.may_name(_MEMBERS) or not any(map(asks, unit.every(ast.Call))):
        return False
    checks = _Checks(unit)
    checks.visit(unit.tree)
    for name, alias in checks.aliases.items():
        bring(unit, ABSTRACT, name, alias)
    if checks.asks_deque:
        at = unit.tree.body[0]
        made = ast.ImportFrom("collections", [ast.alias("deque", checks.deque)], 0)
        unit.tree.body.insert(0, ast.copy_location(made, at))
        _after_futures(unit.tree.body)
        ast.fix_missing_locations(unit.tree)
    return True


def _asks(unit: Unit, node: ast.Call) -> bool:
    """Whether it asks for one of these classes."""
    if not unit.is_builtin(node.func, "isinstance") or len(node.args) != 2:
        return False
    asked = node.args[1]
    each = asked.elts if isinstance(asked, ast.Tuple) else [asked]
    return any(unit.path(kind) in _MEMBERS.paths for kind in each)


def _after_futures(body: list[ast.stmt]) -> None:
    """Moves the first statement behind the module's text and its future imports."""
    made = body.pop(0)
    body.insert(after_futures(body), made)


class _Checks(trees.Transformer):
    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.deque = unit.fresh("deque")
        self.asks_deque = False
        # Fresh names of the library's own abstract classes.
        self.aliases: dict[str, str] = {}
        paths = {path for u in unit.units.values() for path in u.origins()}
        self.plain_numbers = _MORE_NUMBERS.isdisjoint(p.partition(".")[0] for p in paths)
        # `collections.ChainMap(…)` names it without importing it.
        named = {u.path(n) for u in unit.units.values() for n in u.every(ast.Attribute)}
        self.plain_containers = _MORE_CONTAINERS.isdisjoint(paths | named)
        own = [u for u in unit.units.values() if not u.is_library]
        methods = {f.name for u in own for f in u.every(ast.FunctionDef)}
        self.plain_sets = "isdisjoint" not in methods

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if not self.unit.is_builtin(node.func, "isinstance") or len(node.args) != 2:
            return node
        subject, asked = node.args
        each = asked.elts if isinstance(asked, ast.Tuple) else [asked]
        names = [self._name(kind) for kind in each]
        if not any(names):
            return node
        plain = [
            self._asked(name) if name else ast.unparse(kind)
            for name, kind in zip(names, each, strict=True)
            if name not in _METHODS
        ]
        parts = [self._methods(name) for name in names if name in _METHODS]
        if plain:
            parts.append(f"isinstance(_subject, ({', '.join(plain)},))")
        many = len(parts) > 1 or any(" and " in p for p in parts)
        if many and not isinstance(subject, ast.Name):
            return node
        made = expr_at(" or ".join(f"({p})" for p in parts), node)
        filled = fill([ast.Expr(made)], {"_subject": subject})[0]
        assert isinstance(filled, ast.Expr)
        return filled.value

    def _name(self, node: ast.expr) -> str:
        """The abstract class that an expression names; "" for another."""
        path = self.unit.path(node) or ""
        home, _, name = path.rpartition(".")
        if home in ("collections.abc", "typing"):
            if name == "Set":
                return name if self.plain_sets else ""
            plain = self.plain_containers and name in _CLASSES
            return name if plain or name in _METHODS else ""
        return name if home == "numbers" and self.plain_numbers and name in _NUMBERS else ""

    def _asked(self, name: str) -> str:
        """With the library's own class, where others may derive from it."""
        if ABSTRACT not in self.unit.units or name not in members(ABSTRACT):
            return self._classes(name)
        alias = self.aliases.setdefault(name, "") or self.unit.fresh(name)
        self.aliases[name] = alias
        return f"{self._classes(name)}, {alias}"

    @staticmethod
    def _methods(name: str) -> str:
        if name == "Callable":
            return "callable(_subject)"
        return " and ".join(f"hasattr(_subject, {method!r})" for method in _METHODS[name])

    def _classes(self, name: str) -> str:
        text = _CLASSES.get(name) or _NUMBERS[name]
        if "_deque" in text:
            self.asks_deque = True
        return ", ".join(text.replace("_deque", self.deque).split())
