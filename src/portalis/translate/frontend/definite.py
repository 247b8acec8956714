"""Fields that every instance has before anything can read them.

The top of `__init__` assigns such a field, or that of a method that it calls there by a
statement of its own, and nothing that may run on the instance before that names it: no
other method that is called on `self`, and no function that `self` is given to, followed
by the names that they mention in turn.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator

from portalis.core import trees
from portalis.translate.frontend.program import Class, Function, Program

_BUILTIN_METHODS = frozenset(
    name for cls in (list, dict, set, str, tuple, int) for name in dir(cls)
) | frozenset(("appendleft", "extendleft", "popleft", "move_to_end", "rotate"))
_BUILTINS = frozenset(dir(builtins))
_CONSTRUCTORS = ("__init__", "__new__", "__post_init__")


def fields(program: Program, cls: Class) -> frozenset[str]:
    """The definite fields of instances of exactly `cls`; none without an `__init__`."""
    if cls.definite is None:
        cls.definite = frozenset()
        init = cls.find_method("__init__") if cls.root not in program.made_bare else None
        if init is not None and isinstance(init.node, ast.FunctionDef) and init.cls is not None:
            walk = _Walk(program, cls)
            walk.follow(init.node, init.cls)
            cls.definite = frozenset(walk.found)
    return cls.definite


def fields_below(program: Program, cls: Class) -> frozenset[str]:
    """The definite fields of all instances of `cls`, also those of the classes below it."""
    if cls.definite_below is None:
        below = (fields(program, c) for c in cls.descendants())
        cls.definite_below = fields(program, cls).intersection(*below)
    return cls.definite_below


class _Walk:
    """The statements of the constructors of a class, in the order in which they run."""

    def __init__(self, program: Program, cls: Class) -> None:
        self.program = program
        self.cls = cls
        self.found: set[str] = set()
        # What code that met the instance may have read.
        self.met: set[str] = set()
        self.met_anything = False
        # Somebody has the instance, also when a later statement raises.
        self.leaked = False
        self.running: set[ast.FunctionDef] = set()

    def follow(self, function: ast.FunctionDef, owner: Class) -> None:
        """Walks `__init__`, or a method that it calls: then nothing is found any more once
        the method may have returned, but what it may read is met."""
        if not function.args.args:
            return
        me = function.args.args[0].arg
        if any(_is_name(n, me) and not _is_read(n) for n in trees.walk(function)):
            self.met_anything = True
            return
        self.running.add(function)
        params = {a.arg for a in function.args.args}
        left = False
        for statement in function.body:
            if self.leaked and not _is_calm(statement, params):
                self.met_anything = True
                break
            left = left or any(isinstance(n, ast.Return) for n in trees.walk(statement))
            step = None if left else self._step(statement, owner, me)
            if step is not None:
                call, node, cls = step
                for argument in (*call.args, *(k.value for k in call.keywords)):
                    if not _is_name(argument, me):
                        self._meet(argument, me)
                self.follow(node, cls)
                continue
            self._meet(statement, me)
            if self.met_anything:
                break
            if not left:
                self.found |= {t for t in _targets(statement, me) if t not in self.met}
        self.running.discard(function)

    def _step(
        self, statement: ast.stmt, owner: Class, me: str
    ) -> tuple[ast.Call, ast.FunctionDef, Class] | None:
        """What the statement runs on `me` and does no more: a base's constructor, a method."""
        step = self._base_init(statement, owner, me) or self._own_method(statement, me)
        return step if step is not None and step[1] not in self.running else None

    def _own_method(
        self, statement: ast.stmt, me: str
    ) -> tuple[ast.Call, ast.FunctionDef, Class] | None:
        """`self.method(…)`, as the class itself has it."""
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            return None
        method = self.cls.find_method(call.func.attr)
        if method is None or method.cls is None or not _is_name(call.func.value, me):
            return None
        node = method.node
        plain = method.kind == "method" and not (method.is_generator or method.decorators)
        if not isinstance(node, ast.FunctionDef) or node.decorator_list or not plain:
            return None
        given = (*call.args, *(k.value for k in call.keywords))
        if any(_is_name(n, me) for argument in given for n in trees.walk(argument)):
            return None
        return call, node, method.cls

    def _base_init(
        self, statement: ast.stmt, owner: Class, me: str
    ) -> tuple[ast.Call, ast.FunctionDef, Class] | None:
        """`super().__init__(…)` or `Base.__init__(self, …)`, and what it runs."""
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            return None
        if call.func.attr != "__init__":
            return None
        mro = self.cls.mro()
        subject = call.func.value
        if isinstance(subject, ast.Call) and _is_name(subject.func, "super"):
            following = mro[mro.index(owner) + 1 :]
        else:
            named = self.program.class_named(subject)
            if named not in mro or not call.args or not _is_name(call.args[0], me):
                return None
            following = named.mro()
        for cls in following:
            function = cls.methods.get("__init__")
            if function is not None:
                node = function.node
                return (call, node, cls) if isinstance(node, ast.FunctionDef) else None
        return None

    def _meet(self, node: ast.AST, me: str) -> None:
        """What the statement or expression may read of the instance, in it or by calls."""
        inside = list(trees.walk(node))
        bases = {id(n.value) for n in inside if isinstance(n, ast.Attribute)}
        names = {n.attr for n in inside if isinstance(n, ast.Attribute) and _is_me(n.value, me)}
        names -= set(_targets(node, me))
        if any(_is_name(n, me) and id(n) not in bases for n in inside):
            names |= set(_mentioned(node))
            self.leaked = True
            for call in inside:
                if isinstance(call, ast.Call) and not self._is_known(call.func):
                    self.met_anything = True
            for cls in self.cls.group:
                for name, function in cls.methods.items():
                    if name.startswith("__") and name not in _CONSTRUCTORS:
                        names |= self._mentioned_by(function)
        self._close(names)

    def _is_known(self, called: ast.expr) -> bool:
        if isinstance(called, ast.Name):
            return called.id in self._functions() or called.id in _BUILTINS
        if isinstance(called, ast.Attribute):
            return called.attr in self._functions() or called.attr in _BUILTIN_METHODS
        return False

    def _close(self, names: Iterable[str]) -> None:
        functions = self._functions()
        waiting = [n for n in names if n not in self.met]
        while waiting:
            name = waiting.pop()
            if name not in self.met:
                self.met.add(name)
                waiting += functions.get(name, ())

    def _mentioned_by(self, function: Function) -> frozenset[str]:
        known = self.program.mentioned
        found = known.get(function.node)
        if found is None:
            found = known[function.node] = frozenset(_mentioned(function.node))
        return found

    def _functions(self) -> dict[str, frozenset[str]]:
        """What the functions of each name mention; a class's name is that of its constructor."""
        known = self.program.mentions
        if known is None:
            found: dict[str, set[str]] = {}
            for function in self.program.functions.values():
                mentioned = self._mentioned_by(function)
                found.setdefault(function.name, set()).update(mentioned)
                if function.cls is not None and function.name in _CONSTRUCTORS:
                    for cls in (function.cls, *function.cls.descendants()):
                        found.setdefault(cls.node.name, set()).update(mentioned)
            known = {name: frozenset(names) for name, names in found.items()}
            for cls in self.program.every_class():
                known.setdefault(cls.node.name, frozenset())
            self.program.mentions = known
        return known


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_calm(statement: ast.stmt, params: set[str]) -> bool:
    """An assignment whose value cannot raise."""
    value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
    if isinstance(value, ast.List):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.values
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in params)


def _is_read(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Load)


def _is_me(node: ast.AST, me: str) -> bool:
    """`self`, or `super()`."""
    return _is_name(node, me) or (isinstance(node, ast.Call) and _is_name(node.func, "super"))


def _mentioned(node: ast.AST) -> Iterator[str]:
    """Names that the code reads, calls or changes."""
    nodes = trees.walk(node)
    changed = {id(n.target) for n in nodes if isinstance(n, ast.AugAssign)}
    for each in nodes:
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Attribute):
            if not isinstance(each.ctx, ast.Store) or id(each) in changed:
                yield each.attr


def _targets(statement: ast.AST, me: str) -> Iterator[str]:
    """The fields of `me` that an assignment assigns."""
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = list(statement.targets)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    while targets:
        target = targets.pop()
        if isinstance(target, (ast.Tuple, ast.List)):
            targets += target.elts
        elif isinstance(target, ast.Attribute) and _is_name(target.value, me):
            yield target.attr
