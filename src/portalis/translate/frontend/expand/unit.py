"""A module while it is being expanded: its tree, its imports, its fresh names.

Expansions decide by syntax and by the dotted paths that imports give to names;
what a name means at run time is resolved only after them.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from portalis.core import syntax, trees
from portalis.translate.frontend import binders

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef
Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
# A statement list and the scope that owns its names.
Body = tuple[list[ast.stmt], Scope]
Node = TypeVar("Node", bound=ast.AST)


class Members:
    """Members of library modules, by their dotted paths, for who asks whether a module may
    name one of them."""

    __slots__ = ("homes", "names", "paths")

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        parts = [path.split(".") for path in self.paths]
        self.names = frozenset(p[-1] for p in parts)
        self.homes = frozenset(".".join(p[:end]) for p in parts for end in range(1, len(p)))


@dataclass(eq=False, slots=True)
class Unit:
    """One module of the program, with its neighbours."""

    name: str
    tree: ast.Module
    units: dict[str, Unit] = field(default_factory=dict)
    # Brought by the compiler.
    is_library: bool = False
    is_package: bool = False
    # Local name → absolute dotted path, from every import statement of the module.
    imports: dict[str, str] = field(default_factory=dict)
    # Names that some scope of the module binds other than by import.
    bound: set[str] = field(default_factory=set)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    # Uses of imported names in scopes that bind these names otherwise.
    shadowed: set[ast.AST] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    # The nodes as the last scan saw them.
    nodes: trees.Index = field(default_factory=trees.Index)
    # Whether some `__exit__` of its classes can return something true, once that is asked.
    swallows: bool | None = None

    def scan(self, nodes: trees.Index | None = None) -> None:
        """Reads imports and bound names anew; nodes: those of the tree, where they are known."""
        self.imports.clear()
        self.swallows = None
        self.nodes = nodes or trees.Index(self.tree)
        for node in self.every(ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                self.imports[local] = alias.name if alias.asname else local
        for imported in self.every(ast.ImportFrom):
            for alias in imported.names:
                self.imports[alias.asname or alias.name] = f"{self.source(imported)}.{alias.name}"
        self.bound = set(self.nodes.stored())
        for kind in _BINDERS:
            for binder in self.every(kind):
                self.bound.update(_bound_by(binder))
        self.classes = {}
        for cls in self.every(ast.ClassDef):
            self.classes.setdefault(cls.name, cls)
        self._shadow(self.bound & self.imports.keys())

    def _shadow(self, names: set[str]) -> None:
        """Of imported names that some scope binds otherwise, too."""
        self.shadowed = set()
        if not names:
            return
        whole = binders.has_walrus(self.nodes)
        declared = {n for g in self.every(ast.Global) for n in g.names}
        anew = _bound_anew(self.tree.body, whole) | declared
        for name in names & anew:
            self.imports.pop(name)
        names = names - anew
        for kind in (*Scope.__args__, *binders.Comprehension.__args__) if names else ():
            for scope in self.every(kind):
                own = names & _bound_in(scope, whole)
                for node in trees.walk(scope) if own else ():
                    if isinstance(node, ast.Name) and node.id in own:
                        self.shadowed.add(node)

    def source(self, node: ast.ImportFrom) -> str:
        """The absolute path of the module that names are imported from."""
        return trees.absolute(self.name, self.is_package, f"{'.' * node.level}{node.module or ''}")

    def every(self, kind: type[Node]) -> list[Node]:
        """The nodes of exactly this kind, as the last scan saw them."""
        return self.nodes.every(kind)

    def attributes(self) -> frozenset[str]:
        """The names of attributes that the module asks for or sets, as the last scan saw them."""
        return self.nodes.attributes()

    def may_name(self, members: Members) -> bool:
        """Whether `path` may say one of these of some expression. Another module of the
        program may pass it on."""
        passing = (u for u in self.units.values() if u is self or not u.is_library)
        brought = {path for unit in passing for path in unit.imports.values()}
        return not members.paths.isdisjoint(brought) or not (
            members.homes.isdisjoint(brought) or members.names.isdisjoint(self.attributes())
        )

    def names(self, members: Members) -> bool:
        """Whether `path` says one of these of some name or attribute."""
        if not self.may_name(members):
            return False
        imported = {name for name, p in self.imports.items() if self._origin(p) in members.paths}
        if not imported.isdisjoint(self.nodes.named()):
            if any(n.id in imported and n not in self.shadowed for n in self.every(ast.Name)):
                return True
        passed = (u.imports for u in self.units.values() if not u.is_library)
        last = members.names.union(*passed)
        named = (n for n in self.every(ast.Attribute) if n.attr in last)
        return any(self.path(n) in members.paths for n in named)

    def fresh(self, stem: str) -> str:
        """A name that the module does not use. One leading underscore: no class mangles it."""
        count = self.counts.get(stem, 0) + 1
        self.counts[stem] = count
        return f"_portalis_{stem}_{count}"

    def path(self, node: ast.AST) -> str | None:
        """The dotted library path that an expression names: `enum.Enum`, also where another
        module of the program passes it on."""
        if isinstance(node, ast.Name) and node not in self.shadowed:
            found = self.imports.get(node.id)
        elif isinstance(node, ast.Attribute):
            base = self.path(node.value)
            found = f"{base}.{node.attr}" if base is not None else None
        else:
            found = None
        return self._origin(found) if found is not None else None

    def origins(self) -> set[str]:
        """What the import statements name, as `path` says it."""
        return set(map(self._origin, self.imports.values()))

    def _origin(self, path: str) -> str:
        passed: set[str] = set()
        while path not in passed and path not in self.units:
            passed.add(path)
            home, _, name = path.rpartition(".")
            unit = self.units.get(home)
            if unit is None or unit.is_library or name not in unit.imports:
                break
            path = unit.imports[name]
        return path

    def is_builtin(self, node: ast.AST, *names: str) -> bool:
        """Whether `node` names one of these builtins, rebound by nobody."""
        return (
            isinstance(node, ast.Name)
            and node.id in names
            and node.id not in self.bound
            and node.id not in self.imports
        )

    def find_class(self, node: ast.AST) -> ast.ClassDef | None:
        """The class statement of the program that an expression names."""
        found = self.find_home(node)
        return found[1] if found is not None else None

    def find_home(
        self, node: ast.AST, passed: frozenset[tuple[str, str]] = frozenset()
    ) -> tuple[Unit, ast.ClassDef] | None:
        """The same with the module in which the statement stands, in which its bases are to be
        looked for. `passed`: the imports that led here, as module and path: they may lead in a
        circle."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node = ast.Name(node.value, ast.Load())
        if isinstance(node, ast.Name) and node.id in self.classes:
            return self, self.classes[node.id]
        path = self.path(node)
        if path is None or (self.name, path) in passed:
            return None
        home, _, name = path.rpartition(".")
        unit = self.units.get(home)
        if unit is None:
            return None
        return unit.find_home(ast.Name(name, ast.Load()), passed | {(self.name, path)})

    def classes_above(self, cls: ast.ClassDef) -> Iterator[tuple[Unit, ast.ClassDef]]:
        """The classes of the program that `cls`, which stands here, derives from, each once."""
        passed = {id(cls)}
        waiting: list[tuple[Unit, ast.ClassDef]] = [(self, cls)]
        while waiting:
            unit, below = waiting.pop()
            for found in map(unit.find_home, below.bases):
                if found is not None and id(found[1]) not in passed:
                    passed.add(id(found[1]))
                    waiting.append(found)
                    yield found


_BINDERS: tuple[type[ast.AST], ...] = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.arg, ast.ExceptHandler, ast.MatchAs,
    ast.MatchStar, ast.MatchMapping,
)  # fmt: skip


def _bound_anew(body: Sequence[ast.AST], whole: bool) -> set[str]:
    """The names that a scope of these nodes binds other than by import."""
    found = binders.bound_names(body, whole=whole)
    return {n for n, by in found.items() if any(not isinstance(b, ast.alias) for b in by)}


def _bound_in(scope: ast.AST, whole: bool) -> set[str]:
    if isinstance(scope, binders.Comprehension):
        return _bound_anew([generator.target for generator in scope.generators], whole)
    if isinstance(scope, ast.Module):
        return set()
    is_lambda = isinstance(scope, ast.Lambda)
    own = _bound_anew(getattr(scope, "body", ()), whole) if not is_lambda else set()
    args = getattr(scope, "args", None)
    return own | ({a.arg for a in trees.walk(args) if isinstance(a, ast.arg)} if args else set())


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The names that a node other than `Name` binds."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


def place(node: ast.AST, at: ast.AST) -> None:
    """Gives `node` and everything in it the first line of `at`."""
    line, column = getattr(at, "lineno", 1), getattr(at, "col_offset", 0)
    end_line, end_column = getattr(at, "end_lineno", line), getattr(at, "end_col_offset", column)
    if isinstance(at, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.With, ast.Match)):
        end_line, end_column = line, column + 1
    for inner in trees.walk(node):
        if "lineno" in inner._attributes:
            inner.lineno, inner.col_offset = line, column  # type: ignore[attr-defined]
            inner.end_lineno, inner.end_col_offset = end_line, end_column  # type: ignore[attr-defined]


def parse_at(source: str, at: ast.AST) -> list[ast.stmt]:
    """Statements from text, positioned at `at`; functions and classes count as synthetic."""
    body = syntax.parse(source).body
    for top in body:
        place(top, at)
        for node in trees.walk(top):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                node.synthetic = True  # type: ignore[union-attr]
    return body


def expr_at(source: str, at: ast.AST) -> ast.expr:
    """An expression from text, positioned at `at`."""
    made = syntax.parse_expression(source)
    place(made, at)
    return made


def load(name: str, at: ast.AST) -> ast.Name:
    made = ast.Name(name, ast.Load())
    place(made, at)
    return made


def fill(body: list[ast.stmt], holes: dict[str, ast.expr | list[ast.stmt]]) -> list[ast.stmt]:
    """Puts trees where the text had the names of holes."""
    out: list[ast.stmt] = []
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name):
            found = holes.get(statement.value.id)
            if isinstance(found, list):
                out += found
                continue
        filler = _Filler(holes)
        out.append(filler.visit(statement))
    return out


class _Filler(trees.Transformer):
    def __init__(self, holes: dict[str, ast.expr | list[ast.stmt]]) -> None:
        self.holes = holes

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self.holes.get(node.id)
        if isinstance(found, ast.expr):
            return found
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        if isinstance(node.value, ast.Name):
            found = self.holes.get(node.value.id)
            if isinstance(found, list):
                return found
        self.generic_visit(node)
        return node


def copied(node: ast.expr) -> ast.expr:
    return copy.deepcopy(node)


def bodies(tree: ast.AST, scope: Scope | None = None) -> Iterator[Body]:
    """Every statement list below `tree`, outermost first, with the scope it stands in."""
    if isinstance(tree, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        scope = tree
    lists = [getattr(tree, name) for name in trees.BLOCKS.get(tree.__class__, ())]
    for block in lists:
        if block and isinstance(block[0], ast.stmt):
            assert scope is not None
            yield block, scope
            for statement in list(block):
                if statement.__class__ in trees.BLOCKS:
                    yield from bodies(statement, scope)
    for block in lists:
        for part in block if block and not isinstance(block[0], ast.stmt) else ():
            yield from bodies(part, scope)


_NESTED: trees.Parts = dict.fromkeys(
    (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef), lambda _node: []
)


def own_nodes(body: Sequence[ast.AST]) -> list[ast.AST]:
    """Nodes of one function's own code: not inside nested functions or classes."""
    return trees.within(body, _NESTED)


def is_constant(node: ast.expr) -> bool:
    """Literals: evaluating them anywhere and any number of times is the same."""
    if isinstance(node, ast.UnaryOp):
        return is_constant(node.operand)
    if isinstance(node, ast.BinOp):
        return is_constant(node.left) and is_constant(node.right)
    if isinstance(node, ast.Tuple):
        return all(is_constant(e) for e in node.elts)
    return isinstance(node, ast.Constant)


def after_futures(body: list[ast.stmt]) -> int:
    """Where a module's own statements begin: behind its text and its future imports."""
    place = 0
    for statement in body:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not (is_text or is_future):
            break
        place += 1
    return place
